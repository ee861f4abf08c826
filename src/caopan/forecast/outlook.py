"""What is told of sessions to come (预估): their distributions, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.plan_error import carried, plan_errors
from caopan.forecast.prequential import distributions
from caopan.forecast.rules import LATELY, median_lately, median_of, rate_and_hours
from caopan.stats.arrays import Floats, Ints

RATE, HABIT = "rate_hours", "median_5"
FEWEST_MISSES = 19
"""Below it the outer of nineteen quantiles cannot be told from earlier misses."""


class Status(StrEnum):
    """How a forecast stands: told, told from others, or not told."""

    OK = "ok"
    COLD_START = "cold_start"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is told of the sessions to come of a history, in the order of their rows.

    ``row``: shape (m,), their places. ``quantiles``: shape (m, 19), NaN where nothing can be
    told. ``rule``: what each was told by: ``rate_hours``, or ``median_5`` without planned hours.
    ``n_history``: the known sessions of the subject. ``learnt``: the misses that ranges can be
    learnt from. ``plans``: kept plans whose error the ranges carry; 0: too few are known, so that
    they assume the plan is kept to.
    """

    row: Ints
    quantiles: Floats
    rule: tuple[str, ...]
    usual_hours: Floats
    n_history: Ints
    learnt: int
    plans: int


def outlook(history: History, rng: np.random.Generator) -> Outlook:
    """Return what is told of every session to come from those that are known.

    With planned hours it is the rate an hour times the hours; without them nothing beats the
    median of the last five, and so that is what is told, with the misses of that habit.

    Args:
        history: known sessions, and those to come.
        rng: draws the errors of plans, where some sessions had one and others not.
    """
    coming = history.to_come
    planned = np.isfinite(history.hours) & (history.hours > 0)
    unsure = carried(history, rng)
    begin = _known_until(history)
    told = np.full((len(history), 19), np.nan)
    points = np.where(planned, rate_and_hours(history), np.nan)
    told[coming & planned] = distributions(
        history, points, coming & planned, begin=begin, unsure=unsure, fewest=FEWEST_MISSES)
    told[coming & ~planned] = distributions(
        replace(history, products=None), median_lately(history), coming & ~planned, begin=begin,
        fewest=FEWEST_MISSES)
    row = np.flatnonzero(coming)
    return Outlook(
        row=row, quantiles=told[row], n_history=history.earlier()[row],
        rule=tuple(RATE if planned[at] else HABIT for at in row),
        usual_hours=median_of(history.lately(history.ran, LATELY))[row],
        learnt=int((np.isfinite(points) & ~coming).sum()),
        plans=0 if unsure is None else len(plan_errors(history)))


def _known_until(history: History) -> float:
    known = history.end[~history.to_come]
    return float(known.max()) + 1e-6 if len(known) else 0.0
