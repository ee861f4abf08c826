"""The models beside rate × hours (成员模型), each told week by week from what was known by then."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from caopan.forecast.columns import known_columns, plan_columns, standardised
from caopan.forecast.history import History
from caopan.forecast.prequential import distributions, weeks_of
from caopan.forecast.rules import LONGER, rate_and_hours
from caopan.stats import boosted, mixed
from caopan.stats.arrays import Bools, Floats
from caopan.stats.conformal import spread
from caopan.stats.quantiles import LEVELS

FEWEST_LEARNT = 60
"""Known sessions below which no model is fitted."""
FEWEST_MISSES = 19
"""Misses below which the outer of nineteen quantiles cannot be told from them."""
FEWEST_CALIBRATED = 30
"""Earlier misses of the trees below which their quantiles are not trusted."""
MOST_BOOSTED = 20_000
"""Of more sessions the trees learn from the latest ones: the fast mode for very many hosts."""
MOST_MIXED_HOSTS = 2_000
"""Of more subjects the shared effects are learnt from every k-th one; the levels are all kept."""
MORE = 1.08
"""Trees are learnt anew when this many times as many sessions are known."""
GROWN = 1.15
"""Variances are learnt anew when this many times as many sessions are known."""
SEED = 20_261


def members(history: History, asked: Bools, *, begin: float, warm: float) -> dict[str, Floats]:
    """Return what each model would have told of the asked sessions; NaN where it tells nothing.

    Shows of one product are told by rate × hours alone: most of them sell nothing.

    Args:
        history: all sessions.
        asked: which sessions are asked about, shape (n,).
        begin: the instant at which a week begins, days since 1970-01-01.
        warm: from when on models are fitted, to learn the misses of their own.

    Returns:
        By name of the model, shape (asked, 19).
    """
    week = weeks_of(history, begin)
    rate = rate_and_hours(history)
    middle = _mixed(history, week, warm)
    longer = rate_and_hours(history, most=LONGER)
    told = {name: distributions(history, points, asked, begin=begin, fewest=FEWEST_MISSES)
            for name, points in (("rate_hours", rate), ("rate_longer", longer),
                                 ("mixed", middle))}
    floor = SMALL * history.usual(FEWEST_LEARNT)
    columns = known_columns(history, floor)
    told["boosted"] = _boosted(history, columns, np.log(rate + floor), asked, week, warm)
    offset = np.log(middle + floor)
    beside = np.column_stack([columns, offset - np.log(rate + floor)])
    told["hybrid"] = _boosted(history, beside, offset, asked, week, warm)
    return told


SMALL, LARGE = 1e-4, 1e-2
"""Shares of a usual session added before logarithms: trees take outliers, a normal model not."""


def _weeks(week: Floats, warm: float) -> Iterator[float]:
    yield from (float(one) for one in np.unique(week[np.isfinite(week)]) if one >= warm)


def _mixed(history: History, week: Floats, warm: float) -> Floats:
    """Return what the mixed model says of each session, in the outcome's unit; shape (n,)."""
    floor = LARGE * history.usual(FEWEST_LEARNT)
    values, plan = np.log(history.sold + floor), plan_columns(history)
    said = np.full(len(history), np.nan)
    few = 1 + (int(history.subject.max()) if len(history) else 0) // MOST_MIXED_HOSTS
    model, fitted = None, 0
    for begins in _weeks(week, warm):
        known = (history.end < begins) & ~history.to_come & ~history.single
        if known.sum() < FEWEST_LEARNT:
            continue
        columns = standardised(plan, known)
        taught = known & (history.subject % few == 0)
        learnt = (values[taught], columns[taught], history.subject[taught])
        if model is None or known.sum() > fitted * GROWN:
            model, fitted = mixed.fit(*learnt), int(known.sum())
        else:
            model = mixed.refit(model, *learnt)
        mine = (week == begins) & ~history.single
        seen = np.where(history.single, np.nan, values)
        told, _ = mixed.told_before(model, seen, columns, history.subject)
        said[mine] = np.maximum(np.exp(told[mine]) - floor, 0.0)
    return said


def _boosted(history: History, columns: Floats, offset: Floats, asked: Bools, week: Floats,
             warm: float) -> Floats:
    """Return the calibrated quantiles of trees that learn what an offset misses."""
    floor = SMALL * history.usual(FEWEST_LEARNT)
    missed = np.where(history.single, np.nan, np.log(history.sold + floor) - offset)
    raw = np.full((len(history), len(LEVELS)), np.nan)
    trees, fitted = None, 0
    for begins in _weeks(week, warm):
        taught = np.flatnonzero((history.end < begins) & np.isfinite(missed))
        mine = (week == begins) & np.isfinite(offset) & ~history.single
        if len(taught) < FEWEST_LEARNT or not mine.any():
            continue
        if trees is None or len(taught) > fitted * MORE:
            fitted = len(taught)
            taught = taught[np.argsort(history.end[taught], kind="stable")][-MOST_BOOSTED:]
            trees = boosted.fit(missed[taught], columns[taught], seed=SEED)
        raw[mine] = trees.quantiles(columns[mine])
    told = _calibrated(raw, missed, history, asked, week)
    return np.maximum(np.exp(told + offset[asked, None]) - floor, 0.0)


def _calibrated(raw: Floats, missed: Floats, history: History, asked: Bools,
                week: Floats) -> Floats:
    """Return quantiles shifted, level by level, by how they missed before (CQR)."""
    told = np.full_like(raw, np.nan)
    for begins in np.unique(week[asked]):
        past = (history.end < begins) & np.isfinite(raw[:, 0]) & np.isfinite(missed)
        if past.sum() < FEWEST_CALIBRATED:
            continue
        mine = week == begins
        shift = [spread(missed[past] - raw[past, at])[at] for at in range(len(LEVELS))]
        told[mine] = raw[mine] + np.array(shift)
    return np.sort(told[asked], axis=1)
