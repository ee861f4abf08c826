"""One metric as pictures: a line over time, ranked bars by anything else, a currency each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from caopan.units import number
from caopan.units.message import Language, Text
from caopan.web.console.chart.bars import Bar, Bars
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.line import Line
from caopan.web.console.metric_words import GROUPS
from caopan.workspace.measuring import MetricResult

Row = Mapping[str, Any]
Naming = Callable[[str, object], tuple[str, str]]
"""Gives what a group's value is called and where its own page is, nothing where it has none."""
STEPS: tuple[str, ...] = ("month", "week", "day")
"""Groupings that are moments of time, the one a page opens with first."""
ORDERED = frozenset({"weekday", "hour", "minute"})
"""Groupings whose values have an order of their own."""
CURRENCY = "currency"
MOST = 6
"""How many pictures one page holds."""
SPREAD = 1_500
"""More moments than these are not filled up where some are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The number of the whole period in one currency; ``currency`` is empty where it has none."""

    said: str
    currency: str
    n: int


def usual_group(groups: Iterable[str]) -> tuple[str, ...]:
    """Return the grouping with which a page opens.

    >>> usual_group(("day", "month", "streamer_id")), usual_group(("merchant_id",))
    (('month',), ('merchant_id',))
    """
    allowed = set(groups)
    found = next((name for name in (*STEPS, *GROUPS) if name in allowed and name != CURRENCY),
                 None)
    return (found,) if found else ()


def totals(result: MetricResult, *, language: Language) -> tuple[Total, ...]:
    """Return the numbers of the whole period, those with the most behind them first.

    >>> totals.__name__
    'totals'
    """
    rows = sorted(result.rows, key=lambda row: -row["n"])
    return tuple(Total(
        said=number.value(row["value"], unit=result.metric.unit, language=language,
                          currency=row.get(CURRENCY) or "CNY"),
        currency=row.get(CURRENCY) or "", n=row["n"]) for row in rows)


def pictures(result: MetricResult, *, naming: Naming) -> tuple[Figure, ...]:
    """Return the pictures of a result; none where there is nothing to set side by side.

    Two currencies never share an axis.

    >>> pictures.__name__
    'pictures'
    """
    groups = tuple(name for name in result.groups if name != CURRENCY)
    if not groups:
        return ()
    step = next((name for name in STEPS if name in groups), None)
    others = tuple(name for name in groups if name != step)
    made: list[Figure] = []
    parts = _split(result.rows, (CURRENCY,) if CURRENCY in result.groups else ())
    for currency, rows in parts:
        money = str(currency[0] or "CNY") if currency else "CNY"
        titled = partial(_titled, result, money if len(parts) > 1 else "")
        if step is None:
            made.append(_bars(result, groups, rows, money, naming, titled("")))
            continue
        for key, part in _split(rows, others):
            called = " · ".join(naming(name, value)[0]
                                for name, value in zip(others, key, strict=True))
            made.append(_line(result, step, part, money, titled(called)))
    return _side_by_side([one for one in made if _known(one)][:MOST])


def _side_by_side(figures: list[Figure]) -> tuple[Figure, ...]:
    """Return the pictures with one scale for all lines of a currency, so that they compare."""
    found: dict[str, list[float]] = {}
    for one in figures:
        if isinstance(one, Line):
            found.setdefault(one.currency, []).extend(
                value for _, value in one.values if value is not None)
    return tuple(replace(one, ends=(min(found[one.currency]), max(found[one.currency])))
                 if isinstance(one, Line) else one for one in figures)


def _split(rows: Iterable[Row], names: tuple[str, ...]) -> list[tuple[tuple[Any, ...], list[Row]]]:
    """Return the rows by some of their groups, those with the most behind them first."""
    parts: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        parts.setdefault(tuple(row[name] for name in names), []).append(row)
    return sorted(parts.items(), key=lambda part: -sum(row["n"] for row in part[1]))


def _known(figure: Figure) -> bool:
    values = figure.values if isinstance(figure, Line) else (
        tuple((one.name, one.value) for one in figure.bars) if isinstance(figure, Bars) else ())
    return any(value is not None for _, value in values)


def _line(result: MetricResult, step: str, rows: list[Row], currency: str, title: Text) -> Line:
    by_moment = {row[step]: row for row in rows if row[step] is not None}
    moments = _filled(sorted(by_moment), step)
    found = [by_moment.get(moment) for moment in moments]
    return Line(
        title=title, unit=result.metric.unit, currency=currency, note=_ENDS, moment=GROUPS[step],
        counts=tuple(row["n"] if row else 0 for row in found),
        values=tuple((moment_said(moment, step), row["value"] if row else None)
                     for moment, row in zip(moments, found, strict=True)))


def _filled(moments: list[date], step: str) -> list[date]:
    """Return the moments with those between them that nothing happened in: a gap is a gap."""
    if not moments:
        return []
    made: list[date] = []
    at = moments[0]
    while at <= moments[-1] and len(made) <= SPREAD:
        made.append(at)
        at = _next(at, step)
    return made if len(made) <= SPREAD and set(moments) <= set(made) else moments


def _next(at: date, step: str) -> date:
    if step == "month":
        return (at.replace(day=1) + timedelta(days=32)).replace(day=1)
    return at + timedelta(days=7 if step == "week" else 1)


def moment_said(moment: date, step: str) -> str:
    """Return a moment as an axis writes it.

    >>> moment_said(date(2026, 3, 1), "month"), moment_said(date(2026, 3, 2), "week")
    ('2026-03', '2026-03-02')
    """
    return f"{moment:%Y-%m}" if step == "month" else moment.isoformat()


def _bars(result: MetricResult, groups: tuple[str, ...], rows: list[Row], currency: str,
          naming: Naming, title: Text) -> Bars:
    ordered = groups[0] in ORDERED
    if ordered:
        rows = sorted(rows, key=lambda row: (row[groups[0]] is None, row[groups[0]] or 0))
    bars = []
    for row in rows:
        named = [naming(name, row[name]) for name in groups]
        bars.append(Bar(name=" · ".join(name for name, _ in named), value=row["value"],
                        n=row["n"], to=named[0][1] if len(named) == 1 else ""))
    of = Text(zh=" · ".join(GROUPS[name].zh for name in groups),
              en=" · ".join(GROUPS[name].en for name in groups))
    return Bars(title=title, unit=result.metric.unit, currency=currency,
                of=of, bars=tuple(bars), sorted_already=ordered, most=24 if ordered else 20)


def _titled(result: MetricResult, currency: str, called: str) -> Text:
    """Return what a picture shows: its part or the whole, and the currency where they differ."""
    name = Text(zh=called, en=called) if called else result.metric.name
    more = f" · {currency}" if currency else ""
    return Text(zh=f"{name.zh}{more}", en=f"{name.en}{more}")


_ENDS = Text(zh="头尾的时段可能不全", en="the first and last may be incomplete")
