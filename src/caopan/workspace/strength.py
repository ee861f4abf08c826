"""How strong each session was forecast to be (场次强弱), before it began: what stock scales by."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from caopan.facts.plan import Plan, PlannedSession
from caopan.forecast.history import History
from caopan.forecast.prequential import distributions
from caopan.forecast.rules import rate_and_hours
from caopan.plan.sales import OUTCOMES
from caopan.stats.arrays import Floats, divided, grouped_sum
from caopan.stats.quantiles import MIDDLE
from caopan.workspace.learning import Learning, ToCome, day_number

Strengths = Mapping[str, tuple[float, ...]]
"""By session, of each of ``OUTCOMES``: the forecast an hour beside its host's usual one."""
NOTHING = (np.nan,) * len(OUTCOMES)


def strengths(learnt: Learning, plan: Plan, hours: Mapping[str | None, float]) -> Strengths:
    """Return how strong known and planned sessions were forecast to be; NaN = nothing was told.

    Each as the default forecast, rate × hours with its range, tells it from what was known
    before: the middle, by the hour, beside what it usually is for the host.

    Args:
        learnt: the known sessions.
        plan: sessions to come.
        hours: usual hours by host, under None of all: for sessions without planned ones.
    """
    found: dict[str, list[float]] = {}
    for place, outcome in enumerate(OUTCOMES):
        if learnt.told(outcome).any():
            for name, value in _of(learnt, outcome, plan, hours):
                found.setdefault(name, list(NOTHING))[place] = value
    return {name: tuple(values) for name, values in found.items()}


def _of(learnt: Learning, outcome: str, plan: Plan,
        hours: Mapping[str | None, float]) -> list[tuple[str, float]]:
    """Return the strength of every session by one outcome."""
    mine = learnt.told(outcome)
    subject = {(one.id, one.currency): at for at, one in enumerate(learnt.inputs.subjects)}
    known = set(learnt.inputs.sessions.subject[mine].tolist())
    ahead = [(one, at) for one in plan.sessions
             if (at := subject.get((one.streamer_id, one.currency or "CNY"))) in known]
    coming = [_to_come(one, at or 0, hours) for one, at in ahead]
    history = learnt.history(outcome, mine, coming)
    names = [*learnt.inputs.sessions.session_id[mine], *(one.session_id for one, _ in ahead)]
    places = np.concatenate([learnt.inputs.sessions.subject[mine],
                             np.array([at for _, at in ahead], dtype=np.int64)])
    order = np.argsort(places, kind="stable")
    return [(str(names[at]), float(value))
            for at, value in zip(order, _strength(history), strict=True)]


def _to_come(one: PlannedSession, subject: int, hours: Mapping[str | None, float]) -> ToCome:
    usual = hours.get(one.streamer_id, hours.get(None, 1.0))
    return ToCome(subject=subject, start=day_number(one.started_at), products=np.nan,
                  hours=one.planned_minutes / 60.0 if one.planned_minutes else usual)


def _strength(history: History) -> Floats:
    """Return the middle of each forecast an hour, beside the host's usual one, shape (n,)."""
    every = np.ones(len(history), dtype=bool)
    begin = float(history.end[~history.to_come].max()) + 1e-6
    told = distributions(history, rate_and_hours(history), every, begin=begin)
    rate = divided(told[:, MIDDLE], history.hours)
    logs = np.log(np.where(rate > 0, rate, np.nan))
    known = np.isfinite(logs) & ~history.to_come
    many = int(history.subject.max()) + 1
    usual = divided(grouped_sum(np.where(known, logs, 0.0), history.subject, many),
                    grouped_sum(known, history.subject, many))
    return np.exp(logs - usual[history.subject])
