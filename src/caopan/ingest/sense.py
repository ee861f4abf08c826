"""Values that are each fine and cannot be true together: an end before its start, and the like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.issue import Level
from caopan.facts.schema import TABLES, Kind
from caopan.ingest.context import Context
from caopan.ingest.problems import MOST
from caopan.units.message import Message, Text

Mask = npt.NDArray[np.bool_]
"""Which rows, shape (n,)."""

_ROW = "_row"
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before it nothing was sold live: such a start is a zero date or a slip of the pen."""
_STARTS: dict[str, tuple[str, ...]] = {
    "sessions": ("started_at",), "planned_sessions": ("started_at",),
    "orders": ("paid_at", "created_at"), "ad_spend": ("starts_at",),
    "videos": ("published_at",), "followers_daily": ("day",),
}
_SPANS: dict[str, tuple[tuple[str, str], ...]] = {
    "sessions": (("started_at", "ended_at"),), "ad_spend": (("starts_at", "ends_at"),),
    "product_channels": (("from", "to"),), "videos": (("from", "to"),),
    "engagements": (("starts_on", "ends_on"),),
}
_AT_MOST: dict[str, tuple[tuple[str, str], ...]] = {
    "sessions": (("buyers", "viewers"), ("viewers", "views"), ("buyers", "orders"),
                 ("orders", "units"), ("refund_amount", "gmv")),
    "session_products": (("orders", "units"), ("refund_amount", "gmv")),
    "orders": (("refund_amount", "amount"),),
}
"""Columns that are never more than another one; one that is, is loaded with a warning."""

_EARLY = Text(zh="{value} 早于 1990 年，不可能是真的",
              en="{value} is before 1990 and cannot be true")
_EARLY_HINT = Text(zh="请更正日期（空的日期被写成了 1970 或 1900 年？）",
                   en="correct the date (was an empty one written as 1970 or 1900?)")
_BACKWARDS = Text(zh="结束 {value} 早于开始 {start}",
                  en="the end {value} is before the start {start}")
_BACKWARDS_HINT = Text(zh="请更正其中一个时间；跨过零点的场次，结束要写第二天的日期",
                       en="correct one of the two; a show past midnight ends on the next day")
_MORE = Text(zh="“{column}”{value} 比“{other}”{limit} 还多：照原样读入",
             en="“{column}” {value} is more than “{other}” {limit}: read as it is")
_MORE_HINT = Text(zh="请核对这两列是不是对反了，或口径不同",
                  en="check whether the two columns are swapped, or count different things")


def sensible(rows: pa.Table, *, table: str, context: Context,
             headers: Mapping[str, str]) -> Mask:
    """Return which rows can be true; name the others, and warn of those that hardly can.

    Args:
        rows: typed rows, amounts in minor units, with ``_row`` where a row has one in the file.
        table: the canonical table they are of.
        context: the file they come from.
        headers: the header as written that fills each column.
    """
    said = _Said(rows, table, context, headers)
    good = np.ones(rows.num_rows, dtype=bool)
    for name in _STARTS.get(table, ()):
        good &= ~said.early(name)
    for start, end in _SPANS.get(table, ()):
        good &= ~said.backwards(start, end)
    for less, more in _AT_MOST.get(table, ()):
        said.warn(less, more, good)
    return good


def shown(moment: pa.Scalar, *, zone: ZoneInfo) -> str:
    """Return a moment or a day as people write it, to the minute.

    A moment whose UTC or local date is in no calendar of ours (year 0, year 10000) is written
    as Arrow does, in UTC.

    >>> shown(pa.scalar(datetime(2026, 3, 1, tzinfo=UTC)), zone=ZoneInfo("Asia/Shanghai"))
    '2026-03-01 08:00+08:00'
    """
    try:
        value = moment.as_py()
        if not isinstance(value, datetime):
            return str(value)
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(zone).isoformat(sep=" ", timespec="minutes")
    except (OverflowError, ValueError):
        return str(moment.cast(pa.timestamp("us")).cast(pa.string()))


class _Said:
    """The rows of one stretch, and how they are complained of."""

    def __init__(self, rows: pa.Table, table: str, context: Context,
                 headers: Mapping[str, str]) -> None:
        self._rows, self._table, self._context = rows, table, context
        self._headers = headers

    def early(self, name: str) -> Mask:
        if not self._has(name):
            return self._none()
        first = EARLIEST if self._kind(name) is Kind.INSTANT else EARLIEST.date()
        column = self._moments(name)
        bad = _mask(pc.less(column, pa.scalar(first, column.type)))
        self._each(bad, name, Message(key="too_early", text=_EARLY, hint=_EARLY_HINT))
        return bad

    def backwards(self, start: str, end: str) -> Mask:
        if not self._has(start, end):
            return self._none()
        bad = _mask(pc.less(self._moments(end), self._moments(start)))
        self._each(bad, end, Message(key="ends_before_start", text=_BACKWARDS,
                                     hint=_BACKWARDS_HINT), start=start)
        return bad

    def warn(self, less: str, more: str, among: Mask) -> None:
        if not self._has(less, more):
            return
        bad = _mask(pc.greater(self._rows[less], self._rows[more])) & among
        values: dict[str, object] = {"column": self._header(less),
                                     "other": self._header(more)}
        self._each(bad, less, Message(key=f"{less}_above_{more}", text=_MORE, hint=_MORE_HINT,
                                      values=values), level=Level.WARNING, limit=more)

    def _each(self, bad: Mask, name: str, message: Message, *, level: Level = Level.ERROR,
              **others: str) -> None:
        """Name every bad row, the first thousand one by one."""
        places = np.flatnonzero(bad).tolist()
        problems, header = self._context.problems, self._header(name)
        for at in places[:MOST + 1]:
            value = self._shown(name, at)
            values = {**message.values, "value": value,
                      **{key: self._shown(other, at) for key, other in others.items()}}
            row = self._rows[_ROW][at].as_py() if _ROW in self._rows.column_names else None
            problems.add(Message(key=message.key, text=message.text, hint=message.hint,
                                 values=values), level=level, row=row, column=header, value=value)
        if len(places) > MOST + 1:
            problems.more(message, count=len(places) - MOST - 1, column=header, level=level)

    def _shown(self, name: str, at: int) -> str:
        cell = self._rows[name][at]
        if pa.types.is_temporal(cell.type):
            return shown(cell, zone=self._context.zone)
        value = cell.as_py()
        if self._kind(name) is Kind.MONEY:
            return f"{Decimal(int(value)) / 100:.2f}"
        return str(value)

    def _moments(self, name: str) -> pa.ChunkedArray:
        instant = self._kind(name) is Kind.INSTANT
        return self._rows[name].cast(pa.timestamp("us", tz="UTC") if instant else pa.date32())

    def _kind(self, name: str) -> Kind:
        return TABLES[self._table].column(name).kind

    def _has(self, *names: str) -> bool:
        return set(names) <= set(self._rows.column_names)

    def _header(self, name: str) -> str:
        return self._headers.get(name, name)

    def _none(self) -> Mask:
        return np.zeros(self._rows.num_rows, dtype=bool)


def _mask(found: pa.ChunkedArray) -> Mask:
    return np.asarray(found.fill_null(fill_value=False), dtype=bool)
