"""What every file of sessions needs done: equal rows once, false starts aside, ends, keys.

A false start (误开播) is a session under a minute in which nothing was sold: it says nothing about
the room, so it is set aside with a warning that names it. Whatever sold something stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.issue import Level
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.identifier import derived
from caopan.ingest.twins import ROW, told_apart, unique
from caopan.units.message import Message, Text

SECONDS = "seconds"
"""The scratch column that holds how long a session lasted, in seconds."""

FALSE_START_SECONDS = 60
"""A session shorter than this in which nothing was sold is a false start."""

_SOLD = ("gmv", "orders", "units", "buyers")
_MICROSECONDS = 1_000_000
_FALSE_START = Text(
    zh="误开播：{title} 只开了 {seconds} 秒，什么也没卖出，不算一场",
    en="false start: {title} lasted {seconds} seconds and sold nothing; it is set aside",
)
_FALSE_START_HINT = Text(zh="不用处理；它不会进入任何指标",
                         en="nothing to do; it enters no metric")


def sessions(
    rows: pa.Table, context: Context, *, about_streamer: Sequence[tuple[str, str]] = (),
) -> Iterator[Chunk]:
    """Yield the sessions of typed rows, and the streamers they name as a derived chunk.

    ``rows`` needs ``streamer_id`` and ``started_at``; ``title``, ``ended_at`` and ``seconds`` where
    the file has them. ``session_id`` is derived from platform, account, start, title and length,
    so a corrected figure replaces the earlier row. ``about_streamer`` lists pairs (column of the
    rows, column of ``streamers``); those columns leave the sessions unless they are ``x_…``.
    """
    rows = _with_end(unique(rows, problems=context.problems))
    rows = _without_false_starts(rows, context)
    yield Chunk(table="sessions", rows=_with_id(rows, context).drop_columns([
        name for name in rows.column_names
        if name == SECONDS or (name in dict(about_streamer) and not name.startswith("x_"))
    ]))
    yield Chunk(table="streamers", rows=_streamers(rows, about_streamer), derived=True)


def lasted(rows: pa.Table) -> pa.Array:
    """Return how long each row's session lasted, in seconds: (n,), null where unknown.

    >>> from datetime import UTC, datetime
    >>> nine, ten = datetime(2026, 4, 6, 9, tzinfo=UTC), datetime(2026, 4, 6, 10, tzinfo=UTC)
    >>> lasted(pa.table({"started_at": [nine], "ended_at": [ten]})).to_pylist()
    [3600.0]
    """
    if "ended_at" not in rows.column_names:
        return _flat(rows[SECONDS]) if SECONDS in rows.column_names else pa.nulls(
            rows.num_rows, pa.float64())
    span = pc.subtract(rows["ended_at"], rows["started_at"]).cast(pa.int64()).cast(pa.float64())
    return _flat(pc.divide(span, float(_MICROSECONDS)))


def _with_end(rows: pa.Table) -> pa.Table:
    """Return the rows with ``ended_at`` filled from the length where the file does not say it."""
    if SECONDS not in rows.column_names:
        return rows
    length = pc.round(pc.multiply(rows[SECONDS], float(_MICROSECONDS))).cast(pa.int64())
    end = pc.add(rows["started_at"].cast(pa.timestamp("us", "UTC")),
                 length.cast(pa.duration("us")))
    if "ended_at" not in rows.column_names:
        return rows.append_column("ended_at", end)
    place = rows.column_names.index("ended_at")
    return rows.set_column(place, "ended_at", pc.coalesce(rows["ended_at"], end))


def _without_false_starts(rows: pa.Table, context: Context) -> pa.Table:
    """Return the rows without false starts, each named in a warning."""
    short = pc.fill_null(pc.less(lasted(rows), FALSE_START_SECONDS), fill_value=False)
    sold = pa.array([False] * rows.num_rows)
    for name in _SOLD:
        if name in rows.column_names:
            something = pc.fill_null(pc.greater(rows[name], 0), fill_value=False)
            sold = pc.or_(sold, something)
    false_start = _flat(pc.and_not(short, sold))
    aside = rows.append_column("_lasted", lasted(rows)).filter(false_start)
    for row in aside.to_pylist():
        title = row.get("title") or f"{row['started_at'].astimezone(context.zone):%Y-%m-%d %H:%M}"
        context.problems.add(
            Message(key="false_start", text=_FALSE_START, hint=_FALSE_START_HINT,
                    values={"title": title, "seconds": round(row["_lasted"])}),
            level=Level.WARNING, row=row.get(ROW), value=title,
        )
    return rows.filter(pc.invert(false_start))


def _with_id(rows: pa.Table, context: Context) -> pa.Table:
    """Return the rows with ``session_id`` in front."""
    parts = [pa.array([context.platform] * rows.num_rows, pa.string()), rows["streamer_id"],
             rows["started_at"]]
    parts += [rows["title"]] if "title" in rows.column_names else []
    keys = derived("session", [*parts, pc.round(lasted(rows))])
    ids = told_apart(keys, rows, by=[*_SOLD, "views", "viewers"], problems=context.problems)
    return rows.add_column(0, "session_id", ids)


def _streamers(rows: pa.Table, about: Sequence[tuple[str, str]]) -> pa.Table:
    """Return one row a streamer: what the first row that knows it says.

    A session without a host is refused by its own row, and names nobody here.
    """
    rows = rows.filter(pc.is_valid(rows["streamer_id"]))
    pairs = [pair for pair in about if pair[0] in rows.column_names]
    table = pa.table([rows["streamer_id"], *(rows[source] for source, _ in pairs)],
                     names=["streamer_id", *(target for _, target in pairs)])
    if not pairs:
        return table.group_by("streamer_id", use_threads=False).aggregate([])
    first = table.group_by("streamer_id", use_threads=False).aggregate(
        [(target, "first") for _, target in pairs])
    return first.rename_columns([name.removesuffix("_first") for name in first.column_names])


def _flat(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return one array of a column that may come in several."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
