from __future__ import annotations

import re
import statistics
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from caopan.facts.schema import TABLES
from caopan.live.command import Command, Kind
from caopan.live.event import Batch, Enter
from caopan.units import number
from caopan.units.unit import Unit
from caopan.web.console.session_words import FIELDS, GROUPS
from caopan.web.house import House
from caopan.workspace.grain import Grain
from caopan.workspace.room import Room
from tests.web.conftest import owner


def latest(house: House) -> str:
    room = house.workspace.rooms.room(Grain.STREAMER, house.workspace.rooms.everyone(
        Grain.STREAMER).rows["id"][0].as_py())
    return str(room.rows["session_id"].to_pylist()[-1])


def test_every_canonical_column_has_a_word_and_a_group() -> None:
    grouped = [name for _, names in GROUPS for name in names]

    assert sorted(grouped) == sorted(set(TABLES["sessions"].names) - {"session_id"})
    assert set(grouped) == set(FIELDS)


@pytest.mark.parametrize(("language", "words"), [
    ("zh", ["每一步的通过率", "每分钟", "商品", "数从哪来", "上一场"]),
    ("en", ["Rate of every step", "Minute by minute", "Products", "Previous session"])])
def test_a_session_shows_its_steps_minutes_products_and_source(
        toy_house: House, language: str, words: list[str]) -> None:
    page = owner(toy_house, language=language).get(f"/sessions/{latest(toy_house)}").text

    assert [word for word in words if word not in page] == []
    assert "synthetic world" in page
    assert 'rel="next"' not in page


def test_before_and_after_lead_along_the_hosts_sessions(toy_house: House) -> None:
    client, last = owner(toy_house), latest(toy_house)
    back = re.search(r'rel="prev" href="([^"]+)"', client.get(f"/sessions/{last}").text)
    assert back is not None

    before = client.get(back.group(1)).text

    assert f'rel="next" href="/sessions/{last}"' in before


def test_a_session_of_few_numbers_says_dashes(empty_house: House, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,views\n"
                    "晚 1/2?,林晚,2026-03-01T19:30:00+08:00,120\n", encoding="utf-8")
    empty_house.workspace.import_files([file])
    client = owner(empty_house)

    page = client.get(f"/sessions/{quote('晚 1/2?', safe='')}")

    assert page.status_code == 200
    assert "sessions.csv" in page.text
    assert "没有这一场的商品" in page.text
    viewers = re.search(r'title="viewers">[^<]*</dt><dd>([^<]*)<', page.text)
    views = re.search(r'title="views">[^<]*</dt><dd>([^<]*)<', page.text)
    assert viewers is not None
    assert views is not None
    assert (views.group(1), viewers.group(1)) == ("120", "—")


def test_a_session_names_its_files_without_the_folders_of_the_machine(
        empty_house: House, tmp_path: Path) -> None:
    file = tmp_path / "场次.csv"
    file.write_text("session_id,streamer_id,started_at,views\n"
                    "s1,林晚,2026-03-01T19:30:00+08:00,120\n", encoding="utf-8")
    empty_house.workspace.import_files([file])

    page = owner(empty_house).get("/sessions/s1").text

    assert "<li>场次.csv</li>" in page
    assert str(tmp_path) not in page



def test_an_undone_session_is_not_there(toy_house: House) -> None:
    answer = owner(toy_house).get("/sessions/gone")

    assert answer.status_code == 404
    assert "没有场次 gone" in answer.text


@pytest.mark.shared
def test_a_real_session_stands_beside_its_hosts_median(douyin_house: House) -> None:
    rooms = douyin_house.workspace.rooms
    room = rooms.room(Grain.STREAMER, "主播19")
    show = rooms.show(room.rows["session_id"].to_pylist()[-1])
    price = next(step for step in show.steps if step.metric.id == "price_per_item")
    rows = [row for row, reason in zip(room.rows.to_pylist(), room.apart, strict=True)
            if reason is None and row["session_id"] != show.row["session_id"]]
    prices = sorted(row["gmv"] / row["units"] for row in rows if row["units"] and row["gmv"])

    assert price.n == len(prices)
    assert prices[0] <= price.median <= prices[-1]
    assert price.median == pytest.approx(
        (prices[(len(prices) - 1) // 2] + prices[len(prices) // 2]) / 2)


def room_of(house: House) -> Room:
    everyone = house.workspace.rooms.everyone(Grain.STREAMER).rows.to_pylist()
    return house.workspace.rooms.room(Grain.STREAMER, max(
        everyone, key=lambda one: one["sessions"])["id"])


def test_the_large_number_stands_beside_the_hosts_own_median(toy_house: House) -> None:
    room = room_of(toy_house)
    rows = room.rows.to_pylist()
    mine = rows[-1]
    others = sorted(row["gmv"] for row, reason in zip(rows, room.apart, strict=True)
                    if reason is None and row["session_id"] != mine["session_id"]
                    and row["gmv"] is not None)
    median = statistics.median(others)

    page = owner(toy_house).get(f"/sessions/{mine['session_id']}").text

    below = sum(one < mine["gmv"] for one in others)
    said = number.change(mine["gmv"] - median, unit=Unit.MONEY, language="zh")
    assert f'<span class="session-change">{said}</span>' in page
    assert f"高过 {below} / {len(others)} 场" in page
    assert f"高过另外 {len(others)} 场里的 {below} 场" in page
    assert page.index('class="session-head"') < page.index('id="steps"')


def test_a_session_set_aside_says_so_in_its_headline(toy_house: House) -> None:
    room = room_of(toy_house)
    place = next(at for at, reason in enumerate(room.apart) if reason is not None)

    page = owner(toy_house).get(f"/sessions/{room.rows['session_id'][place].as_py()}").text

    assert f"这一场另放，不算进平常：{room.apart[place].zh}" in page


def test_a_session_alone_is_not_compared(empty_house: House, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,ended_at,gmv\n"
                    "a,林晚,2026-03-01T19:30:00+08:00,2026-03-01T21:30:00+08:00,500\n",
                    encoding="utf-8")
    empty_house.workspace.import_files([file])

    page = owner(empty_house, language="en").get("/sessions/a").text

    assert "This session sold ¥500; with fewer than 3 other sessions" in page
    assert 'class="session-change"' not in page


@pytest.mark.shared
def test_a_shop_without_money_is_headed_by_its_units(units_house: House) -> None:
    room = room_of(units_house)

    page = owner(units_house).get(
        f"/sessions/{quote(room.rows['session_id'][0].as_py(), safe='')}").text

    assert re.search(r"这一场卖了 [\d,.万]+ 件", page)


def test_a_session_that_was_a_live_room_shows_what_was_decided_in_it(empty_house: House) -> None:
    desk, at = empty_house.desk, datetime(2026, 3, 6, 12, tzinfo=UTC)
    room = desk.make(title="夜场", streamer_id="林晚", planned_start=at, now=at,
                     session_id="s1").room.id
    enter = Enter(id="e", at=at, source="platform", count=5)
    desk.take(room, Batch(events=[enter])).result(10)
    for kind in (Kind.START, Kind.CLOSE):
        desk.command(room, Command(id=kind, kind=kind, at=at, who="小林")).result(10)
    desk.attend(at)

    page = owner(empty_house, language="en").get("/sessions/s1").text

    log = page[page.index('id="decisions"'):page.index('id="source"')]
    assert [word for word in ("Decision log", "platform", "小林", "went on air", "closed",
                              f"/rooms/{room}") if word not in log] == []
