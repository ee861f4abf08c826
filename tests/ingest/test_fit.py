"""A layout held against a header."""

from __future__ import annotations

from dataclasses import replace

from caopan.ingest.fit import fit
from caopan.ingest.header import Header
from caopan.ingest.layout import Field, Layout


def header(*names: str) -> Header:
    return Header(row=1, names=names, titles=())


def test_all_required_columns_and_nothing_unknown_is_a_whole_fit(shows: Layout) -> None:
    found = fit(shows, header("成交金额", "主播", "开播时间", "场次id"))

    assert found.whole
    assert [(each.field.to, each.at) for each in found.bindings] == [
        ("session_id", 3), ("streamer_id", 1), ("started_at", 2), ("gmv", 0)]


def test_equal_headers_are_told_apart_by_their_order(shows: Layout) -> None:
    layout = replace(shows, fields=(Field(header="商品信息", to="session_id"),
                                    Field(header="商品信息", to="title", nth=1)))

    found = fit(layout, header("商品信息", "商品信息"))

    assert found.whole
    assert [each.at for each in found.bindings] == [0, 1]


def test_a_column_is_there_twice_where_the_layout_has_it_once(shows: Layout) -> None:
    found = fit(shows, header("场次ID", "主播", "开播时间", "成交金额", "主播"))

    assert (found.twice, found.unknown, found.whole) == (("主播",), (), False)


def test_columns_without_a_name_are_passed_over(shows: Layout) -> None:
    assert fit(shows, header("场次ID", "", "主播", "开播时间", "成交金额", "")).whole


def test_a_missing_optional_column_is_no_matter(shows: Layout) -> None:
    found = fit(shows, header("场次ID", "主播", "开播时间", "成交金额"))

    assert not found.missing
    assert found.whole


def test_a_near_miss_has_most_of_the_required_columns(shows: Layout) -> None:
    assert fit(shows, header("场次ID", "主播", "开播时间", "GMV")).near
    assert not fit(shows, header("场次ID", "x", "y", "z")).near
    assert not fit(shows, header("场次ID", "主播", "开播时间", *"abcdefg")).near


def test_extra_columns_are_bound_as_they_are_named(shows: Layout) -> None:
    found = fit(shows, header("场次ID", "主播", "开播时间", "成交金额", "x_Weather"))

    assert found.whole
    assert found.bindings[-1].field.to == "x_Weather"
