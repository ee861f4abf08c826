"""The card over the picture: its key opens one room for two days, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from caopan.units.clock import now
from caopan.web.console.room_overlay import LASTS, link
from caopan.web.house import House
from tests.web.conftest import guest
from tests.web.console.rooms import on_air


def test_a_key_shows_what_is_on_air_to_one_who_has_not_come_in(empty_house: House) -> None:
    room = on_air(empty_house)
    address = link(empty_house, room, now=now())

    page = guest(empty_house).get(address)
    card = guest(empty_house).get(address.replace("/overlay?", "/overlay/card?"))

    assert page.status_code == card.status_code == 200
    assert "四件套" in page.text
    assert "四件套" in card.text
    assert "<html" not in card.text
    assert 'name="token"' not in page.text


def test_it_alone_may_be_framed_and_tells_no_referrer(empty_house: House) -> None:
    room = on_air(empty_house)
    client = guest(empty_house)

    framed = client.get(link(empty_house, room, now=now())).headers
    other = client.get("/enter").headers

    assert "frame-ancestors *" in framed["content-security-policy"]
    assert "script-src 'self'" in framed["content-security-policy"]
    assert framed["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in other["content-security-policy"]


def test_a_key_that_has_ended_or_is_of_another_room_opens_nothing(empty_house: House) -> None:
    first, second = on_air(empty_house), on_air(empty_house)
    client = guest(empty_house)
    good = link(empty_house, first, now=now())
    ended = link(empty_house, first, now=now() - LASTS - timedelta(seconds=5))

    for address in (ended, good.replace(first, second), good[:-1] + "x", good.partition("?")[0],
                    good.replace("key=", "key=9")):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "四件套" not in answer.text


def test_a_key_opens_no_other_page(empty_house: House) -> None:
    room = on_air(empty_house)
    key = link(empty_house, room, now=now()).partition("?")[2]

    answer = guest(empty_house).get(f"/rooms/{room}?{key}", follow_redirects=False)

    assert answer.status_code == 303
