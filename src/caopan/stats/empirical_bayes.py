"""What a subject's peers say about it: shrunken means and percentiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from caopan.stats.arrays import Floats, Ints, grouped_sum

ROUNDS = 60
"""Halvings of the search for the between-subject variance: far below any rounding error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """How the true values of each peer group scatter: arrays over groups.

    ``centre`` its mean, ``centre_error`` the standard error of that, ``spread`` the standard
    deviation between subjects, ``count`` how many had a value; NaN centre where none had.
    """

    centre: Floats
    centre_error: Floats
    spread: Floats
    count: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunken:
    """Each subject's value drawn towards its peers by as much as its own is noise."""

    mean: Floats
    error: Floats
    percentile: Floats
    """Expected share of peers below, 0-1; 0.5 where peers do not differ."""


def fitted(values: Floats, errors: Floats, group: Ints, groups: int) -> Group:
    """Return the centre and spread of each group by the rule of Paule and Mandel.

    Args:
        values: shape (n,); NaN is left out.
        errors: shape (n,), standard errors > 0; NaN is left out.
        group: shape (n,), in [0, groups).
        groups: number of groups.

    >>> peers = fitted(np.array([1.0, 3.0]), np.array([1e-9, 1e-9]), np.array([0, 0]), 1)
    >>> peers.centre.tolist(), peers.spread.round(6).tolist()
    ([2.0], [1.414214])
    """
    made = np.isfinite(values) & np.isfinite(errors) & (errors > 0)
    value, noise, where = values[made], errors[made] ** 2, group[made]
    count = grouped_sum(np.ones_like(value), where, groups)
    low = np.zeros(groups)
    high = _largest_spread(value, where, groups, count)
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        excess = _scatter(value, noise + middle[where], where, groups)[2] > count - 1
        low, high = np.where(excess, middle, low), np.where(excess, high, middle)
    between = np.where(low > 0, (low + high) / 2, 0.0)
    centre, weight, _ = _scatter(value, noise + between[where], where, groups)
    error = np.sqrt(np.divide(1.0, weight, out=np.full(groups, np.nan), where=weight > 0))
    return Group(centre=centre, centre_error=error, spread=np.sqrt(between), count=count)


def shrunken(values: Floats, errors: Floats, group: Ints, peers: Group) -> Shrunken:
    """Return each value drawn towards its group, with its percentile among the true values.

    The percentile is the expectation of the true one: ``P((mean - centre) / sqrt(spread^2 +
    error^2))`` of the normal distribution.

    >>> peers = Group(centre=np.array([2.0]), centre_error=np.array([0.1]),
    ...               spread=np.array([1.0]), count=np.array([9.0]))
    >>> shrunken(np.array([4.0]), np.array([1.0]), np.array([0]), peers).mean.tolist()
    [3.0]
    """
    centre, spread = peers.centre[group], peers.spread[group]
    own = np.divide(spread**2, spread**2 + errors**2, out=np.zeros_like(values), where=spread > 0)
    mean = centre + own * (values - centre)
    error = spread * np.sqrt(1.0 - own)
    width = np.sqrt(spread**2 + error**2)
    distance = np.divide(mean - centre, width, out=np.zeros_like(mean), where=width > 0)
    percentile = np.where(np.isnan(mean), np.nan, special.ndtr(distance))
    return Shrunken(mean=mean, error=error, percentile=percentile)


def _scatter(
    value: Floats, variance: Floats, where: Ints, groups: int,
) -> tuple[Floats, Floats, Floats]:
    """Return weighted centre, sum of weights and weighted squared scatter of each group."""
    weight = 1.0 / variance
    total = grouped_sum(weight, where, groups)
    centre = np.divide(grouped_sum(weight * value, where, groups), total,
                       out=np.full(groups, np.nan), where=total > 0)
    return centre, total, grouped_sum(weight * (value - centre[where]) ** 2, where, groups)


def _largest_spread(value: Floats, where: Ints, groups: int, count: Floats) -> Floats:
    """Return a variance that no group's spread can exceed: twice its total squared scatter."""
    _, _, squares = _scatter(value, np.ones_like(value), where, groups)
    return np.where(count > 1, 2.0 * squares, 0.0)
