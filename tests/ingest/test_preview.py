"""What a person sees before mapping a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.ingest.messages import FileRefusedError
from caopan.ingest.preview import preview

TEXT = ("三月直播\n\n主播,开播时间,直播时长(小时),成交金额,客户手机\n"
        + "小美,2026-03-01 19:30,1.5,1.2万,138\n" * 20)


def test_the_first_rows_are_shown_with_a_guess_for_each_column(held: Callable[..., Any]) -> None:
    seen = preview(held(TEXT.encode("gb18030"), "三月.csv"))

    assert seen.header_row == 3
    assert seen.table == "sessions"
    assert seen.form == "CSV, gb18030"
    assert len(seen.rows) == 10
    assert [each.to for each in seen.guesses] == [
        "streamer_id", "started_at", "duration_seconds", "gmv", None]


def test_the_draft_reads_the_file_it_was_made_from(
    held: Callable[..., Any], reading: Callable[..., Any],
) -> None:
    seen = preview(held(TEXT.encode(), "三月.csv"))

    rows, found = reading(TEXT, layouts=(), mapping=seen.draft(name="三月"))

    session = rows["sessions"][0]
    assert (session["gmv"], session["streamer_id"]) == (1_200_000, "小美")
    assert (session["ended_at"] - session["started_at"]).total_seconds() == 5_400
    assert found.issues == []


def test_a_sheet_may_be_chosen(held: Callable[..., Any], workbook: Callable[..., Any]) -> None:
    body = workbook(说明=[["字段", "含义"], ["a", "b"]],
                    明细=[["订单编号", "付款时间"], ["1", "2026-03-01"]])

    assert preview(held(body), sheet="明细").table == "orders"
    assert preview(held(body)).sheet == "说明"


def test_a_file_without_a_header_cannot_be_previewed(held: Callable[..., Any]) -> None:
    with pytest.raises(FileRefusedError) as refused:
        preview(held(b"1,2\n3,4\n"))

    assert refused.value.message.key == "no_header"


def test_a_sheet_that_is_not_there_is_refused(
    held: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    with pytest.raises(FileRefusedError):
        preview(held(workbook(a=[["x", "y"]])), sheet="b")


def test_a_table_that_does_not_exist_is_refused_with_those_that_do(
    held: Callable[..., Any],
) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        preview(held(TEXT.encode(), "三月.csv"), table="nonsense")

    said = refusal.value.message
    assert said.key == "unknown_table"
    assert "nonsense" in said.say("zh")
    assert "sessions" in (said.advise("zh") or "")
