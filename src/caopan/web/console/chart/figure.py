"""What every chart has: a name, a unit, a state, a twin in rows and a sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from caopan.report.words import Words
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from caopan.web.console.chart.axis import labels
from caopan.web.console.chart.key import Key
from caopan.web.console.chart.rows import Rows
from caopan.web.console.chart.state import READY, State, said
from caopan.web.console.chart.twin import Twin


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(ABC):
    """A chart as a value: money in minor units, ratios 0-1, None where nothing is known.

    A chart is seen in one of three ways: ``data`` for the client's canvas, ``drawing`` as one SVG
    made here, ``rows`` as rows of a table with a bar in each. All have ``twin`` and ``summary``.
    """

    kind: ClassVar[str]
    title: Text
    unit: Unit
    currency: str = "CNY"
    note: Text | None = None
    """What a reader must know to read it right: how it was made, what is left out."""
    state: State = READY

    @abstractmethod
    def twin(self, *, language: Language) -> Twin:
        """Return every number of the chart as rows."""

    @abstractmethod
    def summary(self, *, language: Language) -> str:
        """Return what is to be seen, in one sentence."""

    def data(self, *, language: Language) -> dict[str, object] | None:  # noqa: ARG002
        """Return what the client draws from, None for what is drawn here."""
        return None

    def drawing(self, *, language: Language, key: str) -> Markup | None:  # noqa: ARG002
        """Return the chart as one SVG, None for what is not one."""
        return None

    def rows(self, *, language: Language) -> Rows | None:  # noqa: ARG002
        """Return the chart as rows with bars, None for what is not rows."""
        return None

    def keys(self, *, language: Language) -> tuple[Key, ...]:  # noqa: ARG002
        """Return what the signs mean, nothing where the chart names its marks itself."""
        return ()

    def said(self, value: float | None, *, language: Language) -> str:
        """Return a value of the chart's own unit as people read it."""
        return number.value(value, unit=self.unit, currency=self.currency, language=language)

    def scaled(self, marks: Sequence[float], *, language: Language) -> list[str]:
        """Return the labels of the round values of an axis."""
        return labels(marks, unit=self.unit, currency=self.currency, language=language)

    def moved(self, value: float | None, *, language: Language) -> str:
        """Return a difference in the chart's own unit, signed."""
        return number.change(value, unit=self.unit, currency=self.currency, language=language)

    def middle(self, range_: Interval | None, *, language: Language) -> str:
        """Return the middle of a range in the chart's own unit."""
        return self.said(range_.mid if range_ else None, language=language)

    def ranged(self, range_: Interval | None, *, language: Language) -> str:
        """Return a range in the chart's own unit with its level."""
        return number.interval(range_, unit=self.unit, currency=self.currency, language=language)

    def worded(self, *, language: Language) -> str:
        """Return what stands in place of the chart, or beside a stale one."""
        return said(self.state, language=language)


def verdict_said(verdict: Verdict, *, language: Language) -> str:
    """Return the word of a verdict.

    >>> verdict_said(Verdict.CANNOT_TELL, language="zh")
    '无法判断'
    """
    return Words(language=language)(f"verdict.{verdict.value}")


_UNITS: dict[Unit, Text] = {
    Unit.RATIO: Text(zh="比率", en="ratio"),
    Unit.TIMES: Text(zh="倍", en="times"),
    Unit.COUNT: Text(zh="个", en="count"),
    Unit.UNITS: Text(zh="件", en="units"),
    Unit.PEOPLE: Text(zh="人", en="people"),
    Unit.SECONDS: Text(zh="时长", en="duration"),
    Unit.MINUTES: Text(zh="分钟", en="minutes"),
    Unit.HOURS: Text(zh="小时", en="hours"),
    Unit.DAYS: Text(zh="天", en="days"),
}


def unit_said(unit: Unit, *, currency: str, language: Language) -> str:
    """Return the unit as a caption writes it; money is its currency's sign.

    >>> unit_said(Unit.MONEY, currency="CNY", language="zh")
    '¥'
    >>> unit_said(Unit.PEOPLE, currency="CNY", language="en")
    'people'
    """
    if unit is Unit.MONEY:
        return number.symbol(currency).strip()
    return _UNITS[unit].plain(language)
