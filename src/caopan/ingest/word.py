"""Words, choices, flags and currency codes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest import blank
from caopan.ingest.cells import Cells
from caopan.ingest.distinct import Read
from caopan.ingest.fault import Codes, Fault, clean
from caopan.units.money import CURRENCIES

_YES = ("true", "1", "yes", "y", "t", "是", "有", "✓")
_NO = ("false", "0", "no", "n", "f", "否", "无", "×")


def text(cells: Cells, *, blanks: tuple[str, ...] = ()) -> Read:
    """Return words as text, blank as null; no text is refused.

    >>> text(Cells(length=2, texts=pa.array([" 福利款 ", "-"])))[0].to_pylist()
    ['福利款', None]
    """
    words = blank.trimmed(cells.all_text(), words=(*blank.TEXT, *blanks))
    return words, clean(cells.length)


def words(cells: Cells, *, blanks: tuple[str, ...] = ()) -> Read:
    """Return several words in one cell, separated by ``;`` whatever the file used.

    >>> words(Cells(length=1, texts=pa.array(["7天无理由； 运费险"])))[0].to_pylist()
    ['7天无理由;运费险']
    """
    found, codes = text(cells, blanks=blanks)
    return pc.replace_substring_regex(found, r"\s*[;；、]\s*", ";"), codes


def choice(cells: Cells, *, choices: tuple[str, ...], blanks: tuple[str, ...] = ()) -> Read:
    """Return words of a closed list, whatever their case.

    >>> found = choice(Cells(length=2, texts=pa.array(["s", "Z"])), choices=("S", "A"))
    >>> found[0].to_pylist(), Fault(found[1][1]).name
    (['S', None], 'UNKNOWN_CHOICE')
    """
    found, _ = text(cells, blanks=blanks)
    lowered = pa.array([word.lower() for word in choices])
    at = pc.index_in(pc.utf8_lower(found), lowered)
    return pa.array(choices).take(at), _lost(found, at, Fault.UNKNOWN_CHOICE)


def flag(cells: Cells, *, blanks: tuple[str, ...] = ()) -> Read:
    """Return yes or no.

    >>> flag(Cells(length=2, texts=pa.array(["是", "false"])))[0].to_pylist()
    [True, False]
    """
    empty = tuple(word for word in blank.TEXT if word not in _NO)
    found = blank.trimmed(cells.all_text(), words=(*empty, *blanks))
    at = pc.index_in(pc.utf8_lower(found), pa.array(_YES + _NO))
    return pc.less(at, len(_YES)), _lost(found, at, Fault.UNREADABLE_FLAG)


def currency(cells: Cells, *, blanks: tuple[str, ...] = ()) -> Read:
    """Return ISO 4217 codes.

    >>> currency(Cells(length=1, texts=pa.array(["idr"])))[0].to_pylist()
    ['IDR']
    """
    found = pc.utf8_upper(text(cells, blanks=blanks)[0])
    known = pa.array(sorted(CURRENCIES))
    at = pc.index_in(found, known)
    return known.take(at), _lost(found, at, Fault.UNKNOWN_CURRENCY)


def _lost(found: pa.Array, at: pa.Array, fault: Fault) -> Codes:
    lost = np.asarray(pc.and_(found.is_valid(), at.is_null()))
    return lost.astype(np.uint8) * np.uint8(fault)
