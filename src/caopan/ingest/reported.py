"""The stretch of days a report covers: its title line says it, never the file's name."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from caopan.facts.issue import Level
from caopan.ingest.context import Context
from caopan.ingest.window import window
from caopan.units.message import Message, Text

_NO_WINDOW = Text(
    zh="这个报表的表头上方没有日期范围，不知道数字属于哪几天，渠道数据没有导入",
    en="no date range stands above the header, so the days of these figures are unknown; "
       "they are not loaded",
)
_NO_WINDOW_HINT = Text(
    zh="重新导出，不要删掉第一行（例如 2026-04-06 ~ 2026-04-12）",
    en="export again and keep the first row (such as 2026-04-06 ~ 2026-04-12)",
)


def over(rows: pa.Table, context: Context) -> pa.Table | None:
    """Return the rows with ``from`` and ``to`` of the report; None and an error where it has none.

    ``to`` is the day after the last day the title names: periods are half-open.
    """
    days = window(context.titles)
    if days is None:
        context.problems.once(Message(key="no_window", text=_NO_WINDOW, hint=_NO_WINDOW_HINT),
                              level=Level.ERROR)
        return None
    return dated(rows, days)


def dated(rows: pa.Table, days: tuple[date | None, date | None]) -> pa.Table:
    """Return the rows with ``from`` and ``to``; None makes an unknown, not an empty, end.

    >>> dated(pa.table({"a": [1]}), (date(2026, 4, 6), None))["from"].to_pylist()
    [datetime.date(2026, 4, 6)]
    """
    for name, day in zip(("from", "to"), days, strict=True):
        rows = rows.append_column(name, pa.array([day] * rows.num_rows, pa.date32()))
    return rows
