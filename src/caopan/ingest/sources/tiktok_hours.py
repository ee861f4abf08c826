"""One TikTok Live shop's own sheet (直播时长表): hours, viewers, units, month, in Indonesian.

The sheet says in which month a session was, not when. A session needs a start, so the sessions of
a month are spread evenly over it in the order of the file, with a warning, and each carries
``x_started_at_known`` = ``month``: weekday and hour of these sessions mean nothing, their order and
month do. Months run on through the file, newest or oldest first; the year is ``--year`` for the
latest month, else the latest that puts no month into the future. Keys hang on what the row says
and not on the spread, so a longer sheet replaces the rows of a shorter one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

from caopan.facts.issue import Level
from caopan.facts.schema import STARTED_AT_KNOWN, Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.identifier import derived
from caopan.ingest.layout import Field, Layout
from caopan.ingest.shows import SECONDS
from caopan.ingest.twins import ROW, told_apart
from caopan.units.message import Message, Text

MONTHS = {name: number for number, name in enumerate(
    "januari februari maret april mei juni juli agustus september oktober november desember"
    .split(), start=1)}
_YEAR = 12

_SPREAD = Text(
    zh="表里只有月份，没有开播时间：{n} 场按文件顺序平均分布在各月（{first} 至 {last}），"
       "星期和钟点没有意义",
    en="the sheet names months, not starts: its {n} sessions are spread evenly over each month in "
       "the order of the file ({first} to {last}); weekday and hour mean nothing",
)
_SPREAD_HINT = Text(zh="有平台的直播列表就改用它；年份不对请用 --year 写明最后一个月的年份",
                    en="use the platform's livestream list if you have it; if the year is wrong, "
                       "give the year of the latest month with --year")
_NO_MONTH = Text(zh="不认识的月份 {value}", en="unknown month {value}")
_NO_MONTH_HINT = Text(zh="写印尼语月份名，例如 september", en="write the month in Indonesian, "
                                                     "such as september")


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the sessions, spread over their months, and their one streamer."""
    rows = _with_month(rows, context)
    if not rows.num_rows:
        return
    months = _running(rows["number"].to_pylist(), _latest(context, rows["number"].to_pylist()))
    starts = _spread(months, context.zone)
    account = pa.array([context.account()] * rows.num_rows, pa.string())
    start = pa.array(starts, pa.timestamp("us", "UTC"))
    ends = [None if seconds is None else begin + timedelta(seconds=seconds)
            for begin, seconds in zip(starts, rows[SECONDS].to_pylist(), strict=True)]
    _warn(months, context)
    keys = derived("session", [account, pa.array(months, pa.int64()), rows[SECONDS],
                               rows["viewers"], rows["units"]])
    out = rows.drop_columns([SECONDS, "month", "number"])
    for name, column in (
        ("streamer_id", account), ("started_at", start),
        ("ended_at", pa.array(ends, pa.timestamp("us", "UTC"))),
        (STARTED_AT_KNOWN, pa.array(["month"] * rows.num_rows, pa.string())),
        ("session_id", told_apart(keys, rows, by=[])),
    ):
        out = out.append_column(name, column)
    yield Chunk(table="sessions", rows=out)
    yield Chunk(table="streamers", rows=pa.table({"streamer_id": account.unique()}), derived=True)


def _with_month(rows: pa.Table, context: Context) -> pa.Table:
    """Return the rows whose month is known, with its number; the others are errors."""
    numbers = [MONTHS.get((text or "").strip().casefold()) for text in rows["month"].to_pylist()]
    for number, row in zip(numbers, rows.to_pylist(), strict=True):
        if number is None:
            context.problems.add(
                Message(key="unknown_month", text=_NO_MONTH, hint=_NO_MONTH_HINT,
                        values={"value": row["month"]}),
                row=row[ROW], column="Bulan", value=row["month"])
    known = pa.array([number is not None for number in numbers], pa.bool_())
    return rows.append_column("number", pa.array(numbers, pa.int64())).filter(known)


def _running(numbers: Sequence[int], latest: int) -> list[int]:
    """Return months since year 0 for month numbers that run on, the latest being ``latest``.

    A step of at most half a year is taken in its own direction: december after january is the
    december before when the file runs backwards.
    """
    months = [numbers[0]]
    for number in numbers[1:]:
        step = (number - months[-1]) % _YEAR
        months.append(months[-1] + (step if step <= _YEAR // 2 else step - _YEAR))
    shift = latest - max(months)
    return [month + shift for month in months]


def _latest(context: Context, numbers: Sequence[int]) -> int:
    """Return the latest month since year 0: of ``--year``, else the last one that is not ahead."""
    plain = _running(numbers, 0)
    number = numbers[plain.index(0)]
    now = context.options.now.astimezone(context.zone)
    year = context.options.year or (now.year if number <= now.month else now.year - 1)
    return year * _YEAR + number


def _spread(months: Sequence[int], zone: ZoneInfo) -> list[datetime]:
    """Return one start a row: even steps through its month, in the direction the file runs."""
    counts, seen = Counter(months), Counter[int]()
    backwards = months[0] > months[-1]
    starts = []
    for month in months:
        place = counts[month] - 1 - seen[month] if backwards else seen[month]
        seen[month] += 1
        begin, end = _first(month, zone), _first(month + 1, zone)
        step = (end - begin) * (place / counts[month])
        starts.append(begin + timedelta(minutes=step // timedelta(minutes=1)))
    return starts


def _first(month: int, zone: ZoneInfo) -> datetime:
    """Return the first instant of a month counted since year 0 (january = 1)."""
    year, number = divmod(month - 1, _YEAR)
    return datetime(year, number + 1, 1, tzinfo=zone)


def _warn(months: Sequence[int], context: Context) -> None:
    first, last = (_first(month, context.zone).strftime("%Y-%m")
                   for month in (min(months), max(months)))
    context.problems.once(
        Message(key="starts_spread", text=_SPREAD, hint=_SPREAD_HINT,
                values={"n": len(months), "first": first, "last": last}), level=Level.WARNING)


LAYOUTS = (
    Layout(
        name="tiktok.hours",
        platform="tiktok",
        title=Text(zh="TikTok 直播时长表（印尼语）", en="TikTok sheet of hours (Indonesian)"),
        table="sessions",
        currency="IDR",
        timezone="Asia/Jakarta",
        constants=(("platform", "tiktok"),),
        shape=_shape,
        fields=(
            Field(header="Durasi_Jam", to=SECONDS, read="hours"),
            Field(header="Penonton Aktif", to="viewers"),
            Field(header="Produk Terjual", to="units"),
            Field(header="Bulan", to="month", kind=Kind.TEXT),
        ),
    ),
)
