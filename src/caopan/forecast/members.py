"""The models beside rate × hours (成员模型), each told week by week from what was known by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caopan.forecast.columns import Scale, known_columns, plan_columns, scale_of
from caopan.forecast.history import History
from caopan.forecast.prequential import distributions, weeks_of
from caopan.forecast.rules import MEMORIES, rate_and_hours
from caopan.stats import boosted, boosted_scale, mixed
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
"""Of more sessions the trees learn from the latest ones."""
MOST_MIXED_HOSTS = 2_000
"""Of more subjects the shared effects are learnt from every k-th one; the levels are all kept."""
MORE = 1.08
"""Trees are learnt anew when this many times as many sessions are known."""
QUICK_FROM = 40_000
"""Known sessions from which on models are learnt the quick way, for thousands of hosts: trees for
a middle and a scale (three fits, not seven), upon the mixed model alone, and seldom anew."""
QUICK_MORE, MOST_QUICK = 1.5, 60_000
"""The same as ``MORE`` and ``MOST_BOOSTED`` the quick way."""
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
    return walked(history, asked, begin=begin, warm=warm).told


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedFit:
    """The mixed model as fitted last: its columns' scale, and what is added before logarithms."""

    model: mixed.Mixed
    scale: Scale
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TreesFit:
    """Trees as fitted last: how far each of their quantiles is shifted (CQR), and the floor."""

    trees: boosted.Trees | boosted_scale.ScaledTrees
    shift: Floats
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What models told week by week, and as what they stand at the end of it.

    ``told``: by name, shape (asked, 19). ``middle``: what the mixed model said of each session,
    shape (n,). ``mixed``: None, and ``trees`` without a name, where too little is known.
    """

    told: dict[str, Floats]
    middle: Floats
    mixed: MixedFit | None
    trees: dict[str, TreesFit]


def walked(history: History, asked: Bools, *, begin: float, warm: float,
           until: float | None = None, quick_from: int | None = None) -> Walk:
    """Return what ``members`` returns, and the models as they stand at ``until``, if it is said.

    From ``quick_from`` known sessions on (None: ``QUICK_FROM``) they are learnt the quick way.

    >>> nothing = np.zeros(0)
    >>> walked(History(subject=np.zeros(0, dtype=np.int64), start=nothing, hours=nothing,
    ...                sold=nothing), np.zeros(0, dtype=np.bool_), begin=0.0, warm=0.0).mixed
    """
    week = weeks_of(history, begin)
    weeks = [float(one) for one in np.unique(week[np.isfinite(week)]) if one >= warm]
    if until is not None:
        weeks = sorted({*weeks, until})
    known = int((~history.to_come & ~history.single).sum())
    quick = known >= (QUICK_FROM if quick_from is None else quick_from)
    middle, mixed_fit = _mixed(history, week, weeks)
    told = {name: distributions(history, each, asked, begin=begin, fewest=FEWEST_MISSES)
            for name, each in points_of(history, middle).items()}
    floor = SMALL * history.usual(FEWEST_LEARNT)
    trees = {}
    for name, table in tree_tables(history, floor, middle, quick=quick).items():
        told[name], fit = _boosted(history, table, asked, _Calendar(
            week=week, weeks=weeks, until=until, quick=quick))
        if fit is not None:
            trees[name] = fit
    return Walk(told=told, middle=middle, mixed=mixed_fit, trees=trees)


def points_of(history: History, middle: Floats) -> dict[str, Floats]:
    """Return what each rule says of each session, by name, shape (n,).

    Args:
        history: all sessions.
        middle: what the mixed model says of each, shape (n,).

    >>> made = History(subject=np.array([0, 0]), start=np.arange(2.0), hours=np.ones(2),
    ...                sold=np.ones(2))
    >>> list(points_of(made, made.sold))
    ['rate_hours', 'rate_8', 'rate_12', 'rate_20', 'rate_32', 'mixed']
    """
    return {name: rate_and_hours(history, most=most)
            for name, most in MEMORIES.items()} | {"mixed": middle}


def tree_tables(history: History, floor: float, middle: Floats, *,
                quick: bool) -> dict[str, tuple[Floats, Floats]]:
    """Return columns and offset of the trees, and of those upon the mixed model, by name.

    Args:
        history: all sessions.
        floor: added to amounts before their logarithm is taken.
        middle: what the mixed model says of each, shape (n,).
        quick: of those upon the mixed model alone.

    >>> made = History(subject=np.array([0, 0]), start=np.arange(2.0), hours=np.ones(2),
    ...                sold=np.ones(2))
    >>> [columns.shape[1] for columns, _ in tree_tables(made, 1.0, np.ones(2),
    ...                                                 quick=False).values()]
    [20, 21]
    """
    columns, by_rate = known_columns(history, floor), np.log(rate_and_hours(history) + floor)
    offset = np.log(middle + floor)
    hybrid = (np.column_stack([columns, offset - by_rate]), offset)
    return {"hybrid": hybrid} if quick else {"boosted": (columns, by_rate), "hybrid": hybrid}


def middle_of(history: History, fit: MixedFit) -> Floats:
    """Return what a fitted mixed model says of each session, in the outcome's unit; shape (n,).

    >>> made = History(subject=np.array([0]), start=np.array([0.0]), hours=np.ones(1),
    ...                sold=np.array([np.nan]))
    >>> fit = MixedFit(model=mixed.Mixed(mean=2.0, effects=np.zeros(10), scatter=1.0, step=0.1,
    ...     between=1.0), scale=Scale(mean=np.zeros(10), spread=np.ones(10)), floor=0.0)
    >>> middle_of(made, fit).round(3).tolist()
    [7.389]
    """
    seen = np.where(history.single, np.nan, np.log(history.sold + fit.floor))
    told, _ = mixed.told_before(fit.model, seen, fit.scale.applied(plan_columns(history)),
                                history.subject)
    return np.where(history.single, np.nan, np.maximum(np.exp(told) - fit.floor, 0.0))


SMALL, LARGE = 1e-4, 1e-2
"""Shares of a usual session added before logarithms: trees take outliers, a normal model not."""


def _mixed(history: History, week: Floats,
           weeks: Sequence[float]) -> tuple[Floats, MixedFit | None]:
    """Return what the mixed model says of each session, and how it was fitted last."""
    floor = LARGE * history.usual(FEWEST_LEARNT)
    values, plan = np.log(history.sold + floor), plan_columns(history)
    said = np.full(len(history), np.nan)
    few = 1 + (int(history.subject.max()) if len(history) else 0) // MOST_MIXED_HOSTS
    fit, fitted = None, 0
    for begins in weeks:
        known = (history.end < begins) & ~history.to_come & ~history.single
        if known.sum() < FEWEST_LEARNT:
            continue
        scale = scale_of(plan, known)
        taught = known & (history.subject % few == 0)
        learnt = (values[taught], scale.applied(plan[taught]), history.subject[taught])
        if fit is None or known.sum() > fitted * GROWN:
            model, fitted = mixed.fit(*learnt), int(known.sum())
        else:
            model = mixed.refit(fit.model, *learnt)
        fit = MixedFit(model=model, scale=scale, floor=floor)
        mine = week == begins
        if mine.any():
            said[mine] = middle_of(history, fit)[mine]
    return said, fit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar:
    """The week of each session, shape (n,), those that are walked, and how far; the quick way."""

    week: Floats
    weeks: Sequence[float]
    until: float | None
    quick: bool

    def due(self, known: int, fitted: int, begins: float) -> bool:
        """Return whether trees that were fitted on so many sessions are to be fitted anew."""
        seldom = self.quick and begins != self.until
        return known > fitted * (QUICK_MORE if seldom else MORE)


def _boosted(history: History, table: tuple[Floats, Floats], asked: Bools,
             calendar: _Calendar) -> tuple[Floats, TreesFit | None]:
    """Return the calibrated quantiles of trees that learn what an offset misses, and the trees."""
    columns, offset = table
    floor = SMALL * history.usual(FEWEST_LEARNT)
    missed = np.where(history.single, np.nan, np.log(history.sold + floor) - offset)
    raw = np.full((len(history), len(LEVELS)), np.nan)
    trees, fitted = None, 0
    most = MOST_QUICK if calendar.quick else MOST_BOOSTED
    grow = boosted_scale.fit if calendar.quick else boosted.fit
    for begins in calendar.weeks:
        taught = np.flatnonzero((history.end < begins) & np.isfinite(missed))
        mine = (calendar.week == begins) & np.isfinite(offset) & ~history.single
        if len(taught) < FEWEST_LEARNT or not (mine.any() or begins == calendar.until):
            continue
        if trees is None or calendar.due(len(taught), fitted, begins):
            fitted = len(taught)
            taught = taught[np.argsort(history.end[taught], kind="stable")][-most:]
            trees = grow(missed[taught], columns[taught], seed=SEED)
        raw[mine] = trees.quantiles(columns[mine])
    told = np.maximum(np.exp(_calibrated(raw, missed, history, asked, calendar.week)
                             + offset[asked, None]) - floor, 0.0)
    shift = None if calendar.until is None else _shift(raw, missed, history, calendar.until)
    if trees is None or shift is None:
        return told, None
    return told, TreesFit(trees=trees, shift=shift, floor=floor)


def _calibrated(raw: Floats, missed: Floats, history: History, asked: Bools,
                week: Floats) -> Floats:
    """Return quantiles shifted, level by level, by how they missed before (CQR)."""
    told = np.full_like(raw, np.nan)
    for begins in np.unique(week[asked]):
        shift = _shift(raw, missed, history, begins)
        if shift is not None:
            told[week == begins] = raw[week == begins] + shift
    return np.sort(told[asked], axis=1)


def _shift(raw: Floats, missed: Floats, history: History, begins: float) -> Floats | None:
    """Return how far each quantile is shifted by what was known by then; None: too little."""
    past = (history.end < begins) & np.isfinite(raw[:, 0]) & np.isfinite(missed)
    if past.sum() < FEWEST_CALIBRATED:
        return None
    return np.array([spread(missed[past] - raw[past, at])[at] for at in range(len(LEVELS))])
