from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from caopan.ingest.context import Context
from caopan.ingest.options import Options
from caopan.ingest.problems import Problems
from caopan.ingest.shows import lasted, sessions

EVENING = datetime(2026, 4, 11, 12, 0, tzinfo=UTC)


@pytest.fixture
def context() -> Context:
    from zoneinfo import ZoneInfo

    return Context(
        layout="test.sessions", platform="test", file="f.csv", sheet=None, titles=(), headers=(),
        options=Options(now=datetime(2026, 11, 1, tzinfo=UTC), salt=b"s"), currency="CNY",
        zone=ZoneInfo("Asia/Shanghai"), problems=Problems(file="f.csv"))


def rows(*shows: dict[str, Any]) -> pa.Table:
    """Return typed rows with the defaults of one good show."""
    filled = [{"streamer_id": "anna", "started_at": EVENING, "title": "sale", "seconds": 3600.0,
               "gmv": 100, "units": 1, "_row": place} | show
              for place, show in enumerate(shows, start=2)]
    return pa.Table.from_pylist(filled, schema=pa.schema({
        "streamer_id": pa.string(), "started_at": pa.timestamp("us", "UTC"), "title": pa.string(),
        "seconds": pa.float64(), "gmv": pa.int64(), "units": pa.int64(), "_row": pa.int64()}))


def kept(table: pa.Table, context: Context) -> list[dict[str, Any]]:
    return next(iter(sessions(table, context))).rows.to_pylist()


def test_the_end_follows_from_start_and_length(context: Context) -> None:
    row = kept(rows({"seconds": 90.5}), context)[0]

    assert row["ended_at"] == datetime(2026, 4, 11, 12, 1, 30, 500000, tzinfo=UTC)
    assert "seconds" not in row


def test_an_unknown_length_leaves_an_unknown_end_and_keeps_the_show(context: Context) -> None:
    row = kept(rows({"seconds": None, "gmv": None, "units": None}), context)[0]

    assert row["ended_at"] is None


def test_a_false_start_is_set_aside_and_named(context: Context) -> None:
    found = kept(rows({"title": "oops", "seconds": 12.0, "gmv": None, "units": 0}, {}), context)

    assert [row["title"] for row in found] == ["sale"]
    issue = context.problems.issues[0]
    assert (str(issue.level), issue.message.key, issue.row, issue.value) == (
        "warning", "false_start", 2, "oops")
    assert issue.message.values["seconds"] == 12


@pytest.mark.parametrize("sold", [{"gmv": 1, "units": None}, {"gmv": None, "units": 1}])
def test_whatever_sold_something_is_never_a_false_start(
    sold: dict[str, Any], context: Context,
) -> None:
    assert len(kept(rows({"seconds": 3.0, **sold}), context)) == 1


def test_a_quiet_minute_is_a_show(context: Context) -> None:
    assert len(kept(rows({"seconds": 60.0, "gmv": 0, "units": 0}), context)) == 1


def test_a_corrected_figure_keeps_the_key_of_its_show(context: Context) -> None:
    before = kept(rows({"gmv": 100}), context)[0]["session_id"]
    after = kept(rows({"gmv": 250}), context)[0]["session_id"]

    assert before == after


@pytest.mark.parametrize("other", [{"title": "other"}, {"seconds": 1800.0},
                                   {"streamer_id": "budi"}])
def test_title_length_and_host_tell_two_shows_of_one_start_apart(
    other: dict[str, Any], context: Context,
) -> None:
    ids = {row["session_id"] for row in kept(rows({}, other), context)}

    assert len(ids) == 2


def test_two_shows_that_share_every_name_are_both_kept(context: Context) -> None:
    found = kept(rows({"gmv": 100}, {"gmv": 900}), context)

    assert len({row["session_id"] for row in found}) == 2
    assert sum(row["gmv"] for row in found) == 1000
    assert [issue.message.key for issue in context.problems.issues] == ["shared_key"]


def test_the_key_of_a_show_does_not_depend_on_its_neighbours(context: Context) -> None:
    alone = kept(rows({}), context)[0]["session_id"]
    among = kept(rows({"title": "other"}, {}, {"streamer_id": "budi"}), context)

    assert alone in {row["session_id"] for row in among}


def test_equal_rows_are_one_show(context: Context) -> None:
    assert len(kept(rows({}, {}), context)) == 1
    assert [issue.message.key for issue in context.problems.issues] == ["equal_rows"]


def test_the_hosts_follow_as_a_derived_chunk_with_what_is_known_of_them(context: Context) -> None:
    table = rows({}, {"title": "later"}, {"streamer_id": "budi"})
    table = table.append_column("nickname", pa.array([None, "Anna", "Budi"], pa.string()))

    chunks = list(sessions(table, context, about_streamer=[("nickname", "name")]))

    assert (chunks[1].table, chunks[1].derived) == ("streamers", True)
    assert chunks[1].rows.to_pylist() == [
        {"streamer_id": "anna", "name": "Anna"}, {"streamer_id": "budi", "name": "Budi"}]
    assert "nickname" not in chunks[0].rows.column_names


def test_a_length_is_read_from_the_ends_where_there_are_ends() -> None:
    table = pa.table({
        "started_at": pa.array([EVENING], pa.timestamp("us", "UTC")),
        "ended_at": pa.array([None], pa.timestamp("us", "UTC"))})

    assert lasted(table).to_pylist() == [None]


def test_a_row_without_a_host_names_no_host(context: Context) -> None:
    shows, hosts = sessions(rows({}, {"streamer_id": None}), context)

    assert shows.rows["session_id"].null_count == 0
    assert hosts.rows["streamer_id"].to_pylist() == ["anna"]
