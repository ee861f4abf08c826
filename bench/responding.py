"""What one yuan more brings: how often the range holds the truth, beside a regression and the
platform's claim.

Run: ``python -m bench responding``. Worlds of `bench/response_worlds.py` with spend that follows
demand, with and without drawn sessions; the product's synthetic world; and the sample sets of
Robyn and Meridian (simulated by their authors, who publish no true curve: so a known one is
planted on their sales, with drawn spend in their money).

A miss is a host's range that does not hold the host's truth; of hosts with at least four drawn
sessions. Bias is counted twice, over every world: the mean over hosts of (middle of the range ÷
truth - 1); and of the answer for all hosts together, (sum over worlds of its middle) ÷ (sum over
worlds of the truth, hosts weighted by their usual spend as the answer weighs them) - 1. Where one
cannot be told it is in neither, so "cannot tell" has a limit of 0 beside them.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.response_worlds import SLOPE, World, demo, endogenous, laddered
from bench.row import Row
from caopan.forecast.responding import responses
from caopan.forecast.spending import CHOSEN, Spending
from caopan.stats.hill import hill, hill_rate

WORLDS, DEMOS, PLANTED = 24, 24, 16
GEOS = 10
"""Geos of Meridian's sample in one world; each world takes the next ones."""
UNCOVERED, BIAS = 0.2, 0.15


def rows() -> Iterator[Row]:
    """Print the table, then yield the promises: never wrong without draws, few misses with."""
    mute = [_claims(_undrawn(endogenous(seed))) for seed in range(WORLDS)]
    yield Row(name="claims without a draw", ours=float(np.mean(mute)), theirs=None, limit=0.0,
              unit=" ")
    yield from _part("spend follows demand, 40 % drawn", endogenous, range(WORLDS))
    yield from _part("synthetic world, its ladder by the product", laddered,
                     range(1, DEMOS + 1))
    yield from _part("synthetic world, far too few draws", demo, range(1, DEMOS + 1),
                     promised=False)
    for name, world in (("Robyn's sample (simulated), planted", robyn),
                        ("Meridian's sample (simulated), planted", meridian)):
        if world(0) is None:
            print(f"no {name}: set CAOPAN_SHARED_DATA")
            continue
        yield from _part(name, world, range(PLANTED))


def _part(name: str, make: Callable[[int], World | None], seeds: range, *, promised: bool = True
          ) -> Iterator[Row]:
    """Yield coverage and bias over the hosts of some worlds."""
    held, off, naive, claimed, silent, every = [], [], [], [], [], []
    for seed in seeds:
        world = make(seed)
        if world is None:
            return
        whole, *hosts = responses(world.sessions, np.random.default_rng(seed))
        able = [(at, one) for at, one in enumerate(hosts) if one.drawn > 3]
        silent += [one.marginal is None for _, one in able]
        told = [(at, one) for at, one in able if one.marginal is not None]
        held += [one.marginal.holds(world.marginal[at]) for at, one in told]
        off += [one.marginal.mid / world.marginal[at] - 1 for at, one in told]
        naive += [_regressed(world.sessions, at) / world.marginal[at] - 1 for at, _ in told]
        claimed += [world.attributed[at] / world.marginal[at] - 1 for at, _ in told]
        if whole.marginal is not None:
            usual = np.array([one.at_spend for _, one in told])
            true = float(world.marginal[[at for at, _ in told]] @ usual / usual.sum())
            every.append((whole.marginal.mid, true, whole.marginal.holds(true), whole.drawn))
    answer, true, within, drawn = np.array(every).T
    whole_bias = float(answer.sum() / true.sum() - 1)
    print(f"  {name}: {len(held)} hosts told, {np.mean(silent):.0%} cannot tell; bias mean "
          f"{np.mean(off):+.0%}, median {np.median(off):+.0%}; regression {np.mean(naive):+.0%}, "
          f"platform's claim {np.mean(claimed):+.0%}; all hosts together: {drawn.mean():.0f} "
          f"drawn a world, truth {true.mean():.2f}, bias {whole_bias:+.0%}, "
          f"{within.mean():.0%} held")
    yield Row(name=f"{name}: ranges that miss", ours=1 - float(np.mean(held)), theirs=None,
              limit=UNCOVERED, unit=" ")
    if promised:
        yield Row(name=f"{name}: cannot tell", ours=float(np.mean(silent)), theirs=None, limit=0.0,
                  unit=" ")
        yield Row(name=f"{name}: bias", ours=abs(float(np.mean(off))), theirs=None, limit=BIAS,
                  unit=" ")
        yield Row(name=f"{name}: bias, together", ours=abs(whole_bias), theirs=None, limit=BIAS,
                  unit=" ")


def _regressed(sessions: Spending, at: int) -> float:
    """Return the slope of sales on spend and hours, as a spreadsheet has it."""
    mine = sessions.subject == at
    design = np.column_stack([sessions.spend[mine], np.nan_to_num(sessions.hours[mine]),
                              np.eye(7)[sessions.weekday[mine]]])
    return float(np.linalg.lstsq(design, sessions.sold[mine], rcond=None)[0][0])


def _undrawn(world: World) -> Spending:
    return replace(world.sessions, rung=np.full(len(world.sessions), CHOSEN))


def _claims(sessions: Spending) -> float:
    return float(any(one.marginal is not None
                     for one in responses(sessions, np.random.default_rng(1))))


def robyn(seed: int) -> World | None:
    """Return Robyn's 208 weeks with a known curve planted on their revenue."""
    found = _read("robyn_dt_simulated_weekly.csv")
    if found is None:
        return None
    sold = np.array([float(row["revenue"]) for row in found])
    return _planted(sold[None, :], seed)


def meridian(seed: int) -> World | None:
    """Return ten of Meridian's geos, week by week, with a known curve planted on their revenue.

    Each seed takes the next ten: draws on the same series share what luck these have.
    """
    found = _read("meridian_geo_all_channels.csv")
    if found is None:
        return None
    every = sorted({row["geo"] for row in found})
    first = GEOS * (seed % (len(every) // GEOS))
    geos = every[first:first + GEOS]
    sold = np.array([[float(row["conversions"]) * float(row["revenue_per_conversion"])
                      for row in found if row["geo"] == geo] for geo in geos])
    return _planted(sold, seed)


def _planted(sold: np.ndarray, seed: int) -> World:
    """Return weeks of some series, 60 % of them drawn, spend at a tenth of the usual sales."""
    rng = np.random.default_rng(seed)
    hosts, weeks = sold.shape
    usual = np.median(sold, axis=1, keepdims=True) * 0.1
    rung = np.where(rng.random(sold.shape) < 0.6, rng.integers(0, 3, sold.shape), CHOSEN)
    seen = np.log(sold / np.median(sold, axis=1, keepdims=True))
    spend = usual * np.where(rung == CHOSEN, np.exp(1.5 * seen), rung) * np.exp(
        rng.normal(0.0, 0.1, sold.shape))
    ceiling = usual * 3.0
    more = ceiling * hill(spend, half=usual, slope=SLOPE)
    at = np.array([np.median(one[one > 0]) for one in spend])
    true = ceiling[:, 0] * hill_rate(at, half=usual[:, 0], slope=SLOPE)
    sessions = Spending(
        subject=np.repeat(np.arange(hosts), weeks), start=np.tile(np.arange(weeks) * 7.0, hosts),
        hours=np.full(sold.size, np.nan), weekday=np.zeros(sold.size, dtype=np.int64),
        level=np.zeros(sold.size, dtype=np.int64), spend=spend.ravel(),
        planned=np.full(sold.size, np.nan), rung=rung.ravel(), sold=(sold + more).ravel(),
        names=tuple(f"g{at}" for at in range(hosts)))
    claimed = 1.8 * more.sum(axis=1) / spend.sum(axis=1)
    return World(sessions=sessions, marginal=true, attributed=claimed)


def _read(name: str) -> list[dict[str, str]] | None:
    folder = Path(os.environ.get("CAOPAN_SHARED_DATA", "../shared/data")) / "mmm_simulated"
    if not (folder / name).is_file():
        return None
    with (folder / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
