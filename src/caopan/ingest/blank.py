"""Cell texts that mean nothing was there."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

TEXT = ("", "-", "--", "---", "—", "——", "–", "NULL", "null", r"\N", "N/A", "n/a", "#N/A")
"""Null in every column (空值)."""
NUMBER = (*TEXT, "/", "无", "暂无", "不适用", "None", "NA", "na", "-%", "--%", "·")
"""Null in columns of numbers, times and durations. ``NaN`` is not here: it is refused."""


def emptied(texts: pa.Array, *, words: tuple[str, ...] = TEXT) -> pa.Array:
    """Return the texts with the words for nothing turned into null.

    >>> emptied(pa.array(["--", "a", ""])).to_pylist()
    [None, 'a', None]
    """
    empty = pc.is_in(texts, pa.array(words))
    if not pc.any(empty).as_py():
        return texts
    return pc.if_else(empty, pa.scalar(None, pa.string()), texts)


def trimmed(texts: pa.Array, *, words: tuple[str, ...] = TEXT) -> pa.Array:
    """Return the texts without white space at their ends, nothing as null.

    >>> trimmed(pa.array([" a ", " - "])).to_pylist()
    ['a', None]
    """
    return emptied(pc.utf8_trim_whitespace(texts), words=words)
