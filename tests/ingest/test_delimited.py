"""Text tables: separator, head, rows and their numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.facts.issue import Issue
from caopan.ingest.delimited import Delimited, delimited
from caopan.ingest.messages import FileRefusedError
from caopan.ingest.problems import Problems


def rows_of(
    table: Delimited, *, after: int, width: int,
) -> tuple[list[tuple[str, ...]], list[int], list[Issue]]:
    problems = Problems(file="f")
    rows, numbers = [], []
    for block in table.blocks(after=after, width=width, problems=problems):
        rows += list(zip(*(cells.texts.to_pylist() for cells in block.columns), strict=True))
        numbers += block.rows.tolist()
    return rows, numbers, problems.issues


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_the_separator_is_found(held: Callable[..., Any], mark: str) -> None:
    text = f"标题\na{mark}b{mark}c\n1{mark}2{mark}3\n"

    table = delimited(held(text.encode()), encoding="utf-8")

    assert table.separator == mark
    assert table.head[1] == ["a", "b", "c"]


def test_commas_inside_quotes_do_not_mislead(held: Callable[..., Any]) -> None:
    text = 'a;b\n"1,2,3";"4,5,6"\n"7,8,9";x\n'

    assert delimited(held(text.encode()), encoding="utf-8").separator == ";"


def test_a_single_column_is_a_table_too(held: Callable[..., Any]) -> None:
    table = delimited(held(b"a\n1\n2\n"), encoding="utf-8")

    assert table.head == [["a"], ["1"], ["2"]]


def test_rows_keep_the_numbers_a_spreadsheet_shows(held: Callable[..., Any]) -> None:
    text = 'title\n\na,b\n1,2\n\n"x\ny",3\n4,5,6\n7,8\n'

    rows, numbers, issues = rows_of(delimited(held(text.encode()), encoding="utf-8"),
                                    after=3, width=2)

    assert rows == [("1", "2"), ("", ""), ("x\ny", "3"), ("7", "8")]
    assert numbers == [4, 5, 6, 8]
    assert [(issue.row, issue.value) for issue in issues] == [(7, "4,5,6")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(held: Callable[..., Any], ending: str) -> None:
    text = ending.join(["a,b", "1,2", "3,4", ""])

    rows, numbers, _ = rows_of(delimited(held(text.encode()), encoding="utf-8"),
                               after=1, width=2)

    assert rows == [("1", "2"), ("3", "4")]
    assert numbers == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_title_with_a_line_break_inside_does_not_shift_the_rows(
    held: Callable[..., Any], encoding: str,
) -> None:
    text = '"[日期]: 2026-03-01 ~ 2026-03-31\n"\n\n场次,金额\n一,2\n'

    table = delimited(held(text.encode(encoding)), encoding=encoding)
    rows, numbers, _ = rows_of(table, after=3, width=2)

    assert table.head[0] == ["[日期]: 2026-03-01 ~ 2026-03-31\n"]
    assert rows == [("一", "2")]
    assert numbers == [4]


def test_a_separator_at_the_end_of_every_row_is_forgiven(held: Callable[..., Any]) -> None:
    rows, _, issues = rows_of(delimited(held(b"a,b\n1,2,\n3,4,\n"), encoding="utf-8"),
                              after=1, width=2)

    assert rows == [("1", "2", ""), ("3", "4", "")]
    assert issues == []


def test_a_file_without_rows_has_none(held: Callable[..., Any]) -> None:
    table = delimited(held(b"a,b"), encoding="utf-8")

    assert rows_of(table, after=1, width=2) == ([], [], [])


def test_a_table_may_be_read_again(held: Callable[..., Any]) -> None:
    table = delimited(held(b"a,b\n1,2\n"), encoding="utf-8")

    assert rows_of(table, after=1, width=2) == rows_of(table, after=1, width=2)


def test_numbers_stay_right_through_many_blocks(held: Callable[..., Any]) -> None:
    wide = "y" * 900
    lines = [f"{at},{wide}" if at % 1_000 else f"{at}" for at in range(1, 20_001)]
    body = ("a,b\n" + "\n".join(lines) + "\n").encode()

    rows, numbers, issues = rows_of(delimited(held(body), encoding="utf-8"), after=1, width=2)

    assert len(body) > 16 * 2**20
    assert len(issues) == 20
    assert all(int(row[0]) + 1 == number for row, number in zip(rows, numbers, strict=True))


def test_control_characters_are_no_text(held: Callable[..., Any]) -> None:
    with pytest.raises(FileRefusedError) as refused:
        delimited(held(b"a,b\n\x01\x02\x03\x04\n"), encoding="utf-8")

    assert refused.value.message.values["line"] == 2


def test_the_form_names_the_encoding(held: Callable[..., Any]) -> None:
    assert delimited(held("a\tb\n一\t2\n".encode("gb18030")), encoding="gb18030").form == (
        "TSV, gb18030")
