from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from caopan.facts.issue import Level
from caopan.ingest.problems import Problems
from caopan.ingest.twins import told_apart, unique


def test_rows_equal_in_everything_count_once_and_the_warning_counts_them() -> None:
    rows = pa.table({"host": ["a", "a", "b", "a"], "gmv": [5, 5, 5, None],
                     "_row": [2, 3, 4, 5]})
    problems = Problems(file="f.csv")

    kept = unique(rows, problems=problems)

    assert kept["_row"].to_pylist() == [2, 4, 5]
    assert [(issue.level, issue.message.key, issue.message.values) for issue in problems.issues] \
        == [(Level.WARNING, "equal_rows", {"n": 1})]


def test_null_equals_null_and_differs_from_zero() -> None:
    rows = pa.table({"gmv": pa.array([None, None, 0], pa.int64()), "_row": [2, 3, 4]})

    assert unique(rows, problems=Problems(file="f.csv"))["_row"].to_pylist() == [2, 4]


def test_rows_without_twins_are_handed_back_without_a_word() -> None:
    rows = pa.table({"gmv": [1, 2], "_row": [2, 3]})
    problems = Problems(file="f.csv")

    assert unique(rows, problems=problems).equals(rows)
    assert problems.issues == []


def test_an_empty_file_has_no_twins() -> None:
    rows = pa.table({"gmv": pa.array([], pa.int64()), "_row": pa.array([], pa.int64())})

    assert unique(rows, problems=Problems(file="f.csv")).num_rows == 0


def test_different_rows_under_one_key_are_ranked_by_what_they_hold() -> None:
    keys = pa.array(["k", "k", "k", "m"])
    rows = pa.table({"gmv": [10, None, 30, 1], "views": [1, 2, 3, 4]})

    assert told_apart(keys, rows, by=["gmv", "views"]).to_pylist() == ["k-2", "k-3", "k", "m"]


def test_shared_keys_are_counted_in_one_warning_where_it_matters() -> None:
    problems = Problems(file="f.csv")

    told_apart(pa.array(["k", "k", "k"]), pa.table({"gmv": [1, 2, 3]}), by=["gmv"],
               problems=problems)

    assert [(i.message.key, i.message.values) for i in problems.issues] == [
        ("shared_key", {"n": 2})]


def test_a_column_that_is_not_there_does_not_rank() -> None:
    rows = pa.table({"gmv": [1, 2]})

    assert told_apart(pa.array(["k", "k"]), rows, by=["orders", "gmv"]).to_pylist() == ["k-2", "k"]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), unique=True, min_size=1))
def test_the_order_of_the_rows_does_not_change_anybodys_key(rows: list[tuple[str, int]]) -> None:
    def keyed(ordered: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
        keys = told_apart(pa.array([key for key, _ in ordered]),
                          pa.table({"gmv": [gmv for _, gmv in ordered]}), by=["gmv"])
        return dict(zip(ordered, keys.to_pylist(), strict=True))

    assert keyed(rows) == keyed(rows[::-1])
    assert len(set(keyed(rows).values())) == len(rows)


def test_rows_alike_in_what_ranks_them_are_ranked_by_the_rest() -> None:
    rows = pa.table({"gmv": [5, 5], "likes": [1, 2], "_row": [2, 3]})
    turned = rows.take([1, 0]).set_column(2, "_row", pa.array([2, 3]))
    keys = pa.array(["k", "k"])

    one = dict(zip(rows["likes"].to_pylist(),
                   told_apart(keys, rows, by=["gmv"]).to_pylist(), strict=True))
    other = dict(zip(turned["likes"].to_pylist(),
                     told_apart(keys, turned, by=["gmv"]).to_pylist(), strict=True))

    assert one == other
