"""The apostrophe (单引号) that an export puts before text a spreadsheet could run, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import FORMULA_START
from caopan.ingest.cells import Cells
from caopan.ingest.grid import Block
from caopan.ingest.settle import Bound

_WRITTEN = f"^'+{FORMULA_START}"
_TEXTS = frozenset({"text", "words", "choice", "id", "buyer", "own_buyer", "currency"})
"""The readers whose cells an export writes as text."""


def taken_off(texts: pa.Array) -> pa.Array:
    """Return texts as they were before the export made them safe to open.

    >>> taken_off(pa.array(["'=1+1", "''-", "-5", "'tis", None])).to_pylist()
    ['=1+1', "'-", '-5', "'tis", None]
    """
    if not pc.any(pc.starts_with(texts, "'")).as_py():
        return texts
    added = pc.match_substring_regex(texts, _WRITTEN)
    return pc.if_else(added, pc.utf8_slice_codeunits(texts, 1), texts)


def without(block: Block, *, bound: Sequence[Bound]) -> Block:
    """Return a stretch of canonical CSV with the apostrophes of its text columns taken off."""
    places = {at for how, at in bound if how.name in _TEXTS}
    return Block(rows=block.rows, columns=tuple(
        _without(cells) if at in places else cells for at, cells in enumerate(block.columns)))


def _without(cells: Cells) -> Cells:
    return cells if cells.texts is None else replace(cells, texts=taken_off(cells.texts))
