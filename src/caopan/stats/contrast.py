"""Two ratios of sums beside each other: log change, its error, its chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Floats, divided
from caopan.stats.persistence import inflation
from caopan.stats.ratio_error import LogRatio
from caopan.stats.student import t_probability

BORROWED = 10.0
"""How many clusters' worth of the two sides' common scatter each side borrows."""
CAUTIOUS = 0.2
"""A claim is tested with at least this correlation between neighbours, whatever was observed."""
LEAST_FREEDOM = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The change of a log ratio: arrays over subjects, NaN where it cannot be computed.

    ``change`` after minus before; ``before_variance`` and ``after_variance`` of the two logs;
    ``freedom`` degrees of freedom; ``probability`` two-sided, for "no change", with the cautious
    correlation.
    """

    before: Floats
    after: Floats
    change: Floats
    before_variance: Floats
    after_variance: Floats
    freedom: Floats
    probability: Floats

    @property
    def error(self) -> Floats:
        """Return the standard error of the change."""
        return np.sqrt(self.before_variance + self.after_variance)


def contrast(before: LogRatio, after: LogRatio, *, correlation: float) -> Contrast:
    """Return the change from one set of cells to another.

    Each side's scatter is drawn towards the common one, since three sessions say little about
    theirs; the degrees of freedom are Welch-Satterthwaite's, at most those of a pooled test, less
    what heavy tails (excess kurtosis) and correlation cost.

    Args:
        before: arrays over n subjects.
        after: arrays over the same subjects.
        correlation: lag-one, in [0, 1), see ``persistence``.

    >>> side = LogRatio(log=np.array([0.0]), scatter=np.array([0.04]), floor=np.array([0.0]),
    ...                 count=np.array([4.0]), excess=np.array([0.0]), influence=np.zeros(0))
    >>> made = contrast(side, side, correlation=0.0)
    >>> made.error.round(4).tolist(), made.freedom.tolist(), made.probability.tolist()
    ([0.1414], [6.0], [1.0])
    """
    first, second, pooled = _shared(before, after)
    loose = inflation(correlation, before.count), inflation(correlation, after.count)
    strict_rate = max(correlation, CAUTIOUS)
    strict = inflation(strict_rate, before.count), inflation(strict_rate, after.count)
    one = np.maximum(divided(first * loose[0], before.count), before.floor)
    two = np.maximum(divided(second * loose[1], after.count), after.floor)
    freedom = _freedom(one, two, before, after, pooled) * _kept(correlation)
    change = after.log - before.log
    wide = np.sqrt(np.maximum(divided(first * strict[0], before.count), before.floor)
                   + np.maximum(divided(second * strict[1], after.count), after.floor))
    return Contrast(
        before=before.log, after=after.log, change=change, before_variance=one,
        after_variance=two, freedom=freedom,
        probability=t_probability(_steps(change, wide), freedom),
    )


def alone(side: LogRatio, *, correlation: float) -> tuple[Floats, Floats]:
    """Return the variance of one side's log by itself, and its degrees of freedom.

    >>> side = LogRatio(log=np.array([0.0]), scatter=np.array([0.04]), floor=np.array([0.0]),
    ...                 count=np.array([4.0]), excess=np.array([0.0]), influence=np.zeros(0))
    >>> variance, freedom = alone(side, correlation=0.0)
    >>> variance.tolist(), freedom.round(6).tolist()
    ([0.01], [3.0])
    """
    loose = inflation(correlation, side.count)
    variance = np.maximum(divided(side.scatter * loose, side.count), side.floor)
    with np.errstate(divide="ignore", invalid="ignore"):
        heavy = 1.0 / (1.0 / (side.count - 1.0) + side.excess / (2.0 * side.count))
    freedom = np.maximum(heavy * _kept(correlation), LEAST_FREEDOM)
    return variance, np.where(side.count > 1, freedom, np.nan)


def _shared(before: LogRatio, after: LogRatio) -> tuple[Floats, Floats, Floats]:
    """Return both scatters drawn towards the common one, and its degrees of freedom."""
    less, more = before.count - 1.0, after.count - 1.0
    pooled = less + more
    common = divided(before.scatter * less + after.scatter * more, pooled)
    first = (before.scatter * less + BORROWED * common) / (less + BORROWED)
    second = (after.scatter * more + BORROWED * common) / (more + BORROWED)
    return first, second, pooled


def _freedom(
    one: Floats, two: Floats, before: LogRatio, after: LogRatio, pooled: Floats,
) -> Floats:
    """Return Welch-Satterthwaite's degrees of freedom, less the price of heavy tails."""
    less = before.count - 1.0 + BORROWED * divided(after.count - 1.0, pooled)
    more = after.count - 1.0 + BORROWED * divided(before.count - 1.0, pooled)
    welch = divided((one + two) ** 2, one**2 / np.maximum(less, LEAST_FREEDOM)
                    + two**2 / np.maximum(more, LEAST_FREEDOM))
    capped = np.where(np.isnan(welch), pooled, np.minimum(welch, pooled))
    total = before.count + after.count
    excess = divided(before.excess * before.count + after.excess * after.count, total)
    with np.errstate(divide="ignore"):
        heavy = 1.0 / (1.0 / capped + excess / (2.0 * total))
    return np.where(capped > 0, np.maximum(heavy, LEAST_FREEDOM), np.nan)


def _kept(correlation: float) -> float:
    """Return the share of degrees of freedom that correlated neighbours leave."""
    return (1.0 - correlation**2) / (1.0 + correlation**2)


def _steps(change: Floats, error: Floats) -> Floats:
    """Return the change in standard errors: zero without change, infinite without error."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(change == 0, 0.0 * error, change / error)
