"""Demand told by boosted trees (提升树), for products whose sales so far show that it pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caopan.plan.known_before import Known
from caopan.plan.sales import LATELY
from caopan.stats import boosted
from caopan.stats.arrays import Bools, Floats, Ints, grouped_sum
from caopan.stats.boosted import STEADY, Trees
from caopan.stats.censored_demand import Common, Pool, Sold, demand_points, posterior
from caopan.stats.newsvendor import quantile

FROM = (3, 10, 30)
"""Where the classes of history begin: a product with fewer known shows is told by its rate."""
FEWEST_TAUGHT, FEWEST_TESTED = 300, 100
"""Rows that trees are grown from, and rows of a class that they are tried on, at least."""
MOST_TAUGHT, MOST_TESTED = 30_000, 1_500
TESTED = 0.2
"""The share of rows, the latest, that trees grown from the others are tried on."""
SURE = 1.0
"""Standard errors by which what the trees lose has to be less."""
MOST_LEVELS, APART = 3, 0.05
LEAST_LEVEL = 0.05
SEED, ROUNDS = 20_263, 150
SETTINGS: dict[str, object] = {
    "objective": "quantile", "num_leaves": 8, "min_data_in_leaf": 60, "learning_rate": 0.08,
    "feature_fraction": 0.8, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63,
    **STEADY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How trees did on the latest shows of products with at least ``least`` known ones before.

    ``n``: the shows they were tried on, those of any length of history where its own were too
    few; ``trees`` and ``rates``: what the orders of either lost for each unit's worth asked for,
    so that less is better; ``earned``: whether trees tell.
    """

    least: int
    n: int
    trees: float
    rates: float
    earned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """The rows that trees may learn from, those of an item together, in order of time.

    ``wanted``: what was asked for, sell-outs put right; ``worth`` > 0: of a unit; ``rows``: the
    same as counts with exposures, and ``scale`` the measure of each whole show.
    """

    known: Known
    start: Floats
    hours: Floats
    wanted: Floats
    worth: Floats
    rows: Sold
    scale: Floats


def levels_of(critical: Floats) -> tuple[float, ...]:
    """Return the levels that trees are grown for: a few that span those asked for.

    >>> levels_of(np.array([0.3, 0.31, 0.6, np.nan]))
    (0.31, 0.6)
    >>> levels_of(np.array([np.nan]))
    (0.5,)
    """
    told = np.clip(critical[np.isfinite(critical)], LEAST_LEVEL, 1.0 - LEAST_LEVEL)
    if not len(told):
        return (0.5,)
    spread = np.quantile(told, np.linspace(1.0, 0.0, MOST_LEVELS), method="nearest")
    kept: list[float] = []
    for one in np.unique(spread.round(3))[::-1]:
        if not kept or kept[-1] - one >= APART:
            kept.append(float(one))
    return tuple(kept[::-1])


def grown(learnt: Learnt, levels: tuple[float, ...], rows: Bools) -> Trees | None:
    """Return trees grown from the latest of some rows; None where there are too few."""
    able = np.flatnonzero(rows & (learnt.known.earlier > 0))
    if len(able) < FEWEST_TAUGHT:
        return None
    taught = able[np.argsort(learnt.start[able], kind="stable")][-MOST_TAUGHT:]
    usual = learnt.known.usual[taught] * learnt.hours[taught]
    return boosted.fit(learnt.wanted[taught] / usual, learnt.known.columns[taught], seed=SEED,
                       weight=usual * learnt.worth[taught], levels=levels, settings=SETTINGS,
                       rounds=ROUNDS)


def told(trees: Trees, known: Known, hours: Floats) -> Floats:
    """Return the quantiles of demand at the trees' levels, shape (n, levels), units, >= 0."""
    usual = known.usual * hours
    return np.maximum(trees.fitted(known.columns) * usual[:, None], 0.0)


def tried(learnt: Learnt, pool: Pool, common: Common, level: float) -> tuple[Trial, ...]:
    """Return how trees would have done on the latest shows beside the pooled rates.

    Trees are grown from what was before them; each show is then told, by either, from all that
    was known when a plan as far ahead was made, and loses what an order at the level would have:
    too few or too many.
    """
    cut = float(np.quantile(learnt.start, 1.0 - TESTED, method="nearest"))
    later = np.flatnonzero((learnt.start >= cut) & (learnt.known.earlier >= FROM[0]))
    trees = grown(learnt, (level,), learnt.start < cut) if len(later) >= FEWEST_TESTED else None
    if trees is None:
        return ()
    later = later[::-(-len(later) // MOST_TESTED)]
    known = learnt.known.of(later)
    orders = (told(trees, known, learnt.hours[later])[:, 0],
              _by_rates(learnt, later, pool, common, level))
    lost = [_lost(order, learnt.wanted[later], level) * learnt.worth[later] for order in orders]
    stake = learnt.wanted[later] * learnt.worth[later]
    day = np.unique(np.floor(learnt.start[later]), return_inverse=True)[1]
    place = np.searchsorted(FROM, known.earlier, side="right") - 1
    own = [place == at for at in range(len(FROM))]
    return tuple(_trial(least, mine if mine.sum() >= FEWEST_TESTED else place >= 0, lost, stake,
                        day) for least, mine in zip(FROM, own, strict=True))


def of_class(earlier: Ints, trials: Sequence[Trial]) -> Ints:
    """Return the trial whose class each history belongs to; -1 where there is none.

    >>> one = Trial(least=10, n=200, trees=0.2, rates=0.3, earned=True)
    >>> of_class(np.array([3, 10, 50]), (one,)).tolist()
    [-1, 0, 0]
    """
    if not trials:
        return np.full(len(earlier), -1, dtype=np.int64)
    least = np.array([one.least for one in trials])
    return np.asarray(np.searchsorted(least, earlier, side="right") - 1, dtype=np.int64)


def _trial(least: int, mine: Bools, lost: Sequence[Floats], stake: Floats, day: Ints) -> Trial:
    n, whole = int(mine.sum()), float(stake[mine].sum())
    less = np.where(mine, lost[0] - lost[1], 0.0)
    of_days = grouped_sum(less, day, int(day.max(initial=-1)) + 1)  # days have their own luck
    sure = float(less.sum()) < -SURE * float(np.sqrt((of_days**2).sum()))
    trees, rates = (float(one[mine].sum()) / whole if whole > 0 else np.nan for one in lost)
    return Trial(least=least, n=n, trees=trees, rates=rates,
                 earned=sure and n >= FEWEST_TESTED)


def _lost(order: Floats, wanted: Floats, level: float) -> Floats:
    return np.asarray(np.maximum(level * (wanted - order), (1.0 - level) * (order - wanted)))


def _by_rates(learnt: Learnt, later: Ints, pool: Pool, common: Common, level: float) -> Floats:
    """Return what pooled rates say at a level of each show, from the shows before it alone."""
    back = np.arange(1, LATELY + 1)
    rows, earlier = learnt.rows, learnt.known.earlier[later]
    there = back <= earlier[:, None]
    first = np.searchsorted(rows.item, rows.item[later])
    place = ((first + earlier)[:, None] - back)[there]
    before = Sold(item=np.repeat(np.arange(len(later)), there.sum(axis=1)),
                  count=rows.count[place], exposure=rows.exposure[place],
                  capped=rows.capped[place])
    item = rows.item[later]
    own = Pool(features=pool.features[item], group=pool.group[item], groups=pool.groups)
    points = demand_points(posterior(before, own, common), np.arange(len(later)),
                           learnt.scale[later], common.shape)
    return quantile(points, level)
