"""What a person wrote in place of a cell is read; the file stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caopan.ingest.correction import Correction, place

TEXT = ("场次ID,主播,开播时间,成交金额\n"
        "a1,小美,2026-03-01 19:30,约五百\n"
        "a2,小美,2026-03-02 19:30,12\n"
        "a3,小美,2026-03-03 19:30,约五百\n")


def one(row: int, column: str, old: str, new: str, *, sheet: str | None = None,
        alike: bool = False) -> Correction:
    return Correction(file="shows.csv", sheet=sheet, row=row, column=column, old=old, new=new,
                      alike=alike)


def test_a_corrected_cell_is_read_in_place_of_what_stands_there(
        reading: Callable[..., Any]) -> None:
    rows, found = reading(TEXT, corrections=(one(2, "成交金额", "约五百", "3.50"),))

    assert [(row["session_id"], row["gmv"]) for row in rows["sessions"]] == [
        ("a1", 350), ("a2", 1200)]
    assert [issue.row for issue in found.issues] == [4]


def test_an_emptied_cell_says_nothing_and_alike_ones_go_with_it(
        reading: Callable[..., Any]) -> None:
    rows, found = reading(TEXT, corrections=(
        one(2, "成交金额", "约五百", "", alike=True),))

    assert [row["gmv"] for row in rows["sessions"]] == [None, 1200, None]
    assert found.issues == []


def test_a_damaged_id_of_a_workbook_is_typed_anew(
        reading: Callable[..., Any], workbook: Callable[..., Any]) -> None:
    body = workbook(表=[["场次ID", "主播", "开播时间", "成交金额"],
                       [7301234567890123776.0, "小美", "2026-03-01 19:30", 5.0]])
    fixed = one(2, "场次ID", "7301234567890123776", "7301234567890123456", sheet="表")

    _, damaged = reading(body)
    rows, found = reading(body, corrections=(fixed,))

    assert damaged.issues[0].message.key == "damaged_id"
    assert rows["sessions"][0]["session_id"] == "7301234567890123456"
    assert found.issues == []


def test_a_correction_of_another_file_or_sheet_changes_nothing(
        reading: Callable[..., Any]) -> None:
    plain, _ = reading(TEXT)

    rows, _ = reading(TEXT, corrections=(
        one(2, "成交金额", "约五百", "1", sheet="another"),
        Correction(file="other.csv", row=2, column="成交金额", old="约五百", new="1")))

    assert rows == plain


def test_a_year_of_a_corrected_date_counts_for_the_rest(reading: Callable[..., Any]) -> None:
    text = TEXT.replace("约五百", "1").replace("2026-03-01 19:30", "昨晚")

    rows, found = reading(text, corrections=(one(2, "开播时间", "昨晚", "2026-03-01 19:30"),))

    assert len(rows["sessions"]) == 3
    assert found.issues == []


def test_a_column_that_stands_twice_is_not_meant() -> None:
    assert place("金额", headers=["金额", "单号", " 金额 "]) is None
    assert place("单号", headers=["金额", "单号"]) == 1


def test_what_is_about_a_person_is_not_told() -> None:
    private = Correction(file="a", row=2, column="买家", old="张三", new="李四", private=True)

    assert (private.document()["old"], private.document()["new"]) == ("•••", "•••")
