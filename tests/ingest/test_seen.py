"""Keys are counted over the stretches of a file."""

from __future__ import annotations

import pyarrow as pa

from caopan.ingest.identifier import derived
from caopan.ingest.seen import Seen


def keys(*names: str) -> pa.Array:
    return derived("o", [pa.array(names, pa.string())])


def test_a_key_counts_from_the_next_stretch_on() -> None:
    seen = Seen()

    assert seen.counted(keys("a", "b", "a")).tolist() == [0, 0, 0]
    assert seen.counted(keys("c", "a", "b")).tolist() == [0, 2, 1]
    assert seen.counted(keys("a", "c")).tolist() == [3, 1]


def test_an_empty_stretch_changes_nothing() -> None:
    seen = Seen()
    seen.counted(keys("a"))

    assert seen.counted(keys()).tolist() == []
    assert seen.counted(keys("a")).tolist() == [1]


def test_two_files_do_not_know_each_other() -> None:
    Seen().counted(keys("a"))

    assert Seen().counted(keys("a")).tolist() == [0]
