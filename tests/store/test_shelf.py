"""A shelf: whole or not there, found by id, ranked by what is at stake."""

from __future__ import annotations

from pathlib import Path

import pytest

from caopan.store.shelf import FILE, Entry, Shelf, Wanted, clear, filling


def entry(id_: str, name: str, *, stake: int = 0, size: int = 0, way: str = "unknown",
          currency: str = "CNY") -> Entry:
    return Entry(grain="merchant", id=id_, currency=currency, name=name, way=way, stake=stake,
                 size=size, card={"headline": name}, body=id_.encode())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    with filling(tmp_path / "mark") as fill:
        fill.put(entry("m1", "晚晚果园", stake=90, size=10, way="loss"))
        fill.put(entry("m2", "Blue Tea", stake=0, size=700))
        fill.put(entry("m3", "阿泽茶铺", stake=400, size=20, way="loss"))
        fill.put(entry("m3", "阿泽茶铺", stake=1, size=900, way="gain", currency="IDR"))
        fill.say({"until": "2026-11-21"})
    made = Shelf.at(tmp_path / "mark")
    assert made is not None
    return made


def ids(shelf: Shelf, **wanted: str) -> list[str]:
    return [one.id for one in shelf.listed(
        Wanted(grain="merchant", currency="CNY", **wanted), most=9)]


def test_most_at_stake_stands_first_and_those_without_by_the_size_of_their_change(
    shelf: Shelf,
) -> None:
    assert ids(shelf) == ["m3", "m1", "m2"]


def test_a_list_is_narrowed_by_words_and_by_way(shelf: Shelf) -> None:
    assert ids(shelf, text="BLUE") == ["m2"]
    assert ids(shelf, text="m1") == ["m1"]
    assert ids(shelf, way="loss") == ["m3", "m1"]
    assert shelf.count(Wanted(grain="merchant", currency="CNY", text="茶")) == 1
    assert ids(shelf, text="%") == []


def test_amounts_of_two_currencies_are_never_ranked_together(shelf: Shelf) -> None:
    assert shelf.ways("merchant", "CNY") == {"loss": 2, "unknown": 1}
    assert shelf.ways("merchant", "IDR") == {"gain": 1}
    assert list(shelf.find("merchant", "m3")) == ["IDR", "CNY"]


def test_a_page_is_a_part_of_the_list(shelf: Shelf) -> None:
    wanted = Wanted(grain="merchant", currency="CNY")

    assert [one.id for one in shelf.listed(wanted, most=1, skip=1)] == ["m1"]
    assert shelf.listed(wanted, most=1)[0].card == {"headline": "阿泽茶铺"}


def test_nobody_has_an_unknown_id(shelf: Shelf) -> None:
    assert shelf.find("merchant", "m9") == {}
    assert shelf.find("streamer", "m1") == {}


def test_a_shelf_that_was_not_finished_is_not_there(tmp_path: Path) -> None:
    def broken() -> None:
        with filling(tmp_path / "mark") as fill:
            fill.put(entry("m1", "晚晚果园"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()

    assert Shelf.at(tmp_path / "mark") is None
    assert list((tmp_path / "mark").iterdir()) == []


def test_old_states_are_cleared_away(tmp_path: Path) -> None:
    for mark in ("old", "new"):
        with filling(tmp_path / mark) as fill:
            fill.put(entry("m1", "晚晚果园"))

    assert clear(tmp_path, keep=frozenset({"new"})) == ("old",)
    assert (tmp_path / "new" / FILE).is_file()
