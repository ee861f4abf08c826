"""Workbooks: sheets, cells, numbers of rows."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from caopan.facts.issue import Level
from caopan.ingest.limits import Limits
from caopan.ingest.messages import FileRefusedError
from caopan.ingest.problems import Problems
from caopan.ingest.sniff import Form
from caopan.ingest.spreadsheet import sheets

HEAD = ["场次ID", "主播", "开播时间", "成交金额"]


def test_the_sheets_that_hold_something_are_found(workbook: Callable[..., Any]) -> None:
    body = workbook(直播间明细=[HEAD, ["1", "a", "2026-03-01", 5]], empty=[])

    found = sheets(io.BytesIO(body), form=Form.XLSX)

    assert [sheet.sheet for sheet in found] == ["直播间明细"]
    assert found[0].head[1] == ["1", "a", "2026-03-01", "5"]


def test_rows_are_numbered_from_the_top_of_the_sheet(workbook: Callable[..., Any]) -> None:
    body = workbook(a=[[], ["title"], [], ["a", "b"], ["x", 1.5]])

    sheet = sheets(io.BytesIO(body), form=Form.XLSX)[0]
    block = next(sheet.blocks(after=4, width=2, problems=Problems(file="f")))

    assert sheet.head[3] == ["a", "b"]
    assert block.rows.tolist() == [5]
    assert block.columns[1].numbers.to_pylist() == [1.5]


def test_many_rows_come_in_stretches_without_a_gap(workbook: Callable[..., Any]) -> None:
    body = workbook(a=[["n"], *[[at] for at in range(45_000)]])

    sheet = sheets(io.BytesIO(body), form=Form.XLSX)[0]
    blocks = list(sheet.blocks(after=1, width=1, problems=Problems(file="f")))

    assert len(blocks) > 1
    assert [row for block in blocks for row in block.rows.tolist()] == list(range(2, 45_002))
    assert blocks[-1].columns[0].numbers[-1].as_py() == 44_999.0


def test_a_column_that_changes_its_kind_far_below_keeps_every_cell(
        workbook: Callable[..., Any]) -> None:
    body = workbook(a=[["n"], *[[at] for at in range(1_500)], ["--"], *[["x"]] * 1_000])

    sheet = sheets(io.BytesIO(body), form=Form.XLSX)[0]
    column = next(sheet.blocks(after=1, width=1, problems=Problems(file="f"))).columns[0]

    assert column.length == 2_501
    assert column.numbers.to_pylist() == [*map(float, range(1_500)), *[None] * 1_001]
    assert column.texts.to_pylist() == [*[None] * 1_500, "--", *["x"] * 1_000]


def test_a_workbook_is_read_through_the_front_door(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    body = workbook(a=[["2026-03-01 ~ 2026-03-31"], [], HEAD,
                       [71, "小美", datetime(2026, 3, 1, 19, 30), 12.5],  # noqa: DTZ001
                       ["72", "小美", date(2026, 3, 2), "¥1.2万"],
                       ["73", "小美", 46084.8125, "--"], ["", "", "", ""]])

    rows, found = reading(body)

    assert [(row["session_id"], row["gmv"]) for row in rows["sessions"]] == [
        ("71", 1_250), ("72", 1_200_000), ("73", None)]
    assert rows["sessions"][0]["started_at"] == datetime(2026, 3, 1, 11, 30, tzinfo=UTC)
    assert rows["sessions"][2]["started_at"] == datetime(2026, 3, 3, 11, 30, tzinfo=UTC)
    assert found.issues == []


def test_an_issue_names_the_sheet_and_the_row(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    _, found = reading(workbook(明细=[HEAD, ["1", "a", "2026-03-01", "x"]]))

    issue = found.issues[0]
    assert (issue.sheet, issue.row, issue.column) == ("明细", 2, "成交金额")


def test_an_id_that_the_spreadsheet_rounded_is_refused(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    rows, found = reading(workbook(a=[HEAD, [7348291044839201833, "a", "2026-03-01", 5],
                                      ["7348291044839201833", "a", "2026-03-01", 5]]))

    assert [row["session_id"] for row in rows["sessions"]] == ["7348291044839201833"]
    assert [(issue.row, issue.message.key) for issue in found.issues] == [(2, "damaged_id")]


def test_two_known_sheets_are_both_read_and_a_strange_one_is_named(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    rows, found = reading(workbook(
        三月=[HEAD, ["1", "a", "2026-03-01", 5]], 四月=[HEAD, ["2", "a", "2026-04-01", 5]],
        说明=[["字段", "含义"], ["成交金额", "元"]]))

    assert [row["session_id"] for row in rows["sessions"]] == ["1", "2"]
    assert [(issue.level, issue.sheet, issue.message.key) for issue in found.issues] == [
        (Level.WARNING, "说明", "sheet_skipped")]


def test_a_sheet_with_a_renamed_column_beside_a_good_one_is_an_error(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    rows, found = reading(workbook(
        三月=[HEAD, ["1", "a", "2026-03-01", 5]],
        四月=[[*HEAD[:3], "成交总额"], ["2", "a", "2026-04-01", 5]]))

    assert len(rows["sessions"]) == 1
    assert [(issue.level, issue.sheet, issue.message.key) for issue in found.issues] == [
        (Level.ERROR, "四月", "unknown_columns")]


def test_a_table_that_begins_inside_the_sheet_is_read(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    rows, found = reading(workbook(a=[[], [], [None, None, *HEAD],
                                      [None, None, "1", "a", "2026-03-01", 5],
                                      [None, None, "2", "a", "2026-03-01", "x"]]))

    assert [row["session_id"] for row in rows["sessions"]] == ["1"]
    assert [(issue.row, issue.column) for issue in found.issues] == [(5, "成交金额")]


def test_hidden_sheets_are_not_read(reading: Callable[..., Any]) -> None:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    hidden = book.create_sheet("hidden")
    for sheet in (book.active, hidden):
        sheet.append(HEAD)
        sheet.append(["1", sheet.title, "2026-03-01", 5])
    hidden.sheet_state = "hidden"
    book.save(buffer)

    rows, _ = reading(buffer.getvalue())

    assert [row["streamer_id"] for row in rows["sessions"]] == ["Sheet"]


def test_a_sheet_that_is_too_wide_is_refused(workbook: Callable[..., Any]) -> None:
    body = workbook(a=[["x"] * 30])

    with pytest.raises(FileRefusedError) as refused:
        sheets(io.BytesIO(body), form=Form.XLSX, limits=Limits(columns=20))

    assert refused.value.message.values == {"n": 30, "most": 20}


def test_the_collector_runs_again_after_each_stretch(workbook: Callable[..., Any]) -> None:
    import gc

    sheet = sheets(io.BytesIO(workbook(a=[["n"], [1]])), form=Form.XLSX)[0]

    for _ in sheet.blocks(after=1, width=1, problems=Problems(file="f")):
        assert gc.isenabled()
    assert gc.isenabled()
