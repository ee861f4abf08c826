"""The columns (列) a table of sessions can show, each with its word and its metric."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caopan.metrics.catalogue import METRICS
from caopan.units.clock import to_the_minute
from caopan.units.message import Text
from caopan.units.money import Money
from caopan.units.unit import Unit

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: where its value stands in a row, how it is read, which metric it is."""

    id: str
    name: Text
    unit: Unit | None = None
    """None for texts and moments."""
    metric: str | None = None

    @property
    def figures(self) -> bool:
        """Return whether it holds numbers, which stand to the right."""
        return self.unit is not None


def _metric(id: str, *, field: str = "") -> Column:  # noqa: A002 - the field's own name
    known = METRICS[id]
    return Column(id=field or id, name=known.name, unit=known.unit, metric=id)


COLUMNS: dict[str, Column] = {column.id: column for column in (
    Column(id="started_at", name=Text(zh="开播", en="Went live")),
    Column(id="title", name=Text(zh="标题", en="Title")),
    Column(id="level", name=Text(zh="级别", en="Level")),
    Column(id="platform", name=Text(zh="平台", en="Platform")),
    Column(id="minutes", name=Text(zh="时长", en="Length"), unit=Unit.MINUTES),
    _metric("room_impr_uv", field="room_viewers_exposed"), _metric("view_pv", field="views"),
    _metric("view_uv", field="viewers"), _metric("pcu", field="peak_online"),
    _metric("avg_watch_s", field="avg_watch_seconds"), _metric("orders", field="orders"),
    _metric("buyers", field="buyers"), _metric("units", field="units"),
    _metric("gmv_gross", field="gmv"), _metric("new_followers", field="new_followers"),
    _metric("session_spend", field="ad_spend"), _metric("enter_rate"), _metric("prod_expo_rate"),
    _metric("prod_ctr_expo"), _metric("click_pay_rate"), _metric("view_pay_rate"),
    _metric("aov"), _metric("follow_rate"),
)}
RATES = frozenset({"enter_rate", "prod_expo_rate", "prod_ctr_expo", "click_pay_rate",
                   "view_pay_rate", "aov", "follow_rate"})
"""Columns that are ratios, worked out by the catalogue."""
USUAL = ("started_at", "title", "minutes", "viewers", "views", "orders", "units", "gmv",
         "new_followers")
FIRST = "started_at"
SPARE = frozenset({"title", "units", "new_followers"})
"""Columns that a phone leaves out unless they are asked for by name."""


def chosen(asked: Iterable[str], rows: Sequence[dict[str, Any]]) -> tuple[Column, ...]:
    """Return the columns asked for in their own order, the start always first.

    Where none is asked for, the usual ones of which a row carries something.

    >>> [column.id for column in chosen(["gmv"], [])]
    ['started_at', 'gmv']
    """
    wanted = {name for name in asked if name in COLUMNS}
    if not wanted:
        wanted = {name for name in USUAL if any(row.get(name) is not None for row in rows)}
    return tuple(column for column in COLUMNS.values() if column.id in wanted | {FIRST})


def ordered(rows: Sequence[dict[str, Any]], *, sort: str,
            descending: bool) -> list[dict[str, Any]]:
    """Return the rows by one column; what is not known stands last either way.

    >>> rows = [{"gmv": None}, {"gmv": 1}, {"gmv": 3}]
    >>> [row["gmv"] for row in ordered(rows, sort="gmv", descending=True)]
    [3, 1, None]
    """
    name = sort if sort in COLUMNS else FIRST
    known = [row for row in rows if row.get(name) is not None]
    unknown = [row for row in rows if row.get(name) is None]
    return sorted(known, key=lambda row: row[name], reverse=descending) + unknown


def exported(row: dict[str, Any], columns: Iterable[Column], *, currency: str) -> list[object]:
    """Return a row as a file carries it: money in major units, moments in business time."""
    return [_plain(row.get(column.id), column.unit, currency) for column in columns]


def _plain(value: object, unit: Unit | None, currency: str) -> object:
    if isinstance(value, datetime):
        return to_the_minute(value)
    if value is None or isinstance(value, date | str):
        return value
    if unit is Unit.MONEY and isinstance(value, int | float):
        return float(Money(minor=round(value), currency=currency).major())
    return value
