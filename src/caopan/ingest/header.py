"""Headers: compared as people read them, found among the first rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_NUMBERLIKE = re.compile(r"[\W\d_]*")
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of the columns (表头), and the last row they stand in (1-based)."""

    row: int
    names: tuple[str, ...]
    titles: tuple[str, ...]
    """The cells above that are not blank."""


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Return a header as it is compared: width, case and white space do not count.

    >>> folded("  Product  card ITEMS（sold） ")
    'product card items(sold)'
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name))
    return " ".join(plain.split()).casefold()


def candidates(head: Sequence[Sequence[str]]) -> Iterator[Header]:
    """Return every way to take one of the first rows, or two of them, for the header.

    >>> [found.row for found in candidates([["2026"], [], ["a", "b"], ["1", "2"]])]
    [3, 4, 4]
    """
    for at, row in enumerate(head):
        if sum(bool(cell.strip()) for cell in row) < _FEWEST:
            continue
        yield _header(head, at, at, row)
        if at and any(cell.strip() for cell in head[at - 1]):
            yield _header(head, at, at - 1, joined(head[at - 1], row))


def joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a header of two rows: the lower, with the upper where it tells apart.

    A blank upper cell belongs to the one before it (merged cells).

    >>> joined(["id", "live", ""], ["", "gmv", "gmv"])
    ('id', 'live gmv', 'live gmv')
    >>> joined(["", "live", "video"], ["id", "gmv", "gmv"])
    ('id', 'live gmv', 'video gmv')
    """
    tops: list[str] = []
    for at in range(len(lower)):
        cell = upper[at].strip() if at < len(upper) else ""
        tops.append(cell or (tops[-1] if tops else ""))
    plain = [cell.strip() for cell in lower]
    names = []
    for top, low in zip(tops, plain, strict=True):
        twice = plain.count(low) > 1
        names.append(f"{top} {low}".strip() if twice or not low else low)
    return tuple(names)


def guessed(head: Sequence[Sequence[str]]) -> Header | None:
    """Return the row that looks most like a header: wide, worded, without repeats, the first such.

    >>> guessed([["a title"], ["时间", "金额"], ["2026-03-01", "5"]]).names
    ('时间', '金额')
    """
    best, score = None, 0.0
    for found in candidates(head):
        words = [folded(name) for name in found.names if name.strip()]
        worded = [word for word in words if not _NUMBERLIKE.fullmatch(word)]
        value = len(set(worded)) - 0.5 * (len(words) - len(worded)) - 0.01 * found.row
        if value > score:
            best, score = found, value
    return best


def _header(head: Sequence[Sequence[str]], last: int, first: int,
            names: Sequence[str]) -> Header:
    return Header(row=last + 1, names=tuple(name.strip() for name in names),
                  titles=_titles(head[:first]))


def _titles(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(cell.strip() for row in rows for cell in row if cell.strip())
