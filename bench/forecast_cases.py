"""Forecasts on real sessions in cases of their own: one host, hosts unseen, and without a plan.

Each is told as the product tells it. Where hosts are unseen or there is no plan, it is learnt from
what is known when a week begins, and its sessions are told by that, each on its eve.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from bench.row import Row
from caopan import Workspace
from caopan.forecast.backtest import backtest
from caopan.forecast.history import History
from caopan.forecast.outlook import By, learnt_from, told_by
from caopan.forecast.prequential import REFIT_DAYS
from caopan.forecast.rules import median_lately
from caopan.stats.arrays import Bools, Floats
from caopan.stats.quantiles import LEVELS, MIDDLE, held
from caopan.workspace.learning import Learning, learning

DATA = Path(os.environ.get("CAOPAN_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
DOUYIN, TIKTOK = "live_douyin_2021", "live_tiktok_units"
SCORED_FROM = (date(2021, 7, 13) - date(1970, 1, 1)).days - 8 / 24
LEVEL = 0.8
SIMPLE, WITHIN = 0.318, 1.05
"""The best simple rule on the sessions of one host by the design, and how far above is allowed."""
WIDE, GAIN, AS_HABIT = 0.07, 0.15, 1.03
OUTCOMES = ("gmv", "units", "orders", "viewers")


def rows() -> Iterator[Row]:
    """Yield the rows of this part."""
    if not DATA.is_dir():
        print(f"the real data is not here: {DATA} (set CAOPAN_SHARED_DATA)")
        return
    one_host, many = learning_of(TIKTOK), learning_of(DOUYIN)
    yield from _one_host(one_host.history("units", one_host.told("units")))
    yield from _hosts_unseen(many.history("gmv", many.told("gmv") & (many.products != 1)))
    yield from _without_a_plan(DOUYIN, many)
    yield from _without_a_plan(TIKTOK, one_host)


def learning_of(name: str) -> Learning:
    """Return what there is to learn from in one of the real sets."""
    with tempfile.TemporaryDirectory() as folder, Workspace.open(folder) as workspace:
        workspace.import_files([DATA / name], year=2021)
        return learning(workspace.store)


def _one_host(history: History) -> Iterator[Row]:
    found = backtest(history, np.random.default_rng(1))
    if found.own is None:
        message = f"{TIKTOK}: only {found.n} sessions can be looked back upon"
        raise ValueError(message)
    for each in (found.own, *found.baselines):
        print(f"      {each.name:<12} n {found.n}  WAPE {each.wape:.3f}  held {each.coverage:.3f}")
    yield Row(name=f"{TIKTOK}: WAPE beside the best simple rule of the design",
              ours=found.own.wape, theirs=SIMPLE, limit=WITHIN, unit="")
    yield Row(name=f"{TIKTOK}: 80 % range off by (from .73–.87)", ours=max(
        abs(found.own.coverage - LEVEL) - WIDE, 0.0), theirs=None, limit=0.0, unit="")


def _hosts_unseen(history: History) -> Iterator[Row]:
    """Yield the gain where models, weights and ranges come from one half of the hosts alone."""
    habit = median_lately(history)
    for half in (0, 1):
        unseen = np.asarray(history.subject % 2 == half)
        told = on_the_eve(history, unseen, taught=~unseen, by=By.MODELS)
        there = np.isfinite(told).all(axis=1)
        sold, said = history.sold[there], told[there]
        ours, theirs = (float(np.abs(each - sold).sum()) for each in (
            said[:, MIDDLE], habit[there]))
        print(f"      hosts unseen, half {half + 1}: n {len(sold)}, gain over the median of five "
              f"{1.0 - ours / theirs:.3f}, held {held(sold, said, LEVEL).mean():.3f}")
        yield Row(name=f"{DOUYIN}: half {half + 1} of hosts unseen, misses beside median-5",
                  ours=ours / 1e8, theirs=theirs / 1e8, limit=1.0 - GAIN, unit="")


def _without_a_plan(name: str, found: Learning) -> Iterator[Row]:
    """Yield how the forecast without a plan does beside the habit, on every show of a set."""
    for outcome in OUTCOMES:
        mine = found.told(outcome)
        if mine.sum() < len(LEVELS):
            continue
        history = found.history(outcome, mine)
        since = SCORED_FROM if name == DOUYIN else float(np.median(history.start))
        every = np.ones(len(history), dtype=np.bool_)
        told = on_the_eve(replace(history, hours=np.full(len(history), np.nan),
                              lasted=history.ran), every, taught=every, by=By.RULE, since=since)
        there = np.isfinite(told).all(axis=1)
        sold, said = history.sold[there], told[there]
        ours, theirs = (float(np.abs(each - sold).sum() / sold.sum()) for each in (
            said[:, MIDDLE], median_lately(history)[there]))
        print(f"      {name}, {outcome}: n {len(sold)}, held {held(sold, said, LEVEL).mean():.3f}")
        yield Row(name=f"{name}, every show: {outcome} without a plan, WAPE", ours=ours,
                  theirs=theirs, limit=AS_HABIT, unit="")


def on_the_eve(history: History, asked: Bools, *, taught: Bools, by: By,
           since: float = SCORED_FROM) -> Floats:
    """Return what would have been told on the eve of each session, shape (n, 19).

    Models and ranges are learnt anew each week; the sessions of its own host are known until then.

    Args:
        history: known sessions.
        asked: which are told, where they have an earlier one, from ``since`` on, shape (n,).
        taught: which are learnt from, as far as known by then, shape (n,).
        by: what they are told by.
        since: when the first week begins, days since 1970-01-01.
    """
    told = np.full((len(history), len(LEVELS)), np.nan)
    asked = asked & (history.start >= since) & (history.earlier() > 0)
    for begins in np.arange(since, float(history.start.max()) + 1e-6, REFIT_DAYS):
        week = asked & (history.start >= begins) & (history.start < begins + REFIT_DAYS)
        learnt = learnt_from(history.where(taught & (history.end < begins)),
                             np.random.default_rng(1), by=by)
        for place in np.flatnonzero(week):
            rows = (history.subject == history.subject[place]) & (
                history.end < history.start[place])
            rows[place] = True
            eve = history.where(rows)
            told[place] = told_by(learnt, replace(eve, sold=np.where(
                eve.start == history.start[place], np.nan, eve.sold))).quantiles[0]
    return told
