from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.workspace.diagnosing import UnknownSubjectError
from caopan.workspace.grain import Grain
from caopan.workspace.profile import Profile

HEAD = "session_id,streamer_id,started_at,ended_at,viewers,buyers,orders,units,gmv,currency\n"


def lines(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def month(name: str, first: date, *, sessions: int, gmv: int) -> list[str]:
    return [f"{name}{day},林晚,{first.replace(day=day + 1)}T20:00:00+08:00,"
            f"{first.replace(day=day + 1)}T22:00:00+08:00,1000,{10 + day % 3},12,12,"
            f"{gmv + 10 * (day % 4)},CNY" for day in range(sessions)]


@pytest.fixture
def growing(workspace: Workspace, tmp_path: Path) -> Profile:
    """Return a host with twice the GMV a session in the later month."""
    file = tmp_path / "sessions.csv"
    file.write_text(lines(*month("a", date(2026, 3, 1), sessions=20, gmv=1000),
                          *month("c", date(2026, 4, 1), sessions=1, gmv=1000),
                          *month("b", date(2026, 5, 1), sessions=25, gmv=2000)), encoding="utf-8")
    workspace.import_files([file])
    return workspace.rooms.profile(workspace.rooms.room(Grain.STREAMER, "林晚"))


def test_the_headline_is_what_was_sold_in_the_last_thirty_days(growing: Profile) -> None:
    figures = {one.metric.id: one for one in growing.figures}

    assert growing.period.end == date(2026, 5, 26)
    assert figures["gmv_gross"].value == 100 * sum(2000 + 10 * (day % 4) for day in range(25))
    assert figures["sessions"].value == 25
    assert figures["gmv_gross"].n == 25


def test_the_change_is_against_the_thirty_days_before(growing: Profile) -> None:
    figures = {one.metric.id: one for one in growing.figures}

    assert growing.compared is not None
    assert growing.compared.start == date(2026, 3, 27)
    assert figures["sessions"].before == 1
    assert figures["sessions"].change == 24
    assert figures["sessions"].interval is None


def test_too_few_sessions_before_give_no_interval(growing: Profile) -> None:
    figures = {one.metric.id: one for one in growing.figures}

    assert figures["gmv_per_session"].change == pytest.approx(101_440)
    assert figures["gmv_per_session"].interval is None


def test_a_week_without_a_session_breaks_the_line(growing: Profile) -> None:
    aov = next(one for one in growing.figures if one.metric.id == "aov")

    assert len(aov.weeks) == len(growing.mondays) == 13
    assert aov.weeks[-1] is not None
    assert None in aov.weeks


def test_a_changed_ratio_has_an_interval_around_its_change(toy: Workspace) -> None:
    busiest = max(toy.rooms.everyone(Grain.STREAMER).rows.to_pylist(),
                  key=lambda row: row["sessions_now"])
    profile = toy.rooms.profile(toy.rooms.room(Grain.STREAMER, busiest["id"]))
    ranged = [one for one in profile.figures if one.interval is not None]

    assert {"gmv_per_session", "aov"} <= {one.metric.id for one in ranged}
    for one in ranged:
        assert one.interval is not None
        assert one.interval.low <= one.change <= one.interval.high
        assert one.interval.level == 0.8


@pytest.mark.parametrize("name", ["gmv_gross", "gmv_per_session", "aov", "view_uv"])
def test_a_figure_is_the_catalogues_own_where_nothing_is_set_aside(
        toy: Workspace, name: str) -> None:
    room = next(found for row in toy.rooms.everyone(Grain.STREAMER).rows.to_pylist()
                if not any((found := toy.rooms.room(Grain.STREAMER, row["id"])).apart[-15:]))
    profile = toy.rooms.profile(room)
    aside = [day for day, reason in zip(room.sessions.day.tolist(), room.apart, strict=True)
             if reason is not None and day >= (profile.period.start - date(1970, 1, 1)).days]
    told = toy.metric(name, by=("streamer_id",), start=profile.period.start,
                      end=profile.period.end)
    catalogued = next(row for row in told.rows if row["streamer_id"] == room.id)
    figure = next(one for one in profile.figures if one.metric.id == name)

    assert aside == []
    assert figure.value == pytest.approx(catalogued["value"])
    assert figure.n == catalogued["n"]


def test_the_stage_says_how_far_the_next_month_may_reach(growing: Profile) -> None:
    assert growing.stage.name is not None
    assert growing.stage.expected is not None
    assert growing.stage.expected.low < growing.stage.monthly_gmv < growing.stage.expected.high


def test_nobody_of_that_id_is_refused(toy: Workspace) -> None:
    with pytest.raises(UnknownSubjectError):
        toy.rooms.room(Grain.STREAMER, "nobody")


def test_a_room_in_two_currencies_is_read_in_one(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text(lines(
        "a,林晚,2026-03-01T20:00:00+08:00,2026-03-01T22:00:00+08:00,10,1,1,1,5,CNY",
        "b,林晚,2026-03-02T20:00:00+08:00,2026-03-02T22:00:00+08:00,10,1,1,1,5,CNY",
        "c,林晚,2026-03-03T20:00:00+08:00,2026-03-03T22:00:00+08:00,10,1,1,1,9,IDR"),
        encoding="utf-8")
    workspace.import_files([file])

    usual = workspace.rooms.room(Grain.STREAMER, "林晚")
    other = workspace.rooms.room(Grain.STREAMER, "林晚", "IDR")

    assert usual.currencies == ("CNY", "IDR")
    assert usual.rows["session_id"].to_pylist() == ["a", "b"]
    assert other.rows["session_id"].to_pylist() == ["c"]
