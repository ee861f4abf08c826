"""Times as texts: every form that exports use, written again in the ISO form."""

from __future__ import annotations

import re
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest.fault import Codes, Fault, clean

_ISO = r"^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d(\.\d{1,6})?)?)?$"
_AWARE = r"\d\d:\d\d(:\d\d(\.\d{1,6})?)?\s*(Z|[+-]\d\d(:?\d\d)?)$"
_YEARLESS = r"^\d{1,2}(-|/|月)\d{1,2}日?(\s+\d{1,2}[:：时].*)?$"
_MONTHS = {name: number for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_CLOCK = r"(?:[ ,T]+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(am|pm)?)?"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})" + _CLOCK, re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ ,-]+(\d{4})" + _CLOCK, re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})" + _CLOCK, re.IGNORECASE)
_ISO_PM = re.compile(r"(\d{4})-(\d\d)-(\d\d)" + _CLOCK, re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_NOON = 12
_WIDTHS = frozenset({10, 16, 19})
"""Lengths of a day, a minute and a second in full."""
_EXCEL_EPOCH = np.datetime64("1899-12-30", "us")


def iso(seen: pa.Array, *, year: int | None = None) -> pa.Array:
    """Return the texts in ISO form where they can be; the others as they are.

    >>> iso(pa.array(["2026年3月1日 9时05分", "08-30 19:15", "20260301"]), year=2021).to_pylist()
    ['2026-03-01 09:05', '2021-08-30 19:15', '2026-03-01']
    """
    if year is not None:
        seen = pc.if_else(yearless(seen), pc.binary_join_element_wise(str(year), seen, "-"), seen)
    for pattern, replacement in (
        (r"：", ":"),
        (r"^(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})日?[ T]*", r"\1-\2-\3 "),
        (r"^(20\d\d)(\d\d)(\d\d)((\d\d)(\d\d)(\d\d)?)?$", r"\1-\2-\3 \5:\6:\7"),
        (r"(\d{1,2})[时点](\d{1,2})分?((\d{1,2})秒)?$", r"\1:\2:\4"),
        (r"[ :]+$", ""),
        (r"([- :])(\d)\b", r"\10\2"),
    ):
        seen = pc.replace_substring_regex(seen, pattern, replacement)
    rest = pc.invert(pc.or_(iso_mask(seen), offset_mask(seen)))
    if not pc.any(rest).as_py():
        return seen
    month_first = _month_first(seen)
    other = [_other(text, month_first=month_first) for text in seen.filter(rest).to_pylist()]
    return pc.replace_with_mask(seen, rest, pa.array(other, pa.string()))


def dashed(texts: pa.Array) -> pa.Array:
    """Return ``2026/03/01 19:30:00`` and ``2026.03.01`` with dashes, where all are of that form.

    The cheap way for the commonest form; anything else is returned as it is.

    >>> dashed(pa.array(["2026/03/01 19:30"])).to_pylist()
    ['2026-03-01 19:30']
    """
    ends = pc.min_max(pc.binary_length(texts)).as_py()
    width, fixed = ends["max"], ends["min"] == ends["max"]
    if not fixed or width not in _WIDTHS or texts.null_count or texts.offset:
        return texts
    validity, offsets, body = texts.buffers()
    marks = np.frombuffer(body, dtype=np.uint8)[:len(texts) * width].reshape(len(texts), width)
    mark = marks[0, 4]
    if mark not in b"/." or not ((marks[:, 4] == mark) & (marks[:, 7] == mark)).all():
        return texts
    written = marks.copy()
    written[:, [4, 7]] = ord("-")
    return pa.Array.from_buffers(texts.type, len(texts),
                                 [validity, offsets, pa.py_buffer(written.tobytes())])


def iso_mask(texts: pa.Array) -> pa.Array:
    """Return which texts are ISO days or moments without offset.

    >>> iso_mask(pa.array(["2026-03-01 09:05", "1 Mar"])).to_pylist()
    [True, False]
    """
    return pc.match_substring_regex(texts, _ISO)


def offset_mask(texts: pa.Array) -> pa.Array:
    """Return which texts end in an offset from UTC.

    >>> offset_mask(pa.array(["2026-03-01T19:30:00+08:00", "2026-03-01"])).to_pylist()
    [True, False]
    """
    return pc.match_substring_regex(texts, _AWARE)


def yearless(texts: pa.Array) -> pa.Array:
    """Return which texts are dates without a year.

    >>> yearless(pa.array(["08-30 19:15", "8月30日", "2021-08-30"])).to_pylist()
    [True, True, False]
    """
    return pc.match_substring_regex(texts, _YEARLESS)


def possible(text: str) -> bool:
    """Return whether an ISO text names a moment that exists.

    >>> possible("2026-02-30"), possible("2026-02-28 09:05")
    (False, True)
    """
    try:
        datetime.fromisoformat(text.replace(" ", "T", 1))
    except ValueError:
        return False
    return True


def faults(seen: pa.Array, written: pa.Array) -> Codes:
    """Return why each text that could not be written in ISO form was refused.

    >>> Fault(faults(pa.array(["03/04/2026"]), pa.array(["03/04/2026"]))[0]).name
    'AMBIGUOUS_DATE'
    """
    codes = clean(len(seen)) + np.uint8(Fault.UNREADABLE_TIME)
    codes[np.asarray(pc.match_substring_regex(written, r"^\d{1,2}/\d{1,2}/\d{4}"))] = (
        Fault.AMBIGUOUS_DATE)
    codes[np.asarray(yearless(seen))] = Fault.NO_YEAR
    codes[np.asarray(seen.is_null())] = Fault.NONE
    return codes


def _month_first(texts: pa.Array) -> bool | None:
    """Return whether 3/29/2017 is the 29th of March, by the column; None where it does not show."""
    pairs = [(int(m[1]), int(m[2])) for text in texts.to_pylist()
             if (m := _SLASHED.match(text))]
    first = any(one > _NOON for one, _ in pairs)
    second = any(two > _NOON for _, two in pairs)
    return None if first == second else second


def _other(text: str, *, month_first: bool | None) -> str:
    """Return the ISO form of the rarer forms; the text itself where there is none."""
    if _SERIAL.fullmatch(text):
        micros = np.int64(round(float(text) * 86_400)) * 1_000_000
        return str(_EXCEL_EPOCH + np.timedelta64(micros, "us"))[:19].replace("T", " ")
    if (m := _SLASHED.fullmatch(text)) and month_first is not None:
        month, day = (m[1], m[2]) if month_first else (m[2], m[1])
        return _written(m, m[3], int(month), day)
    if (m := _DAY_FIRST.fullmatch(text)) and m[2].lower() in _MONTHS:
        return _written(m, m[3], _MONTHS[m[2].lower()], m[1])
    if (m := _MONTH_FIRST.fullmatch(text)) and m[1].lower() in _MONTHS:
        return _written(m, m[3], _MONTHS[m[1].lower()], m[2])
    if m := _ISO_PM.fullmatch(text):
        return _written(m, m[1], int(m[2]), m[3])
    return text


def _written(found: re.Match[str], year: str, month: int, day: str) -> str:
    head = f"{year}-{month:02d}-{int(day):02d}"
    hour, minute, second, half = found.groups()[-4:]
    if hour is None:
        return head
    hours = int(hour)
    if half:
        hours = hours % _NOON + (_NOON if half.lower() == "pm" else 0)
    return f"{head} {hours:02d}:{minute}:{second or '00'}"
