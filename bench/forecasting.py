"""Forecasts on real sessions by the protocol of the design: the figures beside their baselines."""

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
from caopan.forecast.average import DEFAULT, joined
from caopan.forecast.backtest import CALIBRATING_DAYS, WARM_DAYS
from caopan.forecast.followed import followed
from caopan.forecast.history import History
from caopan.forecast.members import members
from caopan.forecast.prequential import distributions, weeks_of
from caopan.forecast.rules import median_lately
from caopan.stats.arrays import Bools, Floats
from caopan.stats.quantiles import MIDDLE, crps, held
from caopan.workspace.learning import learning

DATA = Path(os.environ.get("CAOPAN_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
SCORED_FROM = (date(2021, 7, 13) - date(1970, 1, 1)).days - 8 / 24
LEVEL = 0.8


def rows() -> Iterator[Row]:
    if not DATA.is_dir():
        print(f"the real data is not here: {DATA} (set CAOPAN_SHARED_DATA)")
        return
    history = _history()
    asked = history.start >= SCORED_FROM
    warm = SCORED_FROM - WARM_DAYS
    every = history.start >= warm
    told = members(history, every, begin=SCORED_FROM, warm=warm - CALIBRATING_DAYS)
    week = weeks_of(history, SCORED_FROM)
    average = followed(joined(told, history, every, week).quantiles, history, every, week)
    late = asked[every]
    scored = {name: each[late] for name, each in (*told.items(), ("average", average))}
    habit = median_lately(history)
    scored["median_5"] = distributions(replace(history, products=None), habit, asked,
                                       begin=SCORED_FROM)
    whole = np.isfinite(np.stack([scored["average"], scored[DEFAULT], scored["median_5"]])).all(
        axis=(0, 2))
    sold = history.sold[asked][whole]
    found = {name: _scores(sold, each[whole]) for name, each in scored.items()}
    for name, (wape, money, logs, inside, top) in found.items():
        print(f"      {name:<12} n {len(sold)}  WAPE {wape:.3f}  nCRPS {money:.3f}  "
              f"log CRPS {logs:.3f}  held {inside:.3f}  held in the top tenth {top:.3f}")
    ours, rule, usual = found["average"], found[DEFAULT], found["median_5"]
    yield Row(name="live_douyin_2021: WAPE", ours=ours[0], theirs=None, limit=0.45, unit="")
    yield Row(name="live_douyin_2021: nCRPS", ours=ours[1], theirs=None, limit=0.36, unit="")
    yield Row(name="live_douyin_2021: WAPE beside rate × hours", ours=ours[0], theirs=rule[0],
              limit=1.02, unit="")
    yield Row(name="live_douyin_2021: nCRPS beside rate × hours", ours=ours[1], theirs=rule[1],
              limit=0.93, unit="")
    yield Row(name="live_douyin_2021: log CRPS beside rate × hours", ours=ours[2],
              theirs=rule[2], limit=0.85, unit="")
    yield Row(name="live_douyin_2021: 80 % range off by (from .77–.84)", ours=max(
        0.77 - ours[3], ours[3] - 0.84, 0.0), theirs=None, limit=0.0, unit="")
    yield Row(name="live_douyin_2021: top tenth short of .75", ours=max(0.75 - ours[4], 0.0),
              theirs=None, limit=0.0, unit="")
    raw = float(np.abs(habit[asked][whole] - sold).sum() / sold.sum())
    yield Row(name="live_douyin_2021: without a plan, WAPE beside median-5", ours=usual[0],
              theirs=raw, limit=1.03, unit="")


def _history() -> History:
    """Return the sessions with a cart and more than one product; GMV in minor units."""
    with tempfile.TemporaryDirectory() as folder, Workspace.open(folder) as workspace:
        workspace.import_files([DATA / "live_douyin_2021"], year=2021)
        learnt = learning(workspace.store)
        mine: Bools = learnt.told("gmv") & (learnt.products != 1)
        return learnt.history("gmv", mine)


def _scores(sold: Floats, quantiles: Floats) -> tuple[float, float, float, float, float]:
    there = np.isfinite(quantiles).all(axis=1)
    sold, quantiles = sold[there], quantiles[there]
    inside = held(sold, quantiles, LEVEL)
    return (float(np.abs(quantiles[:, MIDDLE] - sold).sum() / sold.sum()),
            float(crps(sold, quantiles).sum() / sold.sum()),
            float(crps(np.log1p(sold), np.log1p(quantiles)).mean()), float(inside.mean()),
            float(inside[sold >= np.quantile(sold, 0.9)].mean()))
