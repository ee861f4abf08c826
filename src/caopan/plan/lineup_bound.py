"""What no line-up can exceed (上界): every step has a price, and each item takes its best place."""

from __future__ import annotations

import numpy as np

from caopan.plan.lineup import BREAK, Problem
from caopan.stats.arrays import Floats

ROUNDS = 400
WEAK = 30
"""Rounds without a better bound after which steps are halved."""
LEAST = 1e-4


def bound_of(problem: Problem, *, reached: float) -> float:
    """Return a value that no line-up which keeps the demanded rules exceeds.

    The dual of the problem without distances and breaks: steps of air time have prices >= 0, and
    so has what may be lost; prices are moved towards what too many items want. Any prices bound.

    Args:
        problem: items and rules.
        reached: the value of a line-up, by which the steps of the prices are measured.
    """
    value = _allowed(problem)
    sizes = np.arange(value.shape[1])
    starts = np.arange(problem.steps)
    ends = np.minimum(starts[None, :] + sizes[:, None], problem.steps)
    price, fine = np.zeros(problem.steps), 0.0
    best, pace, since = np.inf, 1.0, 0
    flat = value.reshape(len(value), -1)
    lost = problem.loss.reshape(len(value), -1)
    capped = problem.cap is not None and "loss_cap" in problem.demanded
    for _ in range(ROUNDS):
        whole = np.concatenate([[0.0], np.cumsum(price)])
        paid = (whole[ends] - whole[starts][None, :]).ravel()
        net = flat - paid - (fine * lost if capped else 0.0)
        chosen = net.argmax(axis=1)
        bound = float(net[np.arange(len(net)), chosen].sum() + price.sum()
                      + (fine * (problem.cap or 0.0) if capped else 0.0))
        since = 0 if bound < best - LEAST * abs(best if np.isfinite(best) else 1.0) else since + 1
        best = min(best, bound)
        if since >= WEAK:
            pace, since = pace / 2.0, 0
        over = _taken(chosen, problem.steps) - 1.0
        beyond = float(lost[np.arange(len(lost)), chosen].sum()) - (problem.cap or 0.0)
        norm = float(over @ over) + (beyond**2 if capped else 0.0)
        if norm <= 0 or bound - reached <= 0 or pace < LEAST:
            break
        step = pace * (bound - reached) / norm
        price = np.maximum(price + step * over, 0.0)
        fine = max(fine + step * beyond, 0.0) if capped else 0.0
    return max(best, reached)


def _allowed(problem: Problem) -> Floats:
    """Return the values where demanded pins and the first classes hold."""
    value = problem.value.copy()
    for item, step in problem.pins.items():
        only = value[item, :, step].copy()
        value[item] = -np.inf
        value[item, :, step] = only
    if problem.first and "first" in problem.demanded:
        barred = [at for at, kind in enumerate(problem.kind)
                  if kind not in problem.first and kind != BREAK and at not in problem.pins]
        value[barred, :, 0] = -np.inf
    return value


def _taken(chosen: np.ndarray[tuple[int], np.dtype[np.int64]], steps: int) -> Floats:
    """Return how many items want each step."""
    sizes, starts = np.divmod(chosen, steps)
    edges = np.zeros(steps + 1)
    np.add.at(edges, starts, 1.0)
    np.add.at(edges, np.minimum(starts + sizes, steps), -1.0)
    return np.cumsum(edges)[:-1]


def gap(value: float, bound: float) -> float | None:
    """Return how far a value is from its bound, a ratio; None where the bound is not above 0.

    >>> round(gap(95.0, 100.0), 2)
    0.05
    >>> gap(-1.0, 0.0) is None
    True
    """
    return 1.0 - value / bound if bound > 0 else None
