"""Moments and days in the forms that exports use."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest import blank, timetext
from caopan.ingest.cells import Cells
from caopan.ingest.distinct import Read, castable, over_distinct
from caopan.ingest.fault import Codes, Fault, clean

INSTANT = pa.timestamp("us", tz="UTC")
_NAIVE = pa.timestamp("us")
_SERIALS = (1.0, 109_575.0)
"""Spreadsheet day numbers that can be dates (1900 to 2199)."""
_UNIX_EPOCH = 25_569
_DAY_SECONDS = 86_400
_STRAY_MILLISECONDS = 1_000
"""A day number keeps about a millisecond: seconds are rounded to this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How times of one file are read: its zone, and the year of dates without one."""

    zone: ZoneInfo
    year: int | None = None


def read(cells: Cells, *, calendar: Calendar, blanks: tuple[str, ...] = ()) -> Read:
    """Return instants in UTC (shape (n,), us) and the fault of each row.

    A time with an offset keeps it; without, it is a wall-clock time of the calendar's zone. Of
    two equal wall-clock times the earlier is taken; numbers are spreadsheet day numbers.

    >>> cells = Cells(length=1, texts=pa.array(["2026/3/1 19:30"]))
    >>> read(cells, calendar=Calendar(zone=ZoneInfo("Asia/Shanghai")))[0][0].as_py().hour
    11
    """
    values, codes = pa.nulls(cells.length, INSTANT), clean(cells.length)
    if cells.texts is not None:
        values, codes = _of_texts(cells.texts, calendar, blanks)
    if cells.numbers is not None:
        walls, wrong = _of_serials(cells.numbers)
        values = pc.coalesce(_aware(walls, calendar.zone), values)
        codes = np.where(wrong, wrong, codes)
    if cells.moments is not None:
        moments = cells.moments
        aware = moments.cast(INSTANT) if moments.type.tz else _aware(moments, calendar.zone)
        values = pc.coalesce(aware, values)
    for odd in (cells.spans, cells.flags):
        if odd is not None:
            codes[np.asarray(odd.is_valid())] = Fault.UNREADABLE_TIME
    return values, codes


def days(cells: Cells, *, calendar: Calendar, blanks: tuple[str, ...] = ()) -> Read:
    """Return the days (date32) in the calendar's zone, and the fault of each row.

    >>> cells = Cells(length=1, texts=pa.array(["2026年3月1日"]))
    >>> days(cells, calendar=Calendar(zone=ZoneInfo("Asia/Shanghai")))[0][0].as_py().isoformat()
    '2026-03-01'
    """
    values, codes = read(cells, calendar=calendar, blanks=blanks)
    local = pc.local_timestamp(values.cast(pa.timestamp("us", tz=calendar.zone.key)))
    return pc.floor_temporal(local, unit="day").cast(pa.date32()), codes


def without_offset(cells: Cells) -> bool:
    """Return whether some time of the column has no offset of its own.

    >>> without_offset(Cells(length=1, texts=pa.array(["2026-03-01T19:30:00+08:00"])))
    False
    """
    if cells.numbers is not None or (cells.moments is not None and not cells.moments.type.tz):
        return True
    if cells.texts is None:
        return False
    seen = blank.trimmed(cells.texts, words=blank.NUMBER).drop_null()
    return bool(pc.any(pc.invert(timetext.offset_mask(seen))).as_py())


def _of_texts(texts: pa.Array, calendar: Calendar, blanks: tuple[str, ...]) -> Read:
    rest = blank.emptied(texts, words=(*blank.NUMBER, *blanks))
    rest = timetext.dashed(rest)
    for kind in (_NAIVE, INSTANT):
        if castable(rest, kind):
            try:
                found = rest.cast(kind)
            except pa.ArrowInvalid:
                break
            aware = found if found.type.tz else _aware(found, calendar.zone)
            return aware, clean(len(texts))
    rest = blank.trimmed(rest, words=(*blank.NUMBER, *blanks))
    return over_distinct(rest, lambda seen: _of_distinct(seen, calendar))


def _of_distinct(seen: pa.Array, calendar: Calendar) -> Read:
    """Write every text in ISO form, then cast; what has no ISO form is read one by one."""
    written = timetext.iso(seen, year=calendar.year)
    aware = timetext.offset_mask(written)
    walls, codes = _cast(written, _NAIVE, pc.and_not(timetext.iso_mask(written), aware), seen)
    moments = _aware(walls, calendar.zone)
    if pc.any(aware).as_py():
        instants, aware_codes = _cast(written, INSTANT, aware, seen)
        moments = pc.if_else(aware, instants, moments)
        codes = np.where(np.asarray(aware), aware_codes, codes)
    return moments, codes


def _cast(written: pa.Array, kind: pa.DataType, fit: pa.Array, seen: pa.Array) -> Read:
    """Cast the texts that fit; name the fault of the others."""
    codes = timetext.faults(seen, written)
    try:
        values = pc.if_else(fit, written, pa.scalar(None, pa.string())).cast(kind)
    except pa.ArrowInvalid:
        impossible = np.asarray(fit) & ~np.array(
            [timetext.possible(text) for text in written.to_pylist()], dtype=bool)
        sound = pc.and_(fit, pa.array(~impossible))
        values = pc.if_else(sound, written, pa.scalar(None, pa.string())).cast(kind)
        codes = np.where(impossible, np.uint8(Fault.IMPOSSIBLE_DATE), codes)
        return values, np.where(np.asarray(sound), np.uint8(0), codes)
    return values, np.where(np.asarray(fit), np.uint8(0), codes)


def _of_serials(numbers: pa.Array) -> tuple[pa.Array, Codes]:
    values = numbers.cast(pa.float64()).fill_null(float("nan")).to_numpy(zero_copy_only=False)
    present = ~np.isnan(values)
    good = present & (values >= _SERIALS[0]) & (values < _SERIALS[1])
    seconds = (np.where(good, values, _UNIX_EPOCH) - _UNIX_EPOCH) * _DAY_SECONDS
    micros = np.round(seconds * _STRAY_MILLISECONDS).astype(np.int64) * _STRAY_MILLISECONDS
    micros = np.where(np.abs(micros - np.round(micros, -6)) <= 2 * _STRAY_MILLISECONDS,
                      np.round(micros, -6), micros)
    walls = pa.array(micros, mask=~good).cast(_NAIVE)
    codes = (present & ~good).astype(np.uint8) * np.uint8(Fault.UNREADABLE_TIME)
    return walls, codes


def _aware(walls: pa.Array, zone: ZoneInfo) -> pa.Array:
    return pc.assume_timezone(walls, zone.key, ambiguous="earliest",
                              nonexistent="latest").cast(INSTANT)
