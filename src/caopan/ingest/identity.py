"""Keys for rows whose file has none: derived from what stays the same, never from the row number.

A derived key is a hash of the parts that make a row what it is. Rows equal in everything are one
row; different rows with the same parts are both kept, told apart by their rank among themselves.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

DIGITS = 20
"""Hexadecimal digits of a derived key: 80 bits, no collision among billions of rows."""


def derived(kind: str, parts: Sequence[object]) -> str:
    """Return the key that the parts make, behind its kind.

    Instants count as UTC, so the zone a file was written in does not matter; None is a part too.

    >>> derived("session", ["tiktok", "shop", datetime(2026, 4, 6, 9, tzinfo=UTC), None])
    'session-140536ff264dac1c00a3'
    """
    text = "\x1f".join("\x00" if part is None else _said(part) for part in parts)
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"


def ranked(keys: Iterable[str]) -> list[str]:
    """Return the keys with ``-2``, ``-3`` … behind the second and later of equal ones.

    >>> ranked(["a", "b", "a"])
    ['a', 'b', 'a-2']
    """
    seen: Counter[str] = Counter()
    result = []
    for key in keys:
        seen[key] += 1
        result.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return result


def plain(text: str) -> str:
    """Return a title folded for comparison: width, case and runs of white space do not count.

    >>> plain("  SPRING  Sale ")
    'spring sale'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _said(part: object) -> str:
    if isinstance(part, datetime):
        return part.astimezone(UTC).isoformat()
    if isinstance(part, date):
        return part.isoformat()
    return repr(part) if isinstance(part, float) else str(part)
