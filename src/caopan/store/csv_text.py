"""Canonical CSV as SQL: each row becomes one line of text, exact and safe to open."""

from __future__ import annotations

from caopan.facts.schema import FORMULA_START, Column, Kind
from caopan.store.sql import identifier, literal
from caopan.store.stored import BUSINESS_OFFSET

FORMULA_PATTERN = f"^'*{FORMULA_START}"
"""Text that a spreadsheet could run, or that already carries our apostrophes: it gets one more."""
NEEDS_QUOTES = r"""[",\r\n]"""
LINE_END = "\r\n"


def header(columns: list[str]) -> str:
    r"""Return the header line.

    >>> header(["day", "x_a,b"])
    'day,"x_a,b"\r\n'
    """
    return ",".join(_quoted(name) for name in columns) + LINE_END


def line(fields: list[str]) -> str:
    """Return the SQL that joins fields, each SQL for a text or null, into one line.

    >>> line(["a", "b"])
    "concat(coalesce(a, ''), ',', coalesce(b, ''), chr(13), chr(10))"
    """
    joined = ", ',', ".join(f"coalesce({field}, '')" for field in fields)
    return f"concat({joined}, chr(13), chr(10))"


def canonical_field(column: Column) -> str:
    """Return the SQL for one canonical column as it stands in a CSV file; null is null.

    >>> canonical_field(Column(name="views", kind=Kind.COUNT))
    'CAST("views" AS VARCHAR)'
    """
    name = identifier(column.name)
    if column.kind is Kind.MONEY:
        return _money(name)
    if column.kind is Kind.INSTANT:
        return _instant(name)
    if column.kind is Kind.DAY:
        return f"strftime({name}, '%Y-%m-%d')"
    if column.kind in {Kind.COUNT, Kind.NUMBER, Kind.FLAG}:
        return f"CAST({name} AS VARCHAR)"
    return text_field(name)


def text_field(sql: str) -> str:
    """Return the SQL for a text as it stands in a CSV file: no formula, quoted where needed.

    >>> text_field("t").startswith("(CASE WHEN regexp_matches(t,")
    True
    """
    safe = (f"(CASE WHEN regexp_matches({sql}, {literal(FORMULA_PATTERN)}) "
            f"THEN concat('''', {sql}) ELSE {sql} END)")
    quoted = f"concat('\"', replace({safe}, '\"', '\"\"'), '\"')"
    return (f"(CASE WHEN regexp_matches({sql}, {literal(NEEDS_QUOTES)}) "
            f"THEN {quoted} ELSE {safe} END)")


def _money(name: str) -> str:
    """Return minor units as major ones with the digits they need: 1234 is 12.34, 1200 is 12."""
    whole = f"CASE WHEN {name} < 0 THEN '-' ELSE '' END, abs({name}) // 100"
    rest = f"abs({name}) % 100"
    return (f"(CASE WHEN {name} IS NULL THEN NULL WHEN {rest} = 0 THEN concat({whole}) "
            f"WHEN {rest} % 10 = 0 THEN concat({whole}, '.', {rest} // 10) "
            f"ELSE concat({whole}, '.', lpad(CAST({rest} AS VARCHAR), 2, '0')) END)")


def _instant(name: str) -> str:
    """Return a moment in the business day's fixed offset, with a fraction only where it has one."""
    local = f"make_timestamp(epoch_us({name}) + {BUSINESS_OFFSET})"
    return (f"(CASE WHEN epoch_us({name}) % 1000000 = 0 "
            f"THEN strftime({local}, '%Y-%m-%dT%H:%M:%S+08:00') "
            f"ELSE strftime({local}, '%Y-%m-%dT%H:%M:%S.%f+08:00') END)")


def _quoted(text: str) -> str:
    if any(mark in text for mark in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
