"""What is told of sessions to come (预估): their distributions, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from caopan.forecast.average import Joined
from caopan.forecast.history import History
from caopan.forecast.kept import Learnt, learn
from caopan.forecast.plan_error import FEWEST_KEPT, plan_errors
from caopan.forecast.prequential import with_middle
from caopan.forecast.rules import median_lately, rate_and_hours
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.stats.quantiles import LEVELS

RATE, AVERAGE, HABIT = "rate_hours", "average", "median_5"
FEWEST_KNOWN = 100
"""Sessions with hours below which no model joins."""
MOSTLY = 0.5
"""The share of kept plans from which on models learn from hours as wrong as those planned."""
SCORED, FEWEST_DAYS, MOST_DAYS, CALIBRATING_DAYS = 200, 42.0, 84.0, 21.0
"""Sessions that weights are learnt from, within these days back, and days to calibrate before."""
FEWEST_MISSES = 19
"""Below it the outer of nineteen quantiles cannot be told from earlier misses."""


class Status(StrEnum):
    """How a forecast stands: told, told from others, or not told."""

    OK = "ok"
    COLD_START = "cold_start"
    CANNOT_TELL = "cannot_tell"


class By(StrEnum):
    """What planned hours are told by: the default rule alone, or with the models beside it."""

    RULE = "rule"
    MODELS = "models"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is told of the sessions to come of a history, in the order of their rows.

    ``row``: shape (m,), their places. ``quantiles``: shape (m, 19), NaN where nothing can be
    told. ``rule``: what each was told by: ``rate_hours``, its ``average`` with models, or
    ``median_5`` without planned hours.
    ``n_history``: the known sessions of the subject. ``learnt``: the misses that ranges can be
    learnt from. ``plans``: kept plans whose error the ranges carry; 0: too few are known, so that
    they assume the plan is kept to. ``weights``: by model, shape (m,), what it had earned in the
    average that was told by; without planned hours they mean nothing.
    """

    row: Ints
    quantiles: Floats
    rule: tuple[str, ...]
    n_history: Ints
    learnt: int
    plans: int
    weights: dict[str, Floats]


def outlook(history: History, rng: np.random.Generator, *, by: By) -> Outlook:
    """Return what is told of every session to come from those that are known.

    With planned hours it is the rate an hour times the hours; without them nothing beats the
    median of the last five, and so that is the middle of what is told, in a range from the misses
    of that habit.

    Args:
        history: known sessions, and those to come.
        rng: draws the errors of plans, where some sessions had one and others not.
        by: the rule alone, or the models that earned a place beside it: these take their time.
    """
    return told_by(learnt_from(history.where(~history.to_come), rng, by=by), history)


def learnt_from(history: History, rng: np.random.Generator, *, by: By) -> Learnt:
    """Return what is learnt from known sessions, to tell of those to come by.

    >>> nothing = np.zeros(0)
    >>> learnt_from(History(subject=np.zeros(0, dtype=np.int64), start=nothing, hours=nothing,
    ...                     sold=nothing), np.random.default_rng(1), by=By.RULE).n
    0
    """
    return learnt_and_told(history, rng, by=by)[0]


def learnt_and_told(history: History, rng: np.random.Generator, *,
                    by: By) -> tuple[Learnt, Floats]:
    """Return the same, and the middle that models told of each session before it began, (n,).

    NaN where rate × hours stood alone.

    >>> nothing = np.zeros(0)
    >>> learnt_and_told(History(subject=np.zeros(0, dtype=np.int64), start=nothing, hours=nothing,
    ...                         sold=nothing), np.random.default_rng(1), by=By.RULE)[1].tolist()
    []
    """
    return learn(history, rng, begin=_begin(history), fewest=FEWEST_MISSES,
                 since=scored_since(history) if by is By.MODELS else None,
                 calibrating=CALIBRATING_DAYS)


def scored_since(history: History) -> float | None:
    """Return from when on models are scored beside rate × hours; None: they may not join.

    >>> nothing = np.zeros(0)
    >>> scored_since(History(subject=np.zeros(0, dtype=np.int64), start=nothing, hours=nothing,
    ...                      sold=nothing)) is None
    True
    """
    planned = np.isfinite(history.hours) & (history.hours > 0)
    if not _models_may_join(history, planned):
        return None
    begin, known = _begin(history), np.sort(history.start[planned])
    return min(max(float(known[-min(SCORED, len(known))]), begin - MOST_DAYS),
               begin - FEWEST_DAYS)


def _begin(history: History) -> float:
    """Return the instant until which everything of known sessions is known."""
    return float(history.end.max()) + 1e-6 if len(history) else 0.0


def told_by(learnt: Learnt, history: History) -> Outlook:
    """Return what is told of every session to come by what was learnt before.

    Args:
        learnt: from the known sessions of everyone.
        history: the sessions to come, and at least all known ones of their subjects.
    """
    place = np.flatnonzero(history.to_come)
    history = history.where(np.isin(history.subject, history.subject[place]))
    coming = history.to_come
    planned = np.isfinite(history.hours) & (history.hours > 0)
    ahead, unplanned = coming & planned, coming & ~planned
    told = np.full((len(history), len(LEVELS)), np.nan)
    told[ahead] = learnt.rule.told(history, rate_and_hours(history), ahead)
    habit = median_lately(history)
    told[unplanned] = with_middle(
        learnt.habit.told(replace(history, products=None), habit, unplanned), habit[unplanned])
    weights = {RATE: np.ones(len(history))}
    if learnt.models is not None and ahead.any():
        weights = _joined(learnt.models.told(history, ahead), told, ahead)
    return Outlook(
        row=place, quantiles=told[coming], n_history=history.earlier()[coming],
        rule=tuple(_rule(planned[at], weights[RATE][at]) for at in np.flatnonzero(coming)),
        learnt=learnt.n, plans=learnt.plans,
        weights={name: weight[coming] for name, weight in weights.items()})


def _rule(planned: np.bool_, alone: float) -> str:
    if not planned:
        return HABIT
    return RATE if alone >= 1.0 else AVERAGE


def _models_may_join(history: History, planned: Bools) -> bool:
    """Return whether models can be learnt, from hours that are as wrong as those planned are.

    Where some plans were kept but not most, models would learn from hours as they came, and
    their ranges would miss the error of plans: rate × hours, which carries it, stands alone.
    """
    if planned.sum() < FEWEST_KNOWN or history.kept is None:
        return False
    kept = float(history.kept[planned].mean())
    return kept >= MOSTLY or len(plan_errors(history)) < FEWEST_KEPT


def _joined(made: Joined, told: Floats, ahead: Bools) -> dict[str, Floats]:
    """Put the average of models where it can be told, and return the weights, each (n,)."""
    there = np.isfinite(made.quantiles).all(axis=1)
    rows = np.flatnonzero(ahead)[there]
    told[rows] = made.quantiles[there]
    weights = {name: np.full(len(told), float(name == RATE)) for name in made.weights}
    for name, weight in made.weights.items():
        weights[name][rows] = weight[there]
    return weights
