"""Gates judged by evidence (关口判断): passed, not passed, or cannot tell and what settles it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from caopan.plan.growth import Stage
from caopan.playbook.gate import FACTS, Bound, Condition
from caopan.playbook.signal import Against
from caopan.units.interval import Interval
from caopan.units.message import Text

HOPELESS = 200
"""More sessions than this are not worth waiting for."""
MARGIN = 1.1
"""What is asked beyond the sessions that would just do: their scatter is not known exactly."""


SESSIONS = Text(zh="场", en="sessions")


class Passing(StrEnum):
    """How a gate stands."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the last thirty days say of a metric (依据).

    ``value`` in the metric's unit, against the thirty days before a multiple of theirs; None
    where it cannot be computed, and ``missing`` says why. ``interval``: its range, None for what
    is counted. ``n`` of ``n_of``.
    """

    value: float | None
    n: int
    interval: Interval | None = None
    n_of: Text = SESSIONS
    missing: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One condition with its evidence; ``more``: sessions that would settle it, None: none do."""

    condition: Condition
    evidence: Evidence
    passing: Passing
    more: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedGate:
    """The gate of one stage."""

    stage: Stage
    conditions: tuple[Judged, ...]

    @property
    def passing(self) -> Passing:
        """Return how the whole gate stands: one condition that fails is enough."""
        states = {one.passing for one in self.conditions}
        if Passing.NOT_PASSED in states:
            return Passing.NOT_PASSED
        return Passing.CANNOT_TELL if Passing.CANNOT_TELL in states else Passing.PASSED


Question = tuple[str, Against]
"""What evidence is looked up by."""
NOTHING = Evidence(value=None, n=0, missing=Text(zh="没有这个指标的数据",
                                                 en="no data carry this metric"))


def judged_gates(stages: Sequence[Stage],
                 evidence: Mapping[Question, Evidence]) -> tuple[JudgedGate, ...]:
    """Return every stage's gate as it stands today.

    >>> judged_gates((), {})
    ()
    """
    return tuple(JudgedGate(stage=stage, conditions=tuple(
        judged(one, evidence.get((one.metric, one.against), NOTHING))
        for one in stage.conditions)) for stage in stages)


def judged(condition: Condition, evidence: Evidence) -> Judged:
    """Return whether a condition holds: with a range only where the whole of it lies beyond.

    >>> need = Condition(metric="aov", bound=Bound.AT_LEAST, value=100.0)
    >>> wide = Interval(low=90.0, mid=110.0, high=130.0, level=0.8)
    >>> found = judged(need, Evidence(value=110.0, n=12, interval=wide))
    >>> found.passing.value, found.more
    ('cannot_tell', 41)
    >>> judged(need, Evidence(value=80.0, n=12, interval=wide.scaled(0.7))).passing.value
    'not_passed'
    """
    if evidence.value is None:
        return Judged(condition=condition, evidence=evidence, passing=Passing.CANNOT_TELL)
    if evidence.interval is None:
        if condition.metric not in FACTS:
            return Judged(condition=condition, evidence=evidence, passing=Passing.CANNOT_TELL)
        holds = _beyond(condition, evidence.value)
        return Judged(condition=condition, evidence=evidence,
                      passing=Passing.PASSED if holds else Passing.NOT_PASSED)
    sure, never = _sides(condition, evidence.interval)
    if _beyond(condition, sure):
        return Judged(condition=condition, evidence=evidence, passing=Passing.PASSED)
    if not _beyond(condition, never):
        return Judged(condition=condition, evidence=evidence, passing=Passing.NOT_PASSED)
    return Judged(condition=condition, evidence=evidence, passing=Passing.CANNOT_TELL,
                  more=_more(condition, evidence.interval, evidence.n))


def _beyond(condition: Condition, value: float) -> bool:
    if condition.bound is Bound.AT_LEAST:
        return value >= condition.value
    return value <= condition.value


def _sides(condition: Condition, range_: Interval) -> tuple[float, float]:
    """Return the worse end and the better one."""
    if condition.bound is Bound.AT_LEAST:
        return range_.low, range_.high
    return range_.high, range_.low


def _more(condition: Condition, range_: Interval, n: int) -> int | None:
    """Return how many more sessions narrow the range enough, should its middle stay."""
    gap = abs(range_.mid - condition.value)
    half = range_.mid - range_.low if range_.mid >= condition.value else range_.high - range_.mid
    if gap <= 0 or n <= 0:
        return None
    wanted = math.ceil(n * ((half / gap) ** 2 * MARGIN - 1.0) - 1e-9)
    return max(wanted, 1) if wanted <= HOPELESS else None
