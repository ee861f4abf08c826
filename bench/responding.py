"""What one yuan more brings: how often the range holds the truth, beside a regression and the
platform's claim.

Run: ``python -m bench responding``. Worlds of `bench/response_worlds.py` with spend that follows
demand, with and without drawn sessions; the product's synthetic world; and the sample sets of
Robyn and Meridian (simulated by their authors, who publish no true curve: so a known one is
planted on their sales, with drawn spend in their money).

A miss is a host's range that does not hold the host's truth; of hosts with at least four drawn
sessions. Bias is counted three times, over every world: (sum over hosts of the middles of their
ranges) ÷ (sum of their truths) - 1; the mean over hosts of (middle ÷ truth - 1), in which a host
that spend brings nearly nothing counts without bound; and of the answer for all hosts together,
(sum over worlds of its middle) ÷ (sum over worlds of the truth, hosts weighted by their usual
spend as the answer weighs them) - 1. Where one cannot be told it is in neither, so "cannot tell"
has a limit of 0 beside them.

Where the product designed the ladder, what it said beforehand is held against what came: the error
of the answer for all hosts; how often that answer is told from nothing (two-sided, 10 %) beside
the power at the true return; the sales that learning cost beside the same world without a draw.

The worlds of the first part were looked at while the method was made; ``python -m bench
responding_fresh`` takes others (24 of each, from seed 25 on), which nothing was chosen on.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import norm

from bench.response_worlds import SLOPE, World, demo, endogenous, laddered
from bench.row import Row
from caopan.forecast.ladder import ALPHA
from caopan.forecast.responding import responses
from caopan.forecast.response import LEVEL
from caopan.forecast.spending import CHOSEN, Spending
from caopan.stats.hill import hill, hill_rate
from caopan.units.interval import Interval

WORLDS, DEMOS, PLANTED = range(24), range(1, 25), range(16)
FRESH = range(25, 49)
GEOS = 10
"""Geos of Meridian's sample in one world; each world takes the next ones."""
UNCOVERED, BIAS = 0.2, 0.15
ERROR, POWER = 1.1, 0.1
"""The most that an error may be of the one said, and that power may fall short of what was said."""


def rows() -> Iterator[Row]:
    """Print the table, then yield the promises: never wrong without draws, few misses with."""
    yield from _parts(WORLDS, DEMOS, PLANTED)


def fresh() -> Iterator[Row]:
    """Do the same on worlds that nothing was chosen on."""
    yield from _parts(FRESH, FRESH, FRESH)


def _parts(worlds: range, demos: range, planted: range) -> Iterator[Row]:
    mute = [_claims(_undrawn(endogenous(seed))) for seed in worlds]
    yield Row(name="claims without a draw", ours=float(np.mean(mute)), theirs=None, limit=0.0,
              unit=" ")
    yield from _part("spend follows demand, 40 % drawn", endogenous, worlds)
    yield from _part("synthetic world, its ladder by the product", laddered, demos)
    yield from _part("synthetic world, far too few draws", demo, demos, promised=False)
    for name, world in (("Robyn's sample (simulated), planted", robyn),
                        ("Meridian's sample (simulated), planted", meridian)):
        if world(0) is None:
            print(f"no {name}: set CAOPAN_SHARED_DATA")
            continue
        yield from _part(name, world, planted)


def _part(name: str, make: Callable[[int], World | None], seeds: range, *, promised: bool = True
          ) -> Iterator[Row]:
    """Yield coverage and bias over the hosts of some worlds."""
    hosts: list[tuple[float, float, bool]] = []
    naive, claimed, silent, every = [], [], [], []
    designed: list[tuple[World, Interval, float]] = []
    for seed in seeds:
        world = make(seed)
        if world is None:
            return
        whole, *found = responses(world.sessions, np.random.default_rng(seed))
        able = [(at, one) for at, one in enumerate(found) if one.drawn > 3]
        silent += [one.marginal is None for _, one in able]
        told = [(at, one) for at, one in able if one.marginal is not None]
        hosts += [(one.marginal.mid, world.marginal[at], one.marginal.holds(world.marginal[at]))
                  for at, one in told]
        naive += [_regressed(world.sessions, at) / world.marginal[at] - 1 for at, _ in told]
        claimed += [world.attributed[at] / world.marginal[at] - 1 for at, _ in told]
        if whole.marginal is not None:
            usual = np.array([one.at_spend for _, one in told])
            true = float(world.marginal[[at for at, _ in told]] @ usual / usual.sum())
            every.append((whole.marginal.mid, true, whole.marginal.holds(true), whole.drawn))
            if world.design is not None:
                designed.append((world, whole.marginal, true))
    middle, truth, held = np.array(hosts).T
    answer, true, within, drawn = np.array(every).T
    whole_bias, sums = (float(of.sum() / by.sum() - 1) for of, by in ((answer, true),
                                                                     (middle, truth)))
    mean = float(np.mean(middle / truth - 1))
    print(f"  {name}: {len(held)} hosts told, {np.mean(silent):.1%} cannot tell; bias of sums "
          f"{sums:+.0%}, mean {mean:+.0%}, median {np.median(middle / truth - 1):+.0%}; "
          f"regression {np.mean(naive):+.0%}, platform's claim {np.mean(claimed):+.0%}; all "
          f"hosts together: {drawn.mean():.0f} drawn a world, truth {true.mean():.2f}, bias "
          f"{whole_bias:+.0%}, {within.mean():.0%} held")
    yield Row(name=f"{name}: ranges that miss", ours=1 - float(np.mean(held)), theirs=None,
              limit=UNCOVERED, unit=" ")
    if promised:
        yield Row(name=f"{name}: cannot tell", ours=float(np.mean(silent)), theirs=None, limit=0.0,
                  unit=" ")
        for kind, bias in (("bias of sums", sums), ("bias, mean of ratios", mean),
                           ("bias, together", whole_bias)):
            yield Row(name=f"{name}: {kind}", ours=abs(bias), theirs=None, limit=BIAS, unit=" ")
    if designed:
        yield from _said(designed)


def _said(designed: list[tuple[World, Interval, float]]) -> Iterator[Row]:
    """Yield what designs said beforehand beside what came."""
    both = norm.ppf(1 - ALPHA / 2)
    error = np.array([world.design.detect / (norm.ppf(world.design.power) + both)
                      for world, _, _ in designed])
    true = np.array([of for _, _, of in designed])
    missed = np.array([told.mid - of for _, told, of in designed])
    wider = both / norm.ppf(0.5 + LEVEL / 2)
    seen = np.array([told.mid - wider * (told.mid - told.low) > 0 for _, told, _ in designed])
    promised = norm.cdf(true / error - both)
    cost = np.array([world.design.cost.mid for world, _, _ in designed])
    paid = np.array([world.forgone for world, _, _ in designed])
    within = np.mean([world.design.cost.holds(world.forgone) for world, _, _ in designed])
    print(f"  said beforehand: error {np.sqrt((error**2).mean()):.2f}, came "
          f"{np.sqrt((missed**2).mean()):.2f}; power for a return of 2 "
          f"{np.mean([world.design.power for world, _, _ in designed]):.0%}, at the true return "
          f"{promised.mean():.0%}, came {seen.mean():.0%}; cost said ÷ came "
          f"{cost.sum() / paid.sum():.2f}, ranges hold it in {within:.0%}")
    yield Row(name="ladder: error of the return beside the one said",
              ours=float(np.sqrt((missed**2).mean() / (error**2).mean())), theirs=None,
              limit=ERROR, unit=" ")
    yield Row(name="ladder: power that was said and did not come",
              ours=max(float(promised.mean() - seen.mean()), 0.0), theirs=None, limit=POWER,
              unit=" ")
    yield Row(name="ladder: ranges of what learning costs that miss", ours=1 - float(within),
              theirs=None, limit=UNCOVERED, unit=" ")


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
