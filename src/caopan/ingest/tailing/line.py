"""A line of a followed file becomes an event (逐行): JSON as it is, CSV by its head."""

from __future__ import annotations

import csv
from hashlib import blake2b
from typing import Any

import msgspec

from caopan.ingest.tailing.following import Block, Line

WHOLE = frozenset({"at", "count", "value", "quantity", "impressions", "entries"})
"""Fields that are whole numbers where they are written as digits."""
_DICT = msgspec.json.Decoder(dict[str, Any])


def body_of(block: Block, *, source: str) -> bytes:
    """Return the lines of a block as NDJSON.

    A line that cannot be read goes as it is: the room refuses it alone, and says why. One without
    an id gets one from the file's first line, its place and itself: read again it is the same.

    Args:
        block: whole lines.
        source: the tier of events that say none.
    """
    names, began = _names(block.first), blake2b(block.first + b"\0", digest_size=12)
    made = [_made(one, began, names, source) for one in block.lines if _counts(one, names)]
    return b"\n".join(made)


def _names(first: bytes) -> list[str] | None:
    """Return the column names of a CSV file; None where it is NDJSON."""
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return None
    text = first.decode("utf-8-sig", "replace")
    return [name.strip() for name in next(csv.reader([text]), [])]


def _counts(line: Line, names: list[str] | None) -> bool:
    return bool(line.body.strip()) and not (names is not None and line.offset == 0)


def _made(line: Line, began: blake2b, names: list[str] | None, source: str) -> bytes:
    try:
        found = _DICT.decode(line.body) if names is None else _row(line, names)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, csv.Error):
        return line.body
    if "id" not in found:
        digest = began.copy()
        digest.update(b"%d\0%b" % (line.offset, line.body))
        found["id"] = f"tail~{digest.hexdigest()}"
    found.setdefault("source", source)
    return msgspec.json.encode(found)


def _row(line: Line, names: list[str]) -> dict[str, Any]:
    cells = next(csv.reader([line.body.decode("utf-8", "replace")]), [])
    return {name: int(cell) if name in WHOLE and cell.isdecimal() else cell
            for name, cell in zip(names, (cell.strip() for cell in cells), strict=False) if cell}
