"""Pacing (进度): plan, actual and forecast of one session, and the gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import ClassVar

from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.key import Key, Sign
from caopan.web.console.chart.twin import Twin, columns

DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The running totals at ``at`` seconds since going live."""

    at: int
    plan: float | None = None
    actual: float | None = None
    forecast: Interval | None = None

    @property
    def gap(self) -> float | None:
        """Return actual minus plan, None where one of them is not known.

        >>> Pace(at=60, plan=100, actual=80).gap
        -20
        """
        if self.plan is None or self.actual is None:
            return None
        return self.actual - self.plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch of the run sheet ``[start, end)``, seconds since going live."""

    name: str
    start: int
    end: int


class Mark(StrEnum):
    """A flag is something a person did, or something that happened."""

    DECISION = "decision"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something at ``at`` seconds since going live; its sign is a number or ``!``."""

    at: int
    sign: str
    name: str
    mark: Mark = Mark.DECISION


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing(Figure):
    """Running totals of a session, ascending by time; ``live_at`` is when it went live."""

    kind: ClassVar[str] = "pacing"
    live_at: time
    points: tuple[Pace, ...]
    slots: tuple[Slot, ...] = ()
    flags: tuple[Flag, ...] = ()

    def twin(self, *, language: Language) -> Twin:
        """Return a row a moment."""
        rows = tuple((clock(self.live_at, after=point.at), self.said(point.plan, language=language),
                      self.said(point.actual, language=language),
                      self.moved(point.gap, language=language),
                      self.middle(point.forecast, language=language),
                      self.ranged(point.forecast, language=language)) for point in self.points)
        return Twin(columns=columns(_CLOCK, _PLAN, _ACTUAL, _GAP, _FORECAST, _RANGE,
                                    language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say the last actual beside its plan, and where the session is going."""
        known = [point for point in self.points if point.actual is not None]
        if not known:
            return _NOT_LIVE.plain(language)
        now, end = known[-1], self.points[-1]
        sentence = _AHEAD if end.forecast else _NOW
        return sentence.say(
            language, at=clock(self.live_at, after=now.at),
            actual=self.said(now.actual, language=language),
            plan=self.said(now.plan, language=language),
            gap=self.moved(now.gap, language=language),
            close=self.ranged(end.forecast, language=language))

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Name the three lines; the band carries its level."""
        level = next((number.level(one.forecast.level) for one in self.points if one.forecast), "")
        signs = ((Sign.ACTUAL, _ACTUAL, ""), (Sign.PLAN, _PLAN, ""),
                 (Sign.FORECAST, _FORECAST, f" {level}"))
        return tuple(Key(sign=sign, label=text.plain(language) + more)
                     for sign, text, more in signs if sign is not Sign.FORECAST or level)

    def data(self, *, language: Language) -> dict[str, object]:
        """Return columns of numbers, slots and flags."""
        start = (self.live_at.hour * 60 + self.live_at.minute) * 60 + self.live_at.second
        ranges = [point.forecast for point in self.points]
        return {
            "start": start, "at": [point.at for point in self.points],
            "plan": [point.plan for point in self.points],
            "actual": [point.actual for point in self.points],
            "gap": [point.gap for point in self.points],
            "forecast": [[one.low, one.mid, one.high] if one else None for one in ranges],
            "level": next((number.level(one.level) for one in ranges if one), ""),
            "slots": [[slot.start, slot.end, slot.name] for slot in self.slots],
            "flags": [[flag.at, flag.sign, flag.name, flag.mark.value] for flag in self.flags],
            "words": {key: text.plain(language) for key, text in _WORDS.items()},
        }


def clock(live_at: time, *, after: int) -> str:
    """Return the time of day so many seconds after going live; past midnight it begins anew.

    >>> clock(time(23, 30), after=45 * 60)
    '00:15'
    """
    seconds = ((live_at.hour * 60 + live_at.minute) * 60 + live_at.second + after) % DAY
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


_CLOCK = Text(zh="时间", en="Time")
_PLAN = Text(zh="计划", en="Plan")
_ACTUAL = Text(zh="实际", en="Actual")
_GAP = Text(zh="差额", en="Gap")
_FORECAST = Text(zh="预计", en="Forecast")
_RANGE = Text(zh="预计区间", en="Forecast range")
_WORDS = {"plan": _PLAN, "actual": _ACTUAL, "gap": _GAP, "forecast": _FORECAST}
_NOT_LIVE = Text(zh="还没有开播后的数。", en="Nothing has been sold yet.")
_NOW = Text(zh="{at} 实际 {actual}，计划 {plan}，差额 {gap}。",
            en="At {at} actual {actual}, plan {plan}, gap {gap}.")
_AHEAD = Text(zh="{at} 实际 {actual}，计划 {plan}，差额 {gap}；预计收在 {close}。",
              en="At {at} actual {actual}, plan {plan}, gap {gap}; expected to close at {close}.")
