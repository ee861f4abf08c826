"""Calendar heat (直播日历): one cell a day, darker sold more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.heat import Cell, ends, field, scale_key
from caopan.web.console.chart.key import Key
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A business day with its number of sessions; None is "cannot be computed", not zero."""

    day: date
    value: float | None
    sessions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHeat(Figure):
    """Days in weeks from Monday to Sunday, ascending; days without a session may be left out.

    >>> from caopan.units.unit import Unit
    >>> heat = CalendarHeat(title=Text(zh="日历", en="Calendar"), unit=Unit.MONEY, days=(
    ...     Day(day=date(2026, 11, 8), value=1_00, sessions=1),
    ...     Day(day=date(2026, 11, 9), value=2_00, sessions=1)))
    >>> [(cell.column, cell.row) for cell in heat.cells(language="zh")]
    [(0, 6), (1, 0)]
    """

    kind: ClassVar[str] = "calendar"
    days: tuple[Day, ...]

    def cells(self, *, language: Language) -> tuple[Cell, ...]:
        """Return a cell a day: the column is its week, the row its weekday."""
        if not self.days:
            return ()
        first = _monday(self.days[0].day)
        return tuple(Cell(column=(one.day - first).days // 7, row=one.day.weekday(),
                          value=one.value, n=one.sessions,
                          name=day_said(one.day, language=language)) for one in self.days)

    def twin(self, *, language: Language) -> Twin:
        """Return a row a day."""
        rows = tuple((one.day.isoformat(), self.said(one.value, language=language),
                      str(one.sessions)) for one in self.days)
        return Twin(columns=columns(_DAY, self.title, _SESSIONS, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say how many days have sessions, and the best of them."""
        cells = [cell for cell in self.cells(language=language) if cell.n]
        found = ends(cells)
        if found is None:
            return _NONE.plain(language)
        return _SUMMARY.say(language, n=len(cells), day=found[1].name,
                            value=self.said(found[1].value, language=language))

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Say what the colours reach from and to."""
        return scale_key(self.cells(language=language),
                         said=lambda value: self.said(value, language=language))

    def data(self, *, language: Language) -> dict[str, object]:
        """Return the cells, the weekdays, and each week's Monday."""
        cells = self.cells(language=language)
        weeks = max((cell.column for cell in cells), default=-1) + 1
        first = _monday(self.days[0].day) if self.days else None
        mondays = [day_said(first + timedelta(days=7 * week), language=language)
                   for week in range(weeks)] if first else []
        made = field(cells, columns=mondays, rows=_WEEKDAYS.plain(language).split(), inked=False)
        return made | {"square": True, "n_word": _SESSIONS.plain(language)}


def day_said(day: date, *, language: Language) -> str:
    """Return a day without its year.

    >>> day_said(date(2026, 11, 8), language="zh"), day_said(date(2026, 11, 8), language="en")
    ('11月8日', '8 Nov')
    """
    if language == "zh":
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAYS = Text(zh="一 二 三 四 五 六 日", en="Mon Tue Wed Thu Fri Sat Sun")
_DAY = Text(zh="日期", en="Day")
_SESSIONS = Text(zh="场次", en="Sessions")
_NONE = Text(zh="没有哪天有能算的数。", en="No day has a value that can be computed.")
_SUMMARY = Text(zh="{n} 天有直播，最高是 {day} 的 {value}。",
                en="{n} days with sessions, the highest is {day} with {value}.")
