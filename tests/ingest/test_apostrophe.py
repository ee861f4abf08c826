"""What an export adds before a formula comes off again, once, and only from text columns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from caopan.facts.schema import FORMULA_STARTS
from caopan.ingest.apostrophe import taken_off, without
from caopan.ingest.cells import Cells
from caopan.ingest.column import reader
from caopan.ingest.grid import Block
from caopan.ingest.layout import Field


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_exactly_one_apostrophe_comes_off(start: str) -> None:
    texts = pa.array([f"'{start}x", f"''{start}x", f"{start}x", f"x'{start}"])

    assert taken_off(texts).to_pylist() == [f"{start}x", f"'{start}x", f"{start}x", f"x'{start}"]


def test_an_apostrophe_before_anything_else_is_part_of_the_text() -> None:
    texts = pa.array(["'tis", "'", "''", "' =1", None, ""])

    assert taken_off(texts).equals(texts)


def test_a_column_without_apostrophes_is_the_very_same() -> None:
    texts = pa.array(["=1", None])

    assert taken_off(texts) is texts


def test_a_column_of_nothing_stays() -> None:
    assert taken_off(pa.array([], pa.string())).to_pylist() == []
    assert taken_off(pa.nulls(2, pa.string())).to_pylist() == [None, None]


def test_numbers_and_moments_keep_their_cells() -> None:
    texts = Cells(length=1, texts=pa.array(["'-5"]))
    numbers = Cells(length=1, numbers=pa.array([5.0]))
    bound = [(reader(Field(header=to, to=to), table="sessions"), at)
             for at, to in enumerate(["title", "gmv", "started_at", "campaign_id"])]

    block = without(Block(columns=(texts, texts, texts, numbers), rows=np.array([2])), bound=bound)

    assert [cells.shown(0) for cells in block.columns] == ["-5", "'-5", "'-5", "5"]
