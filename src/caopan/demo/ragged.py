"""Arrays of many groups of unequal length, laid end to end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def starts(counts: Ints) -> Ints:
    """Return where each group begins; counts: shape (groups,), >= 0.

    >>> starts(np.array([2, 0, 3])).tolist()
    [0, 2, 2]
    """
    return (np.cumsum(counts) - counts).astype(np.int64)


def groups(counts: Ints) -> Ints:
    """Return the group of each element.

    >>> groups(np.array([2, 0, 3])).tolist()
    [0, 0, 2, 2, 2]
    """
    return np.repeat(np.arange(len(counts)), counts)


def ranks(counts: Ints) -> Ints:
    """Return the place of each element within its group, from 0.

    >>> ranks(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.arange(int(counts.sum())) - np.repeat(starts(counts), counts)


def steps(counts: Ints) -> Iterator[Ints]:
    """Yield the elements of rank 0 of every group, then those of rank 1, and so on.

    >>> [step.tolist() for step in steps(np.array([2, 0, 3]))]
    [[0, 2], [1, 3], [4]]
    """
    longest_first = np.argsort(-counts, kind="stable")
    first = starts(counts)[longest_first]
    falling = -counts[longest_first]
    for rank in range(int(counts.max(initial=0))):
        active = int(np.searchsorted(falling, -rank, side="left"))
        yield np.sort(first[:active] + rank)


def total(values: Floats, counts: Ints) -> Floats:
    """Return the sum of each group, 0 for an empty one.

    >>> total(np.array([1.0, 2.0, 5.0]), np.array([2, 0, 1])).tolist()
    [3.0, 0.0, 5.0]
    """
    return np.bincount(groups(counts), values, len(counts)).astype(np.float64)


def spread(amounts: Ints, weights: Floats, counts: Ints, rng: np.random.Generator) -> Ints:
    """Return whole parts of each group's amount in proportion to the weights, summing exactly.

    An amount of a group without elements is lost, so it must be 0. Where all weights of a group
    are 0 the parts are even.

    Args:
        amounts: shape (groups,), >= 0.
        weights: shape (elements,), finite, >= 0.
        counts: shape (groups,), elements of each group.
        rng: decides which way parts are rounded.

    >>> rng = np.random.default_rng(1)
    >>> spread(np.array([10, 3]), np.array([1.0, 4.0, 1.0]), np.array([2, 1]), rng).tolist()
    [2, 8, 3]
    """
    if len(weights) == 0:
        return np.zeros(0, dtype=np.int64)
    group = groups(counts)
    share = cumulative(weights, counts)
    level = np.floor(amounts[group] * share + rng.random(len(counts))[group]).astype(np.int64)
    level = np.minimum(level, amounts[group])
    before = np.concatenate([[0], level[:-1]])
    first = starts(counts)[counts > 0]
    last = first + counts[counts > 0] - 1
    before[first] = 0
    level[last] = amounts[counts > 0]
    parts: Ints = level - before
    return parts


def cumulative(weights: Floats, counts: Ints) -> Floats:
    """Return each element's running share of its group, ending at 1.

    >>> cumulative(np.array([1.0, 3.0, 0.0]), np.array([2, 1])).tolist()
    [0.25, 1.0, 1.0]
    """
    group = groups(counts)
    sums = total(weights, counts)
    safe = np.where(sums[group] > 0, weights, 1.0)
    share = safe / np.where(sums > 0, sums, counts)[group]
    running = np.cumsum(share)
    first = starts(counts)
    base = np.concatenate([[0.0], running])[first]
    capped: Floats = np.minimum(running - base[group], 1.0)
    return capped


def pick(weights: Floats, counts: Ints, draws: Ints, rng: np.random.Generator) -> Ints:
    """Return ``draws`` elements of each group, drawn with replacement by weight.

    The result lists the draws of group 0, then of group 1, and so on; a group that is drawn from
    has at least one element.

    >>> pick(np.array([0.0, 1.0, 2.0]), np.array([2, 1]), np.array([2, 1]),
    ...      np.random.default_rng(1)).tolist()
    [1, 1, 2]
    """
    owner = groups(draws)
    running = cumulative(weights, counts) + groups(counts)
    first = starts(counts)
    place = np.searchsorted(running, owner + rng.random(len(owner)), side="right")
    return np.clip(place, first[owner], first[owner] + counts[owner] - 1).astype(np.int64)


def rough(means: Floats, rng: np.random.Generator, *, noise: float) -> Floats:
    """Return weights around the means that vary as counts do, and a little more.

    Args:
        means: shape (n,), >= 0, expected counts.
        rng: source of randomness.
        noise: relative variance added to that of counting, > 0.

    >>> rough(np.array([0.0, 5.0]), np.random.default_rng(1), noise=0.1).round(1).tolist()
    [0.0, 1.9]
    """
    shape = 1.0 / (noise + 1.0 / np.maximum(means, 1e-3))
    drawn: Floats = rng.gamma(shape) / shape * means
    return drawn


def first_of(values: Ints, count: int) -> Ints:
    """Return, for each value 0..count-1, where it occurs first (-1: nowhere).

    >>> first_of(np.array([2, 0, 2]), 3).tolist()
    [1, -1, 0]
    """
    place = np.full(count, -1, dtype=np.int64)
    place[values[::-1]] = np.arange(len(values))[::-1]
    return place
