"""Ids: read as text, damage by spreadsheets found, hashed or derived."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.buyer import HASH_LENGTH, HASH_MARK, hashed_name
from caopan.ingest import blank
from caopan.ingest.cells import Cells
from caopan.ingest.distinct import Read
from caopan.ingest.fault import Codes, Fault, clean
from caopan.ingest.marks import holds

EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number: a longer numeric id ending in 0 has lost its end."""
_INEXACT = 2**53
"""From here on a double cannot tell neighbours apart."""
DERIVED_LENGTH = 20

_EXPONENT = r"^[+-]?\d+(\.\d+)?[eE]\+?\d+$"
_LONG = 16
"""Digits of a number that a spreadsheet does not keep whole."""
_HASHED = rf"^{HASH_MARK}[0-9a-f]{{{HASH_LENGTH}}}$"
_CUT = re.compile(r"\d{15}0+")
_FEWEST = 3
"""Long ids needed before zeros at every end count as damage."""
_PROBED = 1_000
"""Long ids looked at first: one that keeps its end clears the column."""


def read(cells: Cells, *, blanks: tuple[str, ...] = ()) -> Read:
    """Return ids as text (shape (n,)) and the fault of each row.

    >>> cells = Cells(length=2, texts=pa.array([" 7201 ", "1.23457E+17"]))
    >>> values, codes = read(cells)
    >>> values.to_pylist(), Fault(codes[1]).name
    (['7201', None], 'DAMAGED_ID')
    """
    texts, codes = pa.nulls(cells.length, pa.string()), clean(cells.length)
    if cells.texts is not None:
        texts = blank.trimmed(cells.texts, words=(*blank.TEXT, *blanks))
        codes = _cut_texts(texts)
    if cells.numbers is not None:
        floating = pa.types.is_floating(cells.numbers.type)
        damaged = _cut_numbers(cells.numbers) if floating else clean(cells.length)
        texts = pc.coalesce(_worded(cells.numbers), texts)
        codes = np.where(damaged, damaged, codes)
    rest = Cells(length=cells.length, moments=cells.moments, spans=cells.spans, flags=cells.flags)
    texts = pc.coalesce(texts, rest.all_text())
    if codes.any():
        texts = pc.if_else(pa.array(codes > 0), pa.scalar(None, pa.string()), texts)
    return texts, codes


def hashed(ids: pa.Array, *, salt: bytes) -> pa.Array:
    """Return a keyed hash of each id (``b-`` and 32 hex digits of HMAC-SHA256); null stays null.

    >>> hashed(pa.array(["buyer", None]), salt=b"s").to_pylist()
    ['b-aa38ad8737f97624428dd8c91f4cf7bf', None]
    """
    encoded = ids.dictionary_encode()
    names = pa.array([hashed_name(name, salt=salt) for name in encoded.dictionary.to_pylist()],
                     pa.string())
    return names.take(encoded.indices)


def hashed_once(ids: pa.Array, *, salt: bytes) -> pa.Array:
    """Return the ids as ``hashed`` does, those that are hashes already as they are.

    For files this product wrote itself; a file from elsewhere is hashed whatever its ids look like.

    >>> first = hashed(pa.array(["buyer"]), salt=b"s")
    >>> hashed_once(first, salt=b"another").equals(first)
    True
    """
    if not len(ids) or ids.null_count == len(ids):
        return ids
    known = pc.match_substring_regex(ids, _HASHED)
    if pc.all(known).as_py():
        return ids
    strange = pc.if_else(known, pa.scalar(None, pa.string()), ids)
    return pc.coalesce(hashed(strange, salt=salt), ids)


def derived(prefix: str, columns: Sequence[pa.Array | pa.ChunkedArray]) -> pa.Array:
    """Return one stable id for each row from its values: equal rows, equal ids.

    >>> derived("s", [pa.array(["a", "a"]), pa.array([1, 1])]).to_pylist()[0][:4]
    's-83'
    """
    words = [pc.coalesce(_plain(column).cast(pa.string()), "\x00") for column in columns]
    joined = pc.binary_join_element_wise(*words, "\x1f")
    encoded = joined.dictionary_encode()
    names = pa.array([f"{prefix}-{_digest(text)}" for text in encoded.dictionary.to_pylist()],
                     pa.string())
    return names.take(encoded.indices)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DERIVED_LENGTH]


def _plain(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _cut_texts(texts: pa.Array) -> Codes:
    """Find exponents, and columns whose every long id ends in the zeros a spreadsheet leaves."""
    codes = clean(len(texts))
    if holds(texts, b"eE"):
        damaged = pc.match_substring_regex(texts, _EXPONENT).fill_null(fill_value=False)
        codes[np.asarray(damaged)] = Fault.DAMAGED_ID
    long = pc.and_(pc.ascii_is_decimal(texts), pc.greater_equal(pc.binary_length(texts), _LONG)
                   ).fill_null(fill_value=False)
    ids = texts.filter(long)
    if pc.all(pc.ends_with(ids[:_PROBED], "0")).as_py():
        seen = pc.unique(ids).to_pylist()
        if len(seen) >= _FEWEST and all(_CUT.fullmatch(text) for text in seen):
            codes[np.asarray(long)] = Fault.DAMAGED_ID
    return codes


def _cut_numbers(numbers: pa.Array) -> Codes:
    values = np.abs(numbers.fill_null(0).to_numpy(zero_copy_only=False))
    damaged = (values >= _INEXACT) | ((values >= EXACT) & (values % 10 == 0))
    return np.where(damaged, np.uint8(Fault.DAMAGED_ID), np.uint8(0))


def _worded(numbers: pa.Array) -> pa.Array:
    if pa.types.is_floating(numbers.type):
        values = numbers.fill_null(0).to_numpy(zero_copy_only=False)
        if (np.abs(values) < _INEXACT).all() and (values == np.trunc(values)).all():
            return numbers.cast(pa.int64()).cast(pa.string())
    return Cells(length=len(numbers), numbers=numbers).all_text()
