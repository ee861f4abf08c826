"""Evidence dots (证据点图): every session of two periods as a dot, each mean with its band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.web.console.chart.calendar import day_said
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.key import Key, Sign
from caopan.web.console.chart.twin import Column, Twin


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session (场次) on its day; ``marked`` is what the note speaks of."""

    day: date
    value: float
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The sessions of one period and their mean; None where there are too few for a range."""

    name: Text
    sessions: tuple[Session, ...]
    mean: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDots(Figure):
    """Two periods beside each other, the earlier one first."""

    kind: ClassVar[str] = "evidence"
    before: Side
    after: Side
    marked: Text | None = None
    """What a hollow dot means."""

    def twin(self, *, language: Language) -> Twin:
        """Return a row a session, and under each period its mean."""
        rows: list[tuple[str, ...]] = []
        for side in (self.before, self.after):
            name = side.name.plain(language)
            rows += [(one.day.isoformat(), name, self.said(one.value, language=language),
                      self._mark(one, language)) for one in side.sessions]
            rows.append((_MEAN.plain(language), name,
                         self.middle(side.mean, language=language),
                         self.ranged(side.mean, language=language)))
        return Twin(columns=(Column(name=_DAY.plain(language), figures=False),
                             Column(name=_PERIOD.plain(language), figures=False),
                             Column(name=self.title.plain(language)),
                             Column(name=_NOTE.plain(language))), rows=tuple(rows))

    def summary(self, *, language: Language) -> str:
        """Say both means with their ranges and numbers of sessions."""
        return _SUMMARY.say(
            language, a=self.before.name.plain(language), b=self.after.name.plain(language),
            n=len(self.before.sessions), m=len(self.after.sessions),
            mean=self.middle(self.before.mean, language=language),
            range=self.ranged(self.before.mean, language=language),
            then=self.middle(self.after.mean, language=language),
            reach=self.ranged(self.after.mean, language=language))

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Say what a hollow dot means, where there is one."""
        return (Key(sign=Sign.MARKED, label=self.marked.plain(language)),) if self.marked else ()

    def data(self, *, language: Language) -> dict[str, object]:
        """Return the dots of both sides and their means."""
        return {"sides": [_side(side, language) for side in (self.before, self.after)],
                "words": {"mean": _MEAN.plain(language),
                          "marked": self.marked.plain(language) if self.marked else ""}}

    def _mark(self, one: Session, language: Language) -> str:
        return self.marked.plain(language) if one.marked and self.marked else ""


def _side(side: Side, language: Language) -> dict[str, object]:
    mean = side.mean
    return {"name": side.name.plain(language), "level": number.level(mean.level) if mean else "",
            "mean": [mean.low, mean.mid, mean.high] if mean else None,
            "dots": [[day_said(one.day, language=language), one.value, one.marked]
                     for one in side.sessions]}


_DAY = Text(zh="日期", en="Day")
_PERIOD = Text(zh="时期", en="Period")
_NOTE = Text(zh="说明", en="Note")
_MEAN = Text(zh="均值", en="Mean")
_SUMMARY = Text(zh="{a} {n} 场，均值 {mean}，区间 {range}；{b} {m} 场，均值 {then}，区间 {reach}。",
                en="{a}: {n} sessions, mean {mean}, interval {range}; {b}: {m} sessions, "
                   "mean {then}, interval {reach}.")
