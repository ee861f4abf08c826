"""The screens of a room: what each says, and what pressing its buttons does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.units.clock import now
from caopan.web.console.room_view import VIEWS
from caopan.web.house import House
from tests.web.conftest import owner, patient, token
from tests.web.console.rooms import SHEET, on_air


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A console with one room on air, and a browser that is in."""

    house: House
    client: TestClient
    token: str
    room: str

    def press(self, kind: str, **fields: str) -> tuple[int, str]:
        """Post a plain form, as a page without scripts does."""
        answer = self.client.post(f"/rooms/{self.room}/do", data={
            "token": self.token, "kind": kind, "who": "operator", **fields},
            follow_redirects=False)
        return answer.status_code, answer.text

    @property
    def state(self) -> dict[str, object]:
        """Return the room as the API tells it."""
        return self.house.desk.snapshot(self.room, now=now(), language="zh")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    with Workspace.open(tmp_path_factory.mktemp("rooms") / "room") as workspace:
        house = patient(workspace)
        client = owner(house)
        began = now() - timedelta(minutes=12)
        sheet = {"items": [one for one in SHEET["items"] if one["id"] != "c"] + [
            {"id": "c", "type": "product", "title": "浴巾", "product_id": "p2", "seconds": 300}]}
        yield Open(house=house, client=client, token=token(client),
                   room=on_air(house, began=began, sheet=sheet))
        house.desk.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name or "control")
def test_every_screen_opens_in_both_languages_and_names_the_item_on_air(
        opened: Open, view: object) -> None:
    name = getattr(view, "name", "")
    for language in ("zh", "en"):
        opened.client.cookies.set("caopan_taste", language)
        page = opened.client.get(VIEWS[name].path(opened.room))

        assert page.status_code == 200
        assert f'data-live="{VIEWS[name].topic(opened.room)}"' in page.text
        assert ("四件套" in page.text) is (name != "traffic")
    opened.client.cookies.set("caopan_taste", "zh")


def test_what_is_told_to_every_page_carries_nobodys_token(opened: Open) -> None:
    source = opened.house.hub.sources["room"]

    told = source.state(f"{opened.room}/control", frozenset({"zh", "en"}))

    assert set(told.parts["zh"]) == {f"room-{part}" for part in VIEWS[""].parts}
    assert 'id="room-now"' in told.parts["zh"]["room-now"]
    assert "On air" in told.parts["en"]["room-now"]
    assert 'name="token"' not in "".join(told.parts["zh"].values())
    assert source.state(f"{opened.room}/nowhere", frozenset({"zh"})).gone


def test_a_change_is_shown_before_it_is_made(opened: Open) -> None:
    asked = {"kind": "extend", "item_id": "b", "minutes": "2"}
    before = opened.state["rev"]

    look = opened.client.get(f"/rooms/{opened.room}/look", params=asked).text

    assert "还没有改" in look
    assert 'name="minutes" value="2"' in look
    assert opened.state["rev"] == before
    assert opened.press(**asked)[0] == 303
    assert opened.house.desk.room(opened.room).room.sheet.item("b").seconds == 1020
    assert opened.press("undo")[0] == 303
    assert opened.house.desk.room(opened.room).room.sheet.item("b").seconds == 900


def test_a_message_waits_on_its_roles_screen_until_it_is_answered(opened: Open) -> None:
    opened.press("message", to="host", text="先讲尺码")
    waits = opened.client.get(f"/rooms/{opened.room}/prompter").text
    notice = opened.house.desk.room(opened.room).room.notices[-1]

    opened.press("ack", message_id=notice.id, who="host")

    assert 'class="rm-text">先讲尺码' in waits
    assert 'class="rm-text">先讲尺码' not in opened.client.get(
        f"/rooms/{opened.room}/prompter").text
    assert "✓ 收到" in opened.client.get(f"/rooms/{opened.room}").text


def test_a_card_takes_two_presses(opened: Open) -> None:
    once = opened.press("contingency", card="stream_lost", step="fire")
    opened.press("contingency", card="stream_lost", step="arm")
    armed = opened.client.get(f"/rooms/{opened.room}").text
    opened.press("contingency", card="stream_lost", step="fire")

    assert once[0] == 422
    assert 'name="step" value="fire"' in armed
    assert "预案进行中" in opened.client.get(f"/rooms/{opened.room}/floor").text
    assert opened.press("contingency", card="stream_lost", step="recover")[0] == 303


def test_totals_read_off_a_screen_count_once(opened: Open) -> None:
    entry = {"token": opened.token, "online": "1,200", "orders": "3", "gmv": "0.1万",
             "spend": "80"}
    for _ in range(2):
        opened.client.post(f"/rooms/{opened.room}/hand", data=entry, follow_redirects=False)

    totals = opened.state["totals"]
    assert isinstance(totals, dict)
    assert (totals["gmv"], totals["orders"], totals["ad_spend"], totals["online"]) == (
        "1000.00", 3, "80.00", 1200)
    less = opened.client.post(f"/rooms/{opened.room}/hand", data=entry | {"orders": "2"})
    assert (less.status_code, "比已经记下的累计 3 少" in less.text) == (422, True)


def test_a_press_on_an_old_page_is_refused_with_what_has_changed(opened: Open) -> None:
    old = str(opened.state["rev"])
    assert opened.press("pause", rev=old)[0] == 303

    again, text = opened.press("resume", rev=old)

    assert again == 409
    assert "暂停" in text
    assert opened.press("resume")[0] == 303


def test_a_room_is_made_by_hand_and_stands_on_the_list(opened: Open) -> None:
    made = opened.client.post("/rooms", data={
        "token": opened.token, "title": "周六早场", "streamer_id": "小美",
        "planned_start": "2026-11-28T09:00"}, follow_redirects=False)

    assert made.status_code == 303
    assert "周六早场" in opened.client.get("/rooms").text
    assert "还没开播" in opened.client.get(made.headers["location"]).text
    assert "正在直播" in opened.client.get("/").text
