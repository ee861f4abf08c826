"""The change in sales of many subjects, split by one identity, with an error for every part.

Sales are GMV in minor units, or units: whatever the tree closes on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.diagnose.identity import SESSIONS, Tree
from caopan.diagnose.readings import READINGS
from caopan.diagnose.sides import Both
from caopan.stats.apportion import apportioned
from caopan.stats.arrays import Bools, Floats, Ints, divided
from caopan.stats.contrast import Contrast
from caopan.stats.lmdi import lmdi, log_mean
from caopan.stats.shapley import shapley
from caopan.stats.student import t_quantile
from caopan.units.message import Text

CLOSES = 1e-6
"""The product of the factors may miss the total by this share: rounding, not a broken identity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One tree's split for n subjects and k factors, ``sessions`` first.

    ``before``, ``after``: shape (n, k), NaN = cannot be computed; ``amounts``: whole minor units
    (units where those are the measure) that sum exactly to the change; ``half``: half the width of
    each amount's range, NaN where none can be given; ``probability``: two-sided, NaN for the
    number of sessions, which is known; ``exact``: True where all factors are positive (LMDI),
    False where Shapley was needed.
    """

    tree: Tree
    subjects: Ints
    before: Floats
    after: Floats
    amounts: Ints
    half: Floats
    probability: Floats
    exact: Bools

    @property
    def factors(self) -> tuple[str, ...]:
        """Return the factors' ids in order."""
        return (SESSIONS, *self.tree.factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The numbers of a ``Split`` as plain lists: quick to look up one subject by one."""

    tree: Tree
    formula: Text
    factors: tuple[str, ...]
    subjects: list[int]
    before: list[list[float]]
    after: list[list[float]]
    amounts: list[list[int]]
    half: list[list[float]]
    probability: list[list[float]]
    exact: list[bool]


def listed(made: Split) -> Listed:
    """Return a split as plain lists."""
    return Listed(
        tree=made.tree, formula=made.tree.formula, factors=made.factors,
        subjects=made.subjects.tolist(),
        before=made.before.tolist(), after=made.after.tolist(), amounts=made.amounts.tolist(),
        half=made.half.tolist(), probability=made.probability.tolist(), exact=made.exact.tolist())


def closes(tree: Tree, sides: Both) -> Bools:
    """Return on which sides a tree's columns are complete and multiply to its total, shape (s, 2).

    A factor that cannot be computed has a zero before it in the chain, or the identity is broken.
    """
    sold = sides.total(tree.total)
    complete = np.isfinite(np.stack([sides.total(name) for name in tree.columns])).all(axis=0)
    both = np.stack(factors(tree, sides, np.arange(sides.subjects)), axis=1)
    products = np.where(np.isnan(both), 1.0, both).prod(axis=2)
    allowed = CLOSES * np.maximum(np.nan_to_num(sold), 1.0)
    return np.asarray(complete & (np.abs(products - sold) <= allowed))


def factors(tree: Tree, sides: Both, subjects: Ints) -> tuple[Floats, Floats]:
    """Return the factors of some subjects before and after, in the units of the columns."""
    columns = [sides.count[subjects]]
    for factor in tree.factors:
        reading = READINGS[factor]
        columns.append(divided(sides.total(reading.numerator)[subjects],
                               sides.total(reading.denominator)[subjects]))
    both = np.stack(columns, axis=2)
    return both[:, 0, :], both[:, 1, :]


def split(tree: Tree, sides: Both, subjects: Ints, *, level: float) -> Split:
    """Return the exact split of some subjects' change by a tree that closes for them.

    LMDI where every factor is positive on both sides, else Shapley with undefined factors carried
    over. The range of an amount follows from the errors of its factor and of the total itself.

    Args:
        tree: one that ``closes`` for all the subjects.
        sides: both sides of all subjects.
        subjects: shape (n,), which of them.
        level: of the ranges.
    """
    before, after = factors(tree, sides, subjects)
    sold = sides.total(tree.total)[subjects]
    parts = lmdi(before, after)
    exact = np.asarray(np.isfinite(parts).all(axis=1))
    parts[~exact] = shapley(before[~exact], after[~exact])
    totals = np.rint(sold).astype(np.int64)
    contrasts = [sides.contrast(factor) for factor in tree.factors]
    half = np.empty_like(parts)
    probability = np.full_like(parts, np.nan)
    whole = sides.contrast(tree.per_session)
    weight = _weight(sold)
    half[:, 0] = _half(parts[:, 0], np.log(after[:, 0] / before[:, 0]), None, whole,
                       subjects, weight, None, level)
    for place, (factor, made) in enumerate(zip(tree.factors, contrasts, strict=True), start=1):
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.log(after[:, place]) - np.log(before[:, place])
        half[:, place] = _half(parts[:, place], change, made, whole, subjects, weight,
                               sides.together(factor, tree.per_session)[subjects], level)
        probability[:, place] = made.probability[subjects]
    return Split(tree=tree, subjects=subjects, before=_shown(tree, before),
                 after=_shown(tree, after), half=half, probability=probability, exact=exact,
                 amounts=apportioned(parts, totals[:, 1] - totals[:, 0]))


def _shown(tree: Tree, values: Floats) -> Floats:
    """Return the factors in the units that people read."""
    scale = np.array([1.0, *(READINGS[factor].per for factor in tree.factors)])
    return np.asarray(values * scale)


def _weight(sold: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the logarithmic mean of both totals and its slopes by their logarithms."""
    first, last = sold[:, 0], sold[:, 1]
    mean = log_mean(first, last)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.log(last) - np.log(first)
        near = np.abs(distance) < CLOSES
        up = np.where(near, mean / 2, (last - mean) / distance)
        down = np.where(near, mean / 2, (mean - first) / distance)
    return mean, down, up


def _half(  # noqa: PLR0917 - the pieces of one formula
    amount: Floats, change: Floats, factor: Contrast | None, whole: Contrast, subjects: Ints,
    weight: tuple[Floats, Floats, Floats], together: Floats | None, level: float,
) -> Floats:
    """Return half the width of the range of one factor's amounts.

    ``amount = L(V0, V1) * change``: the error of the change moves it by L, the errors of both
    totals move L. Where a factor is zero the amount's relative error is the change's own.
    """
    mean, down, up = weight
    sold_before, sold_after = whole.before_variance[subjects], whole.after_variance[subjects]
    moved = change**2 * (down**2 * sold_before + up**2 * sold_after)
    freedom = whole.freedom[subjects] if factor is None else factor.freedom[subjects]
    reach = t_quantile(level, freedom)
    if factor is None or together is None:
        size = np.sqrt(moved)
    else:
        own = mean**2 * (factor.before_variance + factor.after_variance)[subjects]
        cross = 2.0 * mean * change * (up * together[:, 1] - down * together[:, 0])
        size = np.sqrt(np.maximum(own + moved + cross, 0.1 * own))
    if factor is None:
        loose = np.abs(amount) * np.sqrt(np.fmax(sold_before, sold_after))
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            loose = np.abs(amount * factor.error[subjects] / factor.change[subjects])
    return np.asarray(reach * np.where(np.isfinite(size), size, loose))
