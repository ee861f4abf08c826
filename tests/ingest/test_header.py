"""Headers compared as people read them, and found among the first rows."""

from __future__ import annotations

import pytest

from caopan.ingest.header import candidates, folded, guessed, joined


@pytest.mark.parametrize(("written", "compared"), [
    ("  GMV ", "gmv"),
    ("Product  card items sold", "product card items sold"),
    ("直播时长（分钟）", "直播时长(分钟)"),
    ("收货地址 ", "收货地址"), ("\ufeff订单编号", "订单编号"),
    ("成交\n金额", "成交 金额"), ("\uff27\uff4d\uff56", "gmv"), ("a\u200bb", "ab"),
])
def test_width_case_and_white_space_do_not_count(written: str, compared: str) -> None:
    assert folded(written) == compared


def test_titles_are_the_cells_above_in_reading_order() -> None:
    head = [["2026-03-16 ~ 2026-04-12", ""], [], ["店铺", "甲"], ["a", "b"]]

    last = list(candidates(head))[-2]

    assert last.row == 4
    assert last.titles == ("2026-03-16 ~ 2026-04-12", "店铺", "甲")


def test_a_header_of_two_rows_takes_the_upper_where_the_lower_repeats() -> None:
    assert joined(["ID", "Shop tab", "", "LIVE", ""], ["", "GMV", "Orders", "GMV", "Views"]) == (
        "ID", "Shop tab GMV", "Orders", "LIVE GMV", "Views")


def test_a_lower_row_longer_than_the_upper_is_no_trouble() -> None:
    assert joined(["直播"], ["场次", "金额", "金额"]) == ("场次", "直播 金额", "直播 金额")


@pytest.mark.parametrize(("head", "row"), [
    ([["2026 年 3 月报表"], [], ["场次", "金额"], ["一", "5"]], 3),
    ([["场次", "金额"], ["一", "5"], ["二", "6"]], 1),
    ([["", ""], ["Durasi", "Penonton"], ["7.9", "19"]], 2),
    ([["id", "name", "note"], ["1", "x", "y"], ["2", "p", "q"]], 1),
])
def test_the_header_is_the_first_wide_row_of_words(head: list[list[str]], row: int) -> None:
    assert guessed(head).row == row


def test_no_header_is_said_to_be_none() -> None:
    assert guessed([["1", "2"], ["3", "4"]]) is None
    assert guessed([]) is None
