"""A document as JSON text: Chinese stays readable, instants and paths become text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath


def encoded(document: object, *, indent: int | None = None) -> str:
    """Return a document as JSON.

    >>> from datetime import date
    >>> encoded({"day": date(2026, 3, 1), "city": "义乌"})
    '{"day": "2026-03-01", "city": "义乌"}'
    """
    if indent is None:
        return _ONE_LINE(document)
    return json.dumps(document, ensure_ascii=False, indent=indent, default=plain)


def rows_encoded(head: Mapping[str, object], name: str,
                 rows: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a document whose last field is a long list, an entry of JSON a line.

    >>> rows = map(encoded, [{"a": 1}, {"a": 2}])
    >>> print("".join(rows_encoded({"synthetic": True}, "subjects", rows)), end="")
    {"synthetic": true, "subjects": [
    {"a": 1},
    {"a": 2}
    ]}
    """
    yield encoded({**head, name: []}).removesuffix("]}")
    between = "\n"
    for row in rows:
        yield between + row
        between = ",\n"
    yield "\n]}\n"


def plain(value: object) -> str:
    """Return what JSON has no word for as text.

    >>> from pathlib import PurePosixPath
    >>> plain(PurePosixPath("a/b"))
    'a/b'
    """
    if isinstance(value, PurePath):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)


_ONE_LINE = json.JSONEncoder(ensure_ascii=False, default=plain).encode
"""Made once: ``json.dumps`` makes an encoder a call."""
