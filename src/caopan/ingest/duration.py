"""Durations as numbers, clocks or words."""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest import blank, number
from caopan.ingest.cells import Cells
from caopan.ingest.distinct import Read, one_by_one, over_distinct
from caopan.ingest.fault import Fault

UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "words_duration": 1.0}
"""Seconds of one, where a duration (时长) is a bare number."""

_WORDS = re.compile(
    r"(?:(?P<d>\d+(?:\.\d+)?)\s*(?:天|日|days?|d))?\s*"
    r"(?:(?P<h>\d+(?:\.\d+)?)\s*(?:小时|个小时|时|hours?|hrs?|h))?\s*"
    r"(?:(?P<m>\d+(?:\.\d+)?)\s*(?:分钟|分|minutes?|mins?|m))?\s*"
    r"(?:(?P<s>\d+(?:\.\d+)?)\s*(?:秒钟|秒|seconds?|secs?|s))?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)")
_SIXTY = 60
_PARTS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}


def read(cells: Cells, *, unit: str, blanks: tuple[str, ...] = ()) -> Read:
    """Return seconds as doubles (shape (n,)) and the fault of each row.

    Args:
        cells: the column.
        unit: a key of ``UNITS``: what a bare number counts.
        blanks: further texts that mean null.

    >>> cells = Cells(length=2, texts=pa.array(["1分48秒", "90"]))
    >>> read(cells, unit="minutes")[0].to_pylist()
    [108.0, 5400.0]
    """
    bare = Cells(length=cells.length, numbers=cells.numbers, moments=cells.moments,
                 flags=cells.flags)
    values, codes = number.read(bare)
    values = pc.multiply(values, UNITS[unit])
    if cells.texts is not None:
        texts = blank.trimmed(cells.texts, words=(*blank.NUMBER, *blanks))
        spoken, wrong = over_distinct(texts, lambda seen: one_by_one(
            seen, pa.float64(), lambda text: parse(text, unit=unit)))
        values, codes = pc.coalesce(values, spoken), codes | wrong
    if cells.spans is not None:
        values = pc.coalesce(values, cells.spans)
    return values, codes


def parse(text: str, *, unit: str = "seconds") -> float | Fault:
    """Return the seconds one text stands for, or its fault.

    >>> parse("4小时46分钟49秒"), parse("01:02:03"), parse("1h 5m")
    (17209.0, 3723.0, 3900.0)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = int(clock[1] or 0), int(clock[2]), float(clock[3])
        if seconds >= _SIXTY or (clock[1] and minutes >= _SIXTY):
            return Fault.UNREADABLE_DURATION
        return hours * 3600.0 + minutes * 60.0 + seconds
    words = _WORDS.fullmatch(plain)
    if words and words.group().strip() and any(words.groupdict().values()):
        return sum(float(words[part] or 0) * size for part, size in _PARTS.items())
    bare = number.parse(plain)
    if isinstance(bare, Fault):
        return Fault.UNREADABLE_DURATION
    return bare * UNITS[unit]
