"""Calendar heat (直播日历): one cell a day, darker sold more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.heat import Cell, ends, field, scale_key
from caopan.web.console.chart.key import Key, Sign
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
        """Say what the colours reach from and to, and what an empty place is."""
        cells = self.cells(language=language)
        blank = Key(sign=Sign.BLANK, label=_BLANK.plain(language))
        unsaid = Key(sign=Sign.UNSAID, label=_UNSAID.plain(language))
        return (*scale_key(cells, said=lambda value: self.said(value, language=language)),
                *((unsaid,) if any(cell.value is None for cell in cells) else ()), blank)

    def data(self, *, language: Language) -> dict[str, object]:
        """Return the cells, the weekdays, and over each month's first week its name."""
        cells = self.cells(language=language)
        weeks = max((cell.column for cell in cells), default=-1) + 1
        first = _monday(self.days[0].day) if self.days else None
        months = [_month(first + timedelta(days=7 * week), is_first=not week, language=language)
                  for week in range(weeks)] if first else []
        made = field(cells, columns=months, rows=_WEEKDAYS.plain(language).split(), inked=True)
        return made | {"square": True, "n_word": _SESSIONS.plain(language)}


def day_said(day: date, *, language: Language) -> str:
    """Return a day without its year.

    >>> day_said(date(2026, 11, 8), language="zh"), day_said(date(2026, 11, 8), language="en")
    ('11月8日', '8 Nov')
    """
    if language == "zh":
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _month(monday: date, *, is_first: bool, language: Language) -> str:
    """Return the month that begins in a week, with its year where that begins or is first said.

    >>> [_month(date(2026, 2, day), is_first=False, language="zh") for day in (16, 23)]
    ['', '3月']
    >>> _month(date(2026, 3, 9), is_first=True, language="en")
    'Mar 2026'
    """
    sunday = monday + timedelta(days=6)
    if sunday.day > 7 and not is_first:  # noqa: PLR2004 - the first of a month is not in this week
        return ""
    named = is_first or sunday.month == 1
    if language == "zh":
        return f"{sunday.year}年{sunday.month}月" if named else f"{sunday.month}月"
    return f"{_MONTHS[sunday.month - 1]} {sunday.year}" if named else _MONTHS[sunday.month - 1]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAYS = Text(zh="一 二 三 四 五 六 日", en="Mon Tue Wed Thu Fri Sat Sun")
_DAY = Text(zh="日期", en="Day")
_SESSIONS = Text(zh="场次", en="Sessions")
_BLANK = Text(zh="没有直播", en="no session")
_UNSAID = Text(zh="有直播，数不知道", en="a session, value unknown")
_NONE = Text(zh="没有哪天有能算的数。", en="No day has a value that can be computed.")
_SUMMARY = Text(zh="{n} 天有直播，最高是 {day} 的 {value}。",
                en="{n} days with sessions, the highest is {day} with {value}.")
