"""Which layout a table follows, and what is said where none fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from caopan.ingest.catalogue import layouts
from caopan.ingest.delimited import Delimited, delimited
from caopan.ingest.layout import Layout
from caopan.ingest.messages import FileRefusedError
from caopan.ingest.recognise import Recognised, recognise, wanted
from caopan.units.message import Message


def table(held: Callable[..., Any], text: str) -> Delimited:
    return delimited(held(text.encode()), encoding="utf-8")


def test_the_header_is_found_below_titles_and_by_name_only(
    held: Callable[..., Any], shows: Layout,
) -> None:
    grid = table(held, "报表\n2026-03-01 ~ 2026-03-31\n\n成交金额,场次id,主播,开播时间\n5,1,a,x\n")

    found = recognise(grid, layouts=[shows], file="any name.pdf")

    assert isinstance(found, Recognised)
    assert found.fit.header.row == 4
    assert found.fit.header.titles == ("报表", "2026-03-01 ~ 2026-03-31")


def test_a_header_of_two_rows_is_recognised_joined(held: Callable[..., Any], shows: Layout) -> None:
    grid = table(held, "场次ID,主播,开播时间,直播,\n,,,成交金额,观看人数\n1,a,2026-03-01,5,6\n")

    found = recognise(grid, layouts=[shows], file="f")

    assert isinstance(found, Recognised)
    assert found.fit.header.row == 2
    assert len(found.fit.bindings) == 5


def test_the_difference_is_to_the_nearest_layout(held: Callable[..., Any], shows: Layout) -> None:
    far = replace(shows, name="test.far", fields=shows.fields[:2])
    grid = table(held, "场次ID,主播,开播时间,成交总额\n1,a,x,5\n")

    why = recognise(grid, layouts=[far, shows], file="f")

    assert why.key == "unknown_columns"
    assert why.values["layout"] == "test.shows"
    assert why.values["missing"] == "“成交金额”"
    assert why.values["unknown"] == "“成交总额” → “成交金额”?"


def test_a_long_difference_is_cut_and_counted(held: Callable[..., Any], shows: Layout) -> None:
    names = ",".join(f"c{at}" for at in range(30))

    why = recognise(table(held, names + "\n"), layouts=[shows], file="f")

    assert why.key == "unknown_layout"
    assert "(+18)" in why.say("en")


def test_a_layout_that_no_real_file_verified_says_so(
    held: Callable[..., Any], shows: Layout,
) -> None:
    grid = table(held, "场次ID,主播,开播时间,成交金额\n1,a,x,5\n")

    found = recognise(grid, layouts=[replace(shows, verified=False)], file="f")

    assert "真实文件" in found.reasons[-1].say("zh")


def test_a_source_is_a_layout_or_a_platform(shows: Layout) -> None:
    other = replace(shows, name="test.other")

    assert wanted([shows, other], "test") == [shows, other]
    assert wanted([shows, other], "test.other") == [other]
    assert wanted([shows, other], None) == [shows, other]
    with pytest.raises(FileRefusedError):
        wanted([shows], "x")


def test_the_catalogue_has_layouts_of_distinct_names() -> None:
    names = [layout.name for layout in layouts()]

    assert len(names) == len(set(names))
    assert names == sorted(names)
    assert all(layout.fields and layout.platform for layout in layouts())


def difference(held: Callable[..., Any], header: str) -> Message:
    found = recognise(table(held, f"{header}\n"), layouts=layouts(), file="f.csv")
    assert not isinstance(found, Recognised)
    return found


def test_what_operators_call_a_column_is_what_it_is_probably_meant_to_be(
    held: Callable[..., Any],
) -> None:
    grid = table(held, "场次编号,streamer_id,started_at,views,orders,gmv\nx1,a,2026-03-01,9,1,5\n")

    why = recognise(grid, layouts=layouts(), file="f.csv")

    assert isinstance(why, Message)
    assert why.values["strange"] == [["场次编号", "session_id"]]


def test_each_unknown_column_is_told_what_it_is_probably_meant_to_be(
    held: Callable[..., Any],
) -> None:
    why = difference(held, "session_id,streamer_id,started_at,gmvv")

    assert why.values["layout"] == "canonical.sessions"
    assert why.values["unknown"] == "“gmvv” → “gmv”?"
    assert "缺少：无；不认识：“gmvv” → “gmv”?" in why.say("zh")
    assert "missing: none; unknown: “gmvv” → “gmv”?" in why.say("en")


def test_a_column_like_none_is_named_alone(held: Callable[..., Any]) -> None:
    why = difference(held, "session_id,streamer_id,started_at,gmv,天气")

    assert why.values["unknown"] == "“天气”"


def test_two_columns_are_not_told_to_be_the_same_one(held: Callable[..., Any]) -> None:
    why = difference(held, "session_id,streamer_id,started_at,viewers,views,gmvv,gmvvv")

    assert why.values["unknown"] == "“gmvv” → “gmv”?, “gmvvv”"


def test_the_plan_is_nearest_where_only_it_has_the_columns(held: Callable[..., Any]) -> None:
    why = difference(held, "session_id,product_id,planned_seconds,unit_cost,stock_on_hnd")

    assert why.values["layout"] == "canonical.planned_products"
    assert why.values["unknown"] == "“stock_on_hnd” → “stock_on_hand”?"


def test_a_column_that_repeats_is_called_a_duplicate(held: Callable[..., Any]) -> None:
    why = difference(held, "session_id,streamer_id,started_at,gmv,GMV")
    both = difference(held, "session_id,streamer_id,started_at,gmv,gmv,viewrs")

    assert why.key == "duplicate_columns"
    assert why.say("zh") == "表头里有重复的列：“GMV”"
    assert both.key == "unknown_columns"
    assert both.say("zh").endswith("不认识：“viewrs” → “viewers”?；重复：“gmv”")


def test_an_own_column_that_repeats_is_a_duplicate_too(held: Callable[..., Any]) -> None:
    assert difference(held, "session_id,streamer_id,started_at,x_a,X_A").say("en") == (
        "the header has a column more than once: “X_A”")
