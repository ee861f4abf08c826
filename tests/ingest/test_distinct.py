"""Each distinct text is read once; blanks are null."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest.blank import NUMBER, TEXT, emptied, trimmed
from caopan.ingest.distinct import Read, castable, one_by_one, over_distinct
from caopan.ingest.fault import Fault, clean, worst


def lengths(seen: pa.Array) -> Read:
    return pc.utf8_length(seen), clean(len(seen))


def test_few_texts_are_asked_once_each() -> None:
    asked: list[int] = []

    def read(seen: pa.Array) -> Read:
        asked.append(len(seen))
        return lengths(seen)

    values, codes = over_distinct(pa.array(["aa", None, "b", "aa"] * 100), read)

    assert asked == [2]
    assert values.to_pylist()[:4] == [2, None, 1, 2]
    assert not codes.any()


def test_many_texts_are_read_straight() -> None:
    texts = pa.array([str(at) for at in range(2_000)])
    asked: list[pa.Array] = []

    def read(seen: pa.Array) -> Read:
        asked.append(seen)
        return lengths(seen)

    values, _ = over_distinct(texts, read)

    assert asked[0] is texts
    assert len(values) == 2_000


def test_faults_follow_their_texts() -> None:
    def read(seen: pa.Array) -> Read:
        return one_by_one(seen, pa.int64(), lambda text: int(text) if text.isdigit()
                          else Fault.UNREADABLE_NUMBER)

    values, codes = over_distinct(pa.array(["1", "x", None, "x"]), read)

    assert values.to_pylist() == [1, None, None, None]
    assert codes.tolist() == [0, 1, 0, 1]


def test_the_first_texts_decide_whether_a_cast_is_tried() -> None:
    assert castable(pa.array(["1"] * 1_000 + ["x"]), pa.int64())
    assert not castable(pa.array(["x"]), pa.int64())


def test_words_for_nothing_are_null_with_and_without_white_space() -> None:
    assert emptied(pa.array(["-", " - ", "a"])).to_pylist() == [None, " - ", "a"]
    assert trimmed(pa.array([" - ", "\u3000a\t", "无"])).to_pylist() == [None, "a", "无"]
    assert trimmed(pa.array(["无"]), words=NUMBER).to_pylist() == [None]
    assert set(TEXT) <= set(NUMBER)
    assert "NaN" not in NUMBER


def test_the_first_fault_of_a_cell_stays() -> None:
    first, second = np.array([0, 7], np.uint8), np.array([3, 9], np.uint8)

    assert worst(first, second).tolist() == [3, 7]
