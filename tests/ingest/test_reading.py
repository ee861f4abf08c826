"""A file goes in; canonical rows and named problems come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from caopan.facts.issue import Level
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.units.message import Language, Message, Text

HEAD = "场次ID,主播,开播时间,成交金额\n"


def keys(reading: Callable[..., Any]) -> list[str]:
    return [issue.message.key for issue in reading.issues]


def test_good_rows_become_canonical_rows(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD + "1,小美,2026-03-01 19:30,¥1.2万\n2,小美,2026-03-02 19:30,--\n")

    first, second = rows["sessions"]
    assert first == {"session_id": "1", "streamer_id": "小美", "gmv": 1_200_000,
                     "started_at": datetime(2026, 3, 1, 11, 30, tzinfo=UTC), "currency": "CNY"}
    assert second["gmv"] is None
    assert found.layout == "test.shows"
    assert found.skipped is None
    assert found.issues == []


def test_columns_have_the_types_and_order_of_the_canonical_table(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    from caopan.ingest.options import Options
    from caopan.ingest.reading import read

    _, found = reading(HEAD + "1,小美,2026-03-01 19:30,5\n")
    again = read(found.parts[0].grid.found, layouts=[shows],
                 options=Options(now=datetime(2026, 11, 1, tzinfo=UTC), salt=b""))

    schema = next(again.chunks()).rows.schema
    assert schema.names == ["session_id", "streamer_id", "started_at", "gmv", "currency"]
    assert schema.field("started_at").type == pa.timestamp("us", "UTC")
    assert schema.field("gmv").type == pa.int64()


def test_a_bad_cell_is_named_with_its_place_and_the_other_rows_load(
    reading: Callable[..., Any],
) -> None:
    rows, found = reading("2026-03-01 ~ 2026-03-31\n\n" + HEAD
                          + "1,小美,2026-03-01 19:30,5\n2,小美,2026-02-30 19:30,5\n"
                          + "3,小美,2026-03-03 19:30,12.345\n4,小美,2026-03-04 19:30,很多\n")

    assert [row["session_id"] for row in rows["sessions"]] == ["1"]
    assert [(issue.row, issue.column, issue.value, issue.message.key)
            for issue in found.issues] == [
        (5, "开播时间", "2026-02-30 19:30", "impossible_date"),
        (6, "成交金额", "12.345", "too_fine"),
        (7, "成交金额", "很多", "unreadable_number")]
    assert {issue.level for issue in found.issues} == {Level.ERROR}
    assert {issue.file for issue in found.issues} == {"shows.csv"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_issue_says_the_value_and_what_to_do(
    reading: Callable[..., Any], language: Language,
) -> None:
    _, found = reading(HEAD + "1,小美,2026-03-01 19:30,-12.30\n")

    message = found.issues[0].message
    assert "-12.3" in message.say(language)
    assert message.advise(language)


def test_refused_rows_are_those_that_cannot_be(reading: Callable[..., Any]) -> None:
    rows, found = reading(
        "场次ID,主播,开播时间,成交金额,退款金额\n"
        "1,小美,2026-03-01 19:30,-5,\n"
        "2,小美,2027-03-01 19:30,5,\n"
        "3,小美,2026-03-01 19:30,nan,\n"
        "4,,2026-03-01 19:30,5,\n"
        "5,小美,,5,\n"
        "6,小美,2026-03-06 19:30,5,-3\n")

    assert [row["session_id"] for row in rows["sessions"]] == ["6"]
    assert rows["sessions"][0]["refund_amount"] == -300
    assert sorted((issue.row, issue.message.key) for issue in found.issues) == [
        (2, "negative"), (3, "future"), (4, "not_finite"), (5, "missing"), (6, "missing")]


def test_a_column_that_is_known_and_dropped_is_not_read(reading: Callable[..., Any]) -> None:
    rows, found = reading("场次ID,主播,开播时间,成交金额,备注\n1,小美,2026-03-01 19:30,5,随便\n")

    assert "备注" not in rows["sessions"][0]
    assert found.issues == []


def test_columns_with_x_are_kept_as_text(reading: Callable[..., Any]) -> None:
    rows, _ = reading(HEAD.strip() + ",x_weather\n1,小美,2026-03-01 19:30,5,007\n")

    assert rows["sessions"][0]["x_weather"] == "007"


def test_an_unknown_column_stops_the_file_and_names_it(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD.strip() + ",天气\n1,小美,2026-03-01 19:30,5,晴\n")

    assert rows == {}
    assert found.layout is None
    assert found.skipped.key == "unknown_columns"
    assert "天气" in found.skipped.say("zh")


def test_a_renamed_column_stops_the_file_with_the_difference(reading: Callable[..., Any]) -> None:
    _, found = reading("场次ID,主播,开播时间,成交总额\n1,小美,2026-03-01 19:30,5\n")

    said = found.skipped.say("en")
    assert "成交金额" in said
    assert "成交总额" in said
    assert [issue.level for issue in found.issues] == [Level.ERROR]


def test_a_stranger_is_told_its_columns_and_the_way_to_map_them(
    reading: Callable[..., Any],
) -> None:
    _, found = reading("a,b\n1,2\n")

    assert found.skipped.key == "unknown_layout"
    assert "“a”" in found.skipped.say("zh")
    assert "--mapping" in found.skipped.advise("zh")


def test_reasons_say_why_the_file_was_recognised(reading: Callable[..., Any]) -> None:
    _, found = reading("标题\n\n" + HEAD + "1,小美,2026-03-01 19:30,5\n")

    said = [reason.say("en") for reason in found.reasons]
    assert said == ["the header is in row 3", "4 of 4 columns are known", "form: CSV, utf-8"]


def test_only_a_header_is_a_warning_and_no_rows(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD)

    assert rows == {}
    assert [(issue.level, issue.message.key) for issue in found.issues] == [
        (Level.WARNING, "only_header")]


def test_rows_that_hold_nothing_are_dropped_in_silence(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD + "1,小美,2026-03-01 19:30,5\n,,,\n\n , ,,\n")

    assert len(rows["sessions"]) == 1
    assert found.issues == []


def test_the_source_restricts_what_is_tried(reading: Callable[..., Any], shows: Layout) -> None:
    other = replace(shows, name="other.shows", platform="other")

    _, by_platform = reading(HEAD + "1,小美,2026-03-01 19:30,5\n", layouts=[shows, other],
                             source="other")
    _, unknown = reading(HEAD, layouts=[shows], source="nobody")

    assert by_platform.layout == "other.shows"
    assert unknown.skipped.key == "unknown_source"
    assert "test.shows" in unknown.skipped.advise("en")


def test_between_two_layouts_that_fit_the_fuller_one_wins(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    smaller = replace(shows, name="test.small", fields=(*shows.fields[:3], *(
        replace(field, required=False) for field in shows.fields[3:])))

    _, found = reading(HEAD + "1,小美,2026-03-01 19:30,5\n", layouts=[smaller, shows])

    assert found.layout == "test.shows"


def test_a_stem_settles_a_tie_and_only_a_tie(reading: Callable[..., Any], shows: Layout) -> None:
    plan = replace(shows, name="test.plan", stem="plan")
    text = HEAD + "1,小美,2026-03-01 19:30,5\n"

    assert reading(text, layouts=[shows, plan], name="x/plan.csv")[1].layout == "test.plan"
    assert reading(text, layouts=[shows, plan], name="plan-2.csv")[1].layout == "test.shows"


def test_the_currency_comes_from_the_signs_and_implies_the_zone(
    reading: Callable[..., Any],
) -> None:
    rows, found = reading(HEAD + "1,sari,2026-03-01 19:30,Rp9.467.316\n")

    session = rows["sessions"][0]
    assert (session["gmv"], session["currency"]) == (946_731_600, "IDR")
    assert session["started_at"].hour == 12
    assert keys(found) == ["implied_zone"]


def test_the_operator_may_say_currency_and_zone(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD + "1,sari,2026-03-01 19:30,5\n", currency="USD",
                          timezone="America/New_York")

    assert rows["sessions"][0]["currency"] == "USD"
    assert rows["sessions"][0]["started_at"] == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    assert found.issues == []


def test_a_second_currency_in_the_file_is_refused_row_by_row(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD + "1,a,2026-03-01 19:30,¥5\n2,a,2026-03-02 19:30,Rp5.000\n")

    assert len(rows["sessions"]) == 1
    assert [(issue.row, issue.message.key) for issue in found.issues] == [(3, "other_currency")]


def test_a_currency_column_speaks_for_each_row(reading: Callable[..., Any], shows: Layout) -> None:
    layout = replace(shows, fields=(*shows.fields, Field(header="币种", to="currency")))

    rows, _ = reading(HEAD.strip() + ",币种\n1,a,2026-03-01 19:30,5,usd\n"
                      "2,a,2026-03-02 19:30,5,\n3,a,2026-03-03 19:30,5,IDR\n",
                      layouts=[layout])

    assert [row["currency"] for row in rows["sessions"]] == ["USD", "USD", "IDR"]


def test_dates_without_a_year_take_the_latest_year_that_is_past(
    reading: Callable[..., Any],
) -> None:
    rows, found = reading(HEAD + "1,a,08-30 19:15,5\n2,a,11-23 11:00,5\n")

    assert [row["started_at"].year for row in rows["sessions"]] == [2026, 2026]
    assert keys(found) == ["year_assumed"]

    later, _ = reading(HEAD + "1,a,08-30 19:15,5\n2,a,12-24 11:00,5\n")

    assert [row["started_at"].year for row in later["sessions"]] == [2025, 2025]


def test_dates_without_a_year_take_the_year_the_title_names(reading: Callable[..., Any]) -> None:
    rows, found = reading("2021-06-01 ~ 2021-08-31\n" + HEAD + "1,a,08-30 19:15,5\n")

    assert rows["sessions"][0]["started_at"].year == 2021
    assert found.issues[0].message.values["year"] == 2021


def test_dates_without_a_year_take_the_year_given_without_a_word(
    reading: Callable[..., Any],
) -> None:
    rows, found = reading(HEAD + "1,a,08-30 19:15,5\n", year=2019)

    assert rows["sessions"][0]["started_at"].year == 2019
    assert found.issues == []


def test_dates_without_a_year_take_the_year_of_the_files_other_dates(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    layout = replace(shows, fields=(*shows.fields, Field(header="下播", to="ended_at")))

    rows, _ = reading(HEAD.strip() + ",下播\n1,a,08-30 19:15,5,2020-08-30 22:00\n",
                      layouts=[layout])

    assert rows["sessions"][0]["started_at"].year == 2020


def test_a_broken_column_of_a_long_file_stays_small(reading: Callable[..., Any]) -> None:
    body = "".join(f"{at},a,2026-03-01 19:30,x\n" for at in range(3_000))

    rows, found = reading(HEAD + body)

    assert rows.get("sessions", []) == []
    assert len(found.issues) == 1_001
    assert found.issues[-1].message.key == "more_like_this"
    assert found.issues[-1].message.values["n"] == 2_000
    assert found.issues[-1].column == "成交金额"


def test_a_row_of_another_width_is_named_and_later_rows_keep_their_numbers(
    reading: Callable[..., Any],
) -> None:
    rows, found = reading(HEAD + '1,a,2026-03-01 19:30,5\n2,a\n"3\n4",a,2026-03-03 19:30,5\n'
                          "5,a,bad,5\n")

    assert [row["session_id"] for row in rows["sessions"]] == ["1", "3\n4"]
    assert [(issue.row, issue.message.key) for issue in found.issues] == [
        (3, "row_width"), (5, "unreadable_time")]


def test_buyer_ids_are_hashed_before_anybody_sees_them(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    layout = replace(shows, table="orders", fields=(
        Field(header="订单号", to="order_id"), Field(header="付款时间", to="paid_at"),
        Field(header="买家", to="buyer_id")))

    rows, _ = reading("订单号,付款时间,买家\n1,2026-03-01 19:30,小明\n2,,小明\n", layouts=[layout])

    first, second = rows["orders"]
    assert first["buyer_id"] == second["buyer_id"] != "小明"
    assert re.fullmatch("b-[0-9a-f]{32}", first["buyer_id"])
    assert second["paid_at"] is None


def test_a_foreign_file_is_hashed_though_its_ids_look_like_ours(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    ours = "b-" + "0a" * 16
    layout = replace(shows, table="orders", fields=(
        Field(header="订单号", to="order_id"), Field(header="买家", to="buyer_id")))

    rows, _ = reading(f"订单号,买家\n1,{ours}\n", layouts=[layout])

    assert rows["orders"][0]["buyer_id"] not in {ours, None}


def test_a_shape_makes_several_tables_and_its_rows_are_checked(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    def shape(rows: pa.Table, context: Context) -> Iterator[Chunk]:
        context.problems.once(_note())
        yield Chunk(table="sessions", rows=rows.drop_columns(["scratch"]))
        yield Chunk(table="streamers", derived=True,
                    rows=pa.table({"streamer_id": rows["streamer_id"]}))

    layout = replace(shows, shape=shape, constants=(("platform", "test"),), fields=(
        *shows.fields, Field(header="时长", to="scratch", read="minutes")))

    rows, found = reading(HEAD.strip() + ",时长\n1,a,2026-03-01 19:30,5,90\n"
                          "2,,2026-03-01 19:30,5,90\n", layouts=[layout])

    assert [row["session_id"] for row in rows["sessions"]] == ["1"]
    assert rows["sessions"][0]["platform"] == "test"
    assert rows["streamers"] == [{"streamer_id": "a"}]
    assert ("missing", 3) in {(issue.message.key, issue.row) for issue in found.issues}
    assert keys(found).count("noted") == 1


def test_a_shape_that_makes_a_strange_column_is_a_mistake_of_the_layout(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    layout = replace(shows, shape=lambda rows, _: [
        Chunk(table="sessions", rows=rows.append_column("oops", rows["gmv"]))])

    _, found = reading(HEAD + "1,a,2026-03-01 19:30,5\n", layouts=[layout])

    assert re.match("LayoutMistakeError: .*oops", found.skipped.values["fault"])


def test_a_layout_that_says_no_kind_for_scratch_is_a_mistake(
    reading: Callable[..., Any], shows: Layout,
) -> None:
    layout = replace(shows, fields=(*shows.fields, Field(header="时长", to="scratch")))

    _, found = reading(HEAD.strip() + ",时长\n1,a,2026-03-01 19:30,5,90\n", layouts=[layout])

    assert re.match("LayoutMistakeError: .*scratch", found.skipped.values["fault"])


def test_memory_that_runs_out_is_no_files_fault(reading: Callable[..., Any], shows: Layout) -> None:
    def exhausted(rows: pa.Table, context: Context) -> Iterator[Chunk]:
        raise MemoryError

    with pytest.raises(MemoryError):
        reading(HEAD + "1,a,2026-03-01 19:30,5\n", layouts=[replace(shows, shape=exhausted)])


def test_a_missing_file_is_skipped_with_a_message(
    reading: Callable[..., Any], tmp_path: Path,
) -> None:
    _, found = reading(tmp_path / "nothing.csv")

    assert found.skipped.key == "no_such_path"


def test_a_platform_without_account_warns_once(reading: Callable[..., Any], shows: Layout) -> None:
    def shape(rows: pa.Table, context: Context) -> Iterator[Chunk]:
        yield Chunk(table="sessions", rows=rows.set_column(
            rows.column_names.index("streamer_id"), "streamer_id",
            pa.repeat(context.account(), rows.num_rows)))

    layout = replace(shows, shape=shape)
    text = HEAD + "1,-,2026-03-01 19:30,5\n"

    rows, found = reading(text, layouts=[layout], name="folder/三月.export.csv")
    named, silent = reading(text, layouts=[layout], account="shop-1")

    assert rows["sessions"][0]["streamer_id"] == "三月"
    assert keys(found) == ["no_account"]
    assert named["sessions"][0]["streamer_id"] == "shop-1"
    assert silent.issues == []


def _note() -> Message:
    return Message(key="noted", text=Text(zh="记", en="noted"))
