"""Guesses for a file nobody knows: which column is what, how sure, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pyarrow as pa

from caopan.facts.schema import NULLABLE_REQUIRED, TABLES
from caopan.ingest.cells import Cells
from caopan.ingest.column import read, reader
from caopan.ingest.completion import SCRATCH
from caopan.ingest.fit import Fit
from caopan.ingest.header import folded
from caopan.ingest.layout import Field
from caopan.ingest.moment import Calendar
from caopan.ingest.personal import personal
from caopan.ingest.recognise import meant
from caopan.ingest.synonyms import SYNONYMS
from caopan.units.message import Text

SAME, WITHIN = 0.95, 0.6
"""Confidence (ratio) of a header that is a known name, and of one that holds a known name."""
_MISREAD = 0.4
"""What remains of the confidence where the values do not read as the column's kind."""
_LATER = 0.001
"""What each rarer name of a column takes off: a plain date is the payment's only where no other is.
"""
_KEPT = 0.3
"""Below this a guess is dropped."""
_ANY_YEAR = 2000
"""Whether dates without a year read does not depend on the year."""
_KNOWN = Text(zh="和认识的表一样", en="as in the table that is known")
_STRANGE = Text(zh="认识的表里没有这一列", en="the table that is known has no such column")
_ID_PARTS = 4
"""Shortest synonym, in characters, that counts inside a longer header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What one column of the file probably is (猜测); ``to`` None leaves it out."""

    header: str
    nth: int
    to: str | None
    confidence: float
    reason: Text


def guesses(headers: Sequence[str], rows: Sequence[Sequence[str]], *,
            table: str | None = None) -> tuple[str, tuple[Guess, ...]]:
    """Return the table a file probably holds, and a guess for each of its columns.

    Args:
        headers: the names of the columns.
        rows: the first rows as texts; they lower the confidence where they contradict.
        table: the canonical table, where the operator named it.

    >>> rows = [["71", "2026-03-01 19:30", "¥1.2万"]]
    >>> found = guesses(["订单编号", "付款时间", "实付金额"], rows)
    >>> found[0], [each.to for each in found[1]]
    ('orders', ['order_id', 'paid_at', 'amount'])
    """
    tables = [table] if table else list(TABLES)
    best = max(tables, key=lambda name: _score(name, _for_table(headers, rows, name)))
    return best, _for_table(headers, rows, best)


def guesses_near(near: Fit) -> tuple[Guess, ...]:
    """Return what the columns of a table are that nearly follows a layout.

    A column that the layout knows is sure; a strange one is probably what it is most like, and
    says so with less confidence. ``to`` is the name that the layout has for it.
    """
    names = near.header.names
    bound = {binding.at: binding.field for binding in near.bindings}
    probably = meant(near)
    found = []
    for at in range(len(names)):
        if not names[at]:
            continue
        field = bound.get(at)
        if field is not None:
            found.append(_near(names, at, field, SAME, _KNOWN))
        else:
            like = probably.get(names[at])
            found.append(_left(names, at, _STRANGE) if like is None else _near(
                names, at, like, WITHIN, Text(zh=f"多半就是“{like.header}”",
                                              en=f"probably “{like.header}”")))
    return tuple(found)


def _near(names: Sequence[str], at: int, field: Field, confidence: float, why: Text) -> Guess:
    return Guess(header=names[at], nth=_nth(names, at), to=field.to, confidence=confidence,
                 reason=_plain(why))


def _for_table(headers: Sequence[str], rows: Sequence[Sequence[str]],
               table: str) -> tuple[Guess, ...]:
    """Return one guess a column; of two for one target the surer stays."""
    found = [_guess(headers, at, rows, table) for at in range(len(headers))]
    taken: dict[str, int] = {}
    for at in sorted(range(len(found)), key=lambda at: -found[at].confidence):
        to = found[at].to
        if to is not None and to in taken:
            found[at] = _left(headers, at, Text(zh=f"“{headers[taken[to]]}”更像这一列",
                                                en=f"“{headers[taken[to]]}” fits better"))
        elif to is not None:
            taken[to] = at
    return tuple(found)


def _guess(headers: Sequence[str], at: int, rows: Sequence[Sequence[str]], table: str) -> Guess:
    name = folded(headers[at])
    if personal(name):
        return _left(headers, at, Text(zh="个人信息，不读入", en="about a person: not read"))
    ranked = sorted((_named(name, column) for column in _targets(table)), reverse=True)
    confidence, column, how = ranked[0] if ranked else (0.0, "", "")
    if confidence < _KEPT:
        return _left(headers, at, Text(zh="列名没有对上", en="no known name"))
    values = [row[at] for row in rows if at < len(row)]
    if values and not _readable(values, column, table):
        confidence *= _MISREAD
        why = Text(zh=f"列名像“{how}”，但值读不成",
                   en=f"named like “{how}”, but its values do not read")
    else:
        why = Text(zh=f"列名对上“{how}”，值也读得通", en=f"named like “{how}”, and its values read")
    if confidence < _KEPT:
        return _left(headers, at, why)
    return Guess(header=headers[at], nth=_nth(headers, at), to=column, confidence=confidence,
                 reason=_plain(why))


def _named(name: str, column: str) -> tuple[float, str, str]:
    """Return how surely a header names a column, and by which of its names."""
    names = (column, column.replace("_", " "), *SYNONYMS.get(column, ()))
    bare = name.partition("(")[0].strip()
    for place, known in enumerate(map(folded, names)):
        if known in {name, bare, name.replace("_", " ")}:
            return SAME - _LATER * place, column, known
    inside = [known for known in map(folded, names) if len(known) >= _ID_PARTS and known in name]
    if not inside:
        return 0.0, column, ""
    longest = max(inside, key=len)
    return WITHIN * len(longest) / len(name) + _KEPT / 2, column, longest


def _targets(table: str) -> tuple[str, ...]:
    return (*TABLES[table].names, *SCRATCH.get(table, ()))


def _readable(values: Sequence[str], column: str, table: str) -> bool:
    """Return whether most of the values read as the column's kind."""
    scratch = "words_duration" if column in SCRATCH.get(table, ()) else None
    how = reader(Field(header=column, to=column, read=scratch), table=table)
    texts = Cells(length=len(values), texts=pa.array(values, pa.string()))
    calendar = Calendar(zone=ZoneInfo("Asia/Shanghai"), year=_ANY_YEAR)
    _, codes = read(texts, how=how, calendar=calendar, currency=None, salt=b"")
    return bool((codes > 0).sum() * 2 <= len(values))


def _score(table: str, found: Sequence[Guess]) -> float:
    """Return how much of a file one table explains; a missing required column weighs."""
    taken = {each.to for each in found if each.to}
    required = {column.name for column in TABLES[table].columns if column.required}
    derivable = {"session_id", "streamer_id", "plan_id", "video_id"} & {
        *(() if table in {"session_minutes", "session_products"} else required)}
    if taken & {"paid_at", "created_at"}:
        derivable |= {"order_id"}
    lacking = required - taken - derivable
    missing = sum(1.0 for name in lacking if (table, name) not in NULLABLE_REQUIRED)
    return sum(each.confidence for each in found) - 2.0 * missing


def _left(headers: Sequence[str], at: int, why: Text) -> Guess:
    return Guess(header=headers[at], nth=_nth(headers, at), to=None, confidence=0.0,
                 reason=_plain(why))


def _plain(text: Text) -> Text:
    """Return a text whose braces are no placeholders."""
    return Text(zh=text.zh.replace("{", "{{").replace("}", "}}"),
                en=text.en.replace("{", "{{").replace("}", "}}"))


def _nth(headers: Sequence[str], at: int) -> int:
    return sum(folded(name) == folded(headers[at]) for name in headers[:at])
