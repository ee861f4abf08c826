"""A calendar (日历) of sessions: one cell a day, darker where more was sold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite, sqrt
from numbers import Real

from markupsafe import Markup

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report import svg
from caopan.report.dates import day as said_day
from caopan.report.dates import month
from caopan.report.svg import share
from caopan.report.words import Words
from caopan.units import number
from caopan.units.period import Period
from caopan.units.unit import Unit

LARGE_WEEKS, MOST_WEEKS = 10, 53
"""Up to so many weeks a week is a row of large cells; at most so many are drawn."""
ROW, HEAD = 42.0, 20.0
SMALL_ROW = 15.0
SHADES, DARK = 5, frozenset({"q4", "q5"})
FLOOR = 0.8
"""Shades begin at this share of the smallest day, so that equal days do not all look dark."""
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What one business day sold; ``sold`` is None where no session of the day says it.

    ``sold`` is GMV in minor units, or units where sales are counted in those.
    """

    when: date
    sessions: int
    sold: int | None
    minutes: float | None
    aside: int


def days(
    sessions: Iterable[Mapping[str, object]], *, measure: str = "gmv",
) -> tuple[Day, ...]:
    """Return the days with sessions in order; sessions set aside count apart and add nothing.

    ``measure`` is the name under which the sessions say what they sold.

    >>> days([{"day": date(2026, 3, 2), "gmv": 100, "minutes": 60.0, "set_aside": False},
    ...       {"day": "2026-03-02", "gmv": None, "minutes": None, "set_aside": True}])
    (Day(when=datetime.date(2026, 3, 2), sessions=1, sold=100, minutes=60.0, aside=1),)
    """
    found: dict[date, list[Mapping[str, object]]] = {}
    for session in sessions:
        when = _date(session.get("day"))
        if when is not None:
            found.setdefault(when, []).append(session)
    return tuple(_day(when, found[when], measure) for when in sorted(found))


def calendar(diagnosis: Diagnosis, *, words: Words) -> Markup | None:
    """Return the calendar of both periods; None without a single session."""
    change = diagnosis.change
    sold = {found.when: found for found in days(diagnosis.sessions, measure=change.measure)}
    if not sold:
        return None
    now, before = diagnosis.period, diagnosis.compared_period
    first = min(now.start, before.start, *sold)
    last = max(now.end - timedelta(days=1), *sold)
    weeks = _weeks(first, last)
    best = max(sold.values(), key=lambda found: found.sold or 0)
    summary = words("days.summary", n=len(sold), day=said_day(best.when, language=words.language),
                    amount=number.value(best.sold, unit=change.unit,
                                        currency=diagnosis.subject.currency,
                                        language=words.language))
    board = _Board(weeks=weeks[-MOST_WEEKS:], cut=len(weeks) > MOST_WEEKS, sold=sold,
                   before=before, now=now, unit=change.unit, words=words,
                   title=f"{words('days.title')}: {summary}")
    return _large(board) if len(weeks) <= LARGE_WEEKS else _small(board)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """What a calendar is drawn from."""

    weeks: list[date]
    cut: bool
    sold: dict[date, Day]
    before: Period
    now: Period
    unit: Unit
    title: str
    words: Words

    @property
    def top(self) -> int:
        return max((found.sold or 0) for found in self.sold.values())

    @property
    def low(self) -> float:
        sold = [found.sold for found in self.sold.values() if found.sold and found.sold > 0]
        return min(sold, default=0) * FLOOR

    def said(self, sold: int | None) -> str:
        """Return what a day sold, without a currency or a word of what is counted."""
        return number.count(None if sold is None else sold / self.unit.parts,
                            language=self.words.language)

    def shown(self, when: date) -> bool:
        return self.present(when) or self.before.start <= when < self.before.end or (
            when in self.sold)

    def present(self, when: date) -> bool:
        return self.now.start <= when < self.now.end


def _large(board: _Board) -> Markup:
    """Return weeks as rows, the day and its amount inside each cell."""
    parts = [svg.words((share(100.0 * (index + 0.5) / WEEK), 12.0), said, "t small",
                       anchor="middle")
             for index, said in enumerate(board.words("days.weekdays").split())]
    parts += [_cell(monday + timedelta(days=column), column, HEAD + row * ROW, board)
              for row, monday in enumerate(board.weeks) for column in range(WEEK)]
    return svg.strip(*parts, height=HEAD + len(board.weeks) * ROW, title=board.title, kind="cal")


def _cell(when: date, column: int, y: float, board: _Board) -> str:
    if not board.shown(when):
        return ""
    found, present = board.sold.get(when), board.present(when)
    left, wide = 100.0 * column / WEEK + 0.2, 100.0 / WEEK - 0.7
    shade = _shade(found, board)
    rect = svg.tag("rect", x=share(left), y=y, width=share(wide), height=ROW - 4, rx=3.0,
                   class_=f"cell {shade}{'' if present else ' past'}")
    named = f"{when.month}/{when.day}" if when.day == 1 or column == 0 else str(when.day)
    ink = "ink" if present and shade in DARK else f"t o{shade[1:]}" if shade > "q1" else "t"
    parts = [rect, svg.words((share(left + 0.9), y + 14), named, f"{ink} small")]
    if found is not None and found.sessions:
        parts.append(svg.words((share(left + 0.9), y + 31), board.said(found.sold),
                               f"{ink} amount"))
    if found is not None and found.aside:
        parts.append(svg.tag("circle", cx=share(left + wide - 1.8), cy=y + 10, r=3.5,
                             class_="aside"))
    return "".join(parts)


def _small(board: _Board) -> Markup:
    """Return weeks as columns of small cells, the months above them."""
    parts, named, wide = [], 0, 100.0 / len(board.weeks)
    for column, monday in enumerate(board.weeks):
        ahead = board.weeks[min(column + 2, len(board.weeks) - 1)].month
        if monday.month != named and monday.month == ahead:
            named = monday.month
            parts.append(svg.words((share(wide * column), 12.0),
                                   month(monday, language=board.words.language), "t small"))
        for row in range(WEEK):
            when = monday + timedelta(days=row)
            if not board.shown(when):
                continue
            shade = _shade(board.sold.get(when), board)
            parts.append(svg.tag(
                "rect", x=share(wide * column), y=HEAD + row * SMALL_ROW, rx=2.0,
                width=share(wide * 0.86), height=SMALL_ROW - 2,
                class_=f"cell {shade}{'' if board.present(when) else ' past'}"))
    foot = HEAD + WEEK * SMALL_ROW
    if board.cut:
        parts.append(svg.words((0.0, foot + 12), board.words("days.cut", n=MOST_WEEKS), "t small"))
    return svg.strip(*parts, height=foot + 18, title=board.title, kind="cal")


def _shade(found: Day | None, board: _Board) -> str:
    if found is None or not found.sessions:
        return "q0"
    if found.sold is None:
        return "qx"
    if found.sold <= 0:
        return "q1"
    share_ = sqrt((found.sold - board.low) / (board.top - board.low))
    return f"q{min(int(SHADES * share_) + 1, SHADES)}"


def _weeks(first: date, last: date) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(days=7 * index)
            for index in range((last - monday).days // 7 + 1)]


def _day(when: date, sessions: list[Mapping[str, object]], measure: str) -> Day:
    kept = [session for session in sessions if not session.get("set_aside")]
    amounts, lengths = _known(kept, measure), _known(kept, "minutes")
    return Day(when=when, sessions=len(kept), sold=round(sum(amounts)) if amounts else None,
               minutes=sum(lengths) if lengths else None, aside=len(sessions) - len(kept))


def _known(sessions: list[Mapping[str, object]], name: str) -> list[float]:
    values = [session.get(name) for session in sessions]
    return [float(value) for value in values if isinstance(value, Real) and isfinite(value)]


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None
