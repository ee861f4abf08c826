from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from caopan.facts.issue import Issue

RowsOf = Callable[..., tuple[str | None, dict[str, list[dict[str, Any]]], list[Issue]]]
Cells = list[list[Any]]


def sample(golden: Path) -> Cells:
    """Return the cells of the sample export."""
    book = python_calamine.CalamineWorkbook.from_path(str(golden / "douyin_sessions.xlsx"))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def write(path: Path, rows: Cells) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("直播间明细")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def test_an_account_id_that_a_spreadsheet_rounded_is_an_error_not_a_guess(
    golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    rows = sample(golden)
    rows[1][2] = 7.93123455140012e17

    _, tables, issues = rows_of(write(tmp_path / "export.xlsx", rows))

    assert len(tables["sessions"]) == 2
    errors = [issue for issue in issues if issue.level == "error"]
    assert [(issue.row, issue.column) for issue in errors] == [(2, "主播抖音号")]


def test_a_short_account_number_is_read_as_text(
    golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    rows = sample(golden)
    rows[1][2] = 79312345514.0

    _, tables, _ = rows_of(write(tmp_path / "export.xlsx", rows))

    assert {row["streamer_id"] for row in tables["sessions"]} == {"79312345514", "amei_2026"}


def test_a_dash_is_unknown_and_never_zero(golden: Path, tmp_path: Path, rows_of: RowsOf) -> None:
    rows = sample(golden)
    header = rows[0]
    for name in ("直播间成交金额", "直播间退款金额", "投放消耗(店铺被投)", "新增粉丝数"):
        rows[1][header.index(name)] = "-"

    _, tables, issues = rows_of(write(tmp_path / "export.xlsx", rows))

    first = tables["sessions"][0]
    assert not {"gmv", "refund_amount", "ad_spend", "new_followers"} & set(first)
    assert all(issue.level == "warning" for issue in issues)


def test_the_three_bases_of_money_stay_apart(golden: Path, rows_of: RowsOf) -> None:
    _, tables, _ = rows_of(golden / "douyin_sessions.xlsx")

    first = tables["sessions"][0]
    assert (first["gmv"], first["x_user_paid"], first["x_net_gmv"]) == (
        "61045.30", "59847.17", "50512.9")


def test_a_newer_export_has_one_more_column(
    golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    rows = [[*row[:11], "直播激励观看次数" if place == 0 else "-", *row[11:]]
            for place, row in enumerate(sample(golden))]

    layout, tables, _ = rows_of(write(tmp_path / "export.xlsx", rows))

    assert layout == "douyin.sessions"
    assert len(tables["sessions"]) == 3


def test_full_width_brackets_in_headers_do_not_matter(
    golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    rows = sample(golden)
    rows[0] = [cell.replace("(", "（").replace(")", "）") for cell in rows[0]]

    layout, tables, _ = rows_of(write(tmp_path / "export.xlsx", rows))

    assert (layout, len(tables["sessions"])) == ("douyin.sessions", 3)


def test_the_order_of_the_export_does_not_matter(
    golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    rows = sample(golden)
    turned = write(tmp_path / "export.xlsx", [rows[0], *rows[:0:-1]])

    straight = rows_of(golden / "douyin_sessions.xlsx")[1]["sessions"]
    backwards = rows_of(turned)[1]["sessions"]

    assert sorted(straight, key=str) == sorted(backwards, key=str)
