"""A line-up found by local search (局部搜索): annealing over order and lengths, then descent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from caopan.plan.lineup import Judge, LineUp, Problem

ROUNDS, A_ITEM = 4_000, 500
"""Moves tried in one annealing: at least, and more for each item."""
MOST_MOVES = 24_000
FEW, STARTS = 16, 2
"""Up to so many items more than one start is tried: it costs little there."""
HOT, COLD = 0.02, 1e-5
"""Temperatures as shares of what there is to win."""
REACH = 3
PASSES = 6


def searched(problem: Problem, *, rng: np.random.Generator,
             order: Sequence[int] | None = None) -> LineUp:
    """Return the best line-up found: no worse than the order it began from.

    Args:
        problem: items and rules; at least one item.
        rng: where the moves come from.
        order: a line-up to begin with, as the plan has it; None: as the items stand.
    """
    judge = Judge(problem)
    least, most = (one.tolist() for one in problem.lengths())
    best_order = list(order or range(len(problem.kind)))
    best_lengths = _fitting(problem, least, most)
    best = judge.cost(best_order, best_lengths)
    for at in range(STARTS if len(best_order) <= FEW else 1):
        tried = best_order if not at else [int(one) for one in rng.permutation(best_order)]
        found, lengths = _annealed(judge, tried, best_lengths, rng=rng, limits=(least, most))
        found, lengths = _descended(judge, found, lengths, limits=(least, most))
        cost = judge.cost(found, lengths)
        if cost > best:
            best, best_order, best_lengths = cost, found, lengths
    return judge.line_up(best_order, best_lengths)


def _fitting(problem: Problem, least: Sequence[int], most: Sequence[int]) -> list[int]:
    """Return lengths that fill the show as far as they can, each as far along its own range."""
    room = sum(most) - sum(least)
    share = min(max((problem.steps - sum(least)) / room, 0.0), 1.0) if room else 0.0
    return [low + int((high - low) * share) for low, high in zip(least, most, strict=True)]


Limits = tuple[Sequence[int], Sequence[int]]


def _annealed(judge: Judge, order: Sequence[int], lengths: Sequence[int], *,
              rng: np.random.Generator, limits: Limits) -> tuple[list[int], list[int]]:
    now, sizes, n = list(order), list(lengths), len(order)
    scale = judge.problem.scale
    moves = min(ROUNDS + A_ITEM * n, MOST_MOVES)
    kinds = rng.random(moves)
    places = rng.integers(0, n, (moves, 2))
    by = rng.integers(1, REACH + 1, moves)
    luck = np.log(rng.random(moves))
    heat = scale * np.geomspace(HOT, COLD, moves)
    cost = judge.cost(now, sizes)
    best, kept = cost, (list(now), list(sizes))
    for at in range(moves):
        tried, changed = _moved(now, sizes, float(kinds[at]), places[at].tolist(), int(by[at]),
                                limits)
        if tried is now and changed is sizes:
            continue
        other = judge.cost(tried, changed)
        if other >= cost or (other - cost) / heat[at] > luck[at]:
            now, sizes, cost = tried, changed, other
            if cost > best:
                best, kept = cost, (list(now), list(sizes))
    return kept


SWAP, SHIFT, STRETCH = 0.25, 0.5, 0.62


def _moved(order: list[int], lengths: list[int], kind: float, places: Sequence[int], by: int,
           limits: Limits) -> tuple[list[int], list[int]]:
    """Return an order and lengths one move away; the same objects where it changes nothing."""
    first, second = places
    if kind < SHIFT:
        if first == second:
            return order, lengths
        tried = list(order)
        if kind < SWAP:
            tried[first], tried[second] = tried[second], tried[first]
        else:
            tried.insert(second, tried.pop(first))
        return tried, lengths
    if kind < STRETCH:
        return order, _given(lengths, None, first, by if second % 2 else -by, limits)
    return order, _given(lengths, None if first == second else second, first, by, limits)


def _given(lengths: list[int], giver: int | None, taker: int, by: int,
           limits: Limits) -> list[int]:
    """Return lengths where an item gets steps, from another one or from nowhere."""
    least, most = limits
    if giver is not None:
        by = min(by, lengths[giver] - least[giver])
    by = max(min(by, most[taker] - lengths[taker]), least[taker] - lengths[taker])
    if not by:
        return lengths
    changed = list(lengths)
    changed[taker] += by
    if giver is not None:
        changed[giver] -= by
    return changed


def _descended(judge: Judge, order: list[int], lengths: list[int], *,
               limits: Limits) -> tuple[list[int], list[int]]:
    """Return where no swap, no shift and no handing over of a step brings more."""
    cost, n = judge.cost(order, lengths), len(order)
    for _ in range(PASSES if n <= FEW else 1):
        before = cost
        for first in range(n):
            for tried, changed in _near(order, lengths, first, limits):
                if (other := judge.cost(tried, changed)) > cost:
                    order, lengths, cost = tried, changed, other
                    break
        if cost <= before:
            break
    return order, lengths


def _near(order: list[int], lengths: list[int], first: int, limits: Limits
          ) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what lies one move from here that has to do with one place."""
    for second in range(len(order)):
        for kind in (SWAP / 2, (SWAP + SHIFT) / 2, 1.0):
            tried, changed = _moved(order, lengths, kind, (first, second), 1, limits)
            if tried is not order or changed is not lengths:
                yield tried, changed
    for by in (-1, 1):
        yield order, _given(lengths, None, first, by, limits)
