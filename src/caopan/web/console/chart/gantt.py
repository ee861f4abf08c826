"""The Gantt (甘特图): stages with their gates on a calendar, and the steps beneath them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from markupsafe import Markup

from caopan.report import svg
from caopan.report.svg import share
from caopan.units.message import Language, Text
from caopan.web.console.chart.calendar_axis import DayScale
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.twin import Twin, columns

LANE, BAR, NAME, HEAD, FOOT = 50.0, 26.0, 18.0, 4.0, 22.0
THIN = 0.8
"""The least share of the width that a bar takes: a day of a year is still seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch ``[start, end)`` with its short word and what stands in the table.

    ``tone``: ``stage``, ``S``, ``A``, ``B``, ``experiment`` or ``ordinary``.
    """

    name: str
    word: str
    start: date
    end: date
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A gate at a day; ``tone`` is how it stands: passed, not_passed, cannot_tell or to_come."""

    day: date
    tone: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Bars beside each other under one name, and gates at their ends."""

    name: Text
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...] = ()


SIGNS = {"passed": "✓", "not_passed": "✕", "cannot_tell": "?", "to_come": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt(Figure):
    """Lanes over the days of a plan.

    >>> from caopan.units.unit import Unit
    >>> bar = Bar(name="起步", word="起步", start=date(2026, 3, 1), end=date(2026, 4, 1),
    ...           tone="stage")
    >>> chart = Gantt(title=Text(zh="日历", en="Calendar"), unit=Unit.DAYS,
    ...               today=date(2026, 3, 5), lanes=(Lane(name=Text(zh="阶段", en="Stages"),
    ...                                                   bars=(bar,)),))
    >>> chart.summary(language="en")
    'From 2026-03-01 to 2026-03-31: 1 bars in 1 lanes, 0 gates.'
    """

    kind: ClassVar[str] = "gantt"
    lanes: tuple[Lane, ...]
    today: date

    @property
    def scale(self) -> DayScale:
        """Return the days from the first bar to the last, today among them."""
        bars = [bar for lane in self.lanes for bar in lane.bars]
        return DayScale(start=min([self.today, *(bar.start for bar in bars)]),
                        end=max([self.today + timedelta(days=1), *(bar.end for bar in bars)]))

    def drawing(self, *, language: Language, key: str) -> Markup:  # noqa: ARG002
        """Return the lanes at any width."""
        scale, height = self.scale, HEAD + LANE * len(self.lanes) + FOOT
        parts = scale.grid(top=HEAD, foot=height - FOOT)
        for at, lane in enumerate(self.lanes):
            top = HEAD + LANE * at
            parts.append(svg.words((0.0, top + 13), lane.name.plain(language), "t"))
            parts += [_bar(bar, scale, top + NAME) for bar in lane.bars]
            parts += [_mark(mark, scale, top + NAME) for mark in lane.marks]
        now = share(scale.at(self.today))
        parts.append(svg.line((now, HEAD), (now, height - FOOT), "gantt-today"))
        return svg.strip(*parts, height=height, title=self.title.plain(language), kind="gantt")

    def twin(self, *, language: Language) -> Twin:
        """Return a row a bar, then a row a gate."""
        rows = [(bar.name, lane.name.plain(language), bar.start.isoformat(),
                 (bar.end - timedelta(days=1)).isoformat())
                for lane in self.lanes for bar in lane.bars]
        rows += [(mark.said, _GATE.plain(language), mark.day.isoformat(), "")
                 for lane in self.lanes for mark in lane.marks]
        return Twin(columns=columns(_NAME, _LANE, _FROM, _TO, language=language),
                    rows=tuple(rows))

    def summary(self, *, language: Language) -> str:
        """Say from when to when it reaches, and how much stands in it."""
        scale = self.scale
        return _SUMMARY.say(
            language, start=scale.start, end=scale.end - timedelta(days=1),
            bars=sum(len(lane.bars) for lane in self.lanes), lanes=len(self.lanes),
            gates=sum(len(lane.marks) for lane in self.lanes))


def _bar(bar: Bar, scale: DayScale, top: float) -> str:
    left, right = scale.at(bar.start), scale.at(bar.end)
    wide = max(right - left - 0.2, THIN)
    said = svg.tag("title", str(Markup("{} · {} – {}").format(
        bar.name, bar.start, bar.end - timedelta(days=1))))
    box = svg.tag("rect", said, x=share(left), y=top, width=share(wide), height=BAR, rx=4,
                  class_=f"gantt-bar {bar.tone}")
    if bar.tone != "stage":
        return box + svg.words((share(min(left + wide, 97.0)), top + 17), bar.word, "gantt-word",
                               anchor=None if left + wide < 90 else "end")  # noqa: PLR2004
    inner = svg.tag("svg", svg.words((15.0, 17.0), bar.word, "gantt-word stage"), x=share(left),
                    y=top, width=share(max(wide - 1.5, 0.1)), height=BAR, class_="gantt-clip")
    return box + inner


def _mark(mark: Mark, scale: DayScale, top: float) -> str:
    place, middle = min(scale.at(mark.day), 98.5), top + BAR / 2
    said = svg.tag("title", str(Markup("{}").format(mark.said)))
    ring = svg.tag("circle", said, cx=share(place), cy=middle, r=9.0,
                   class_=f"gantt-gate {mark.tone}")
    sign = SIGNS.get(mark.tone, "")
    return ring + (svg.words((share(place), middle + 4), sign, f"gantt-sign {mark.tone}",
                             anchor="middle") if sign else "")


_NAME = Text(zh="名称", en="Name")
_LANE = Text(zh="行", en="Lane")
_FROM = Text(zh="从", en="From")
_TO = Text(zh="到", en="To")
_GATE = Text(zh="关口", en="gate")
_SUMMARY = Text(zh="{start} 到 {end}：{lanes} 行，{bars} 段，{gates} 个关口。",
                en="From {start} to {end}: {bars} bars in {lanes} lanes, {gates} gates.")
