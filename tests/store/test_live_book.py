"""Live rooms in the ledger: on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from caopan.store.live_book import KeptCommand, LiveBook
from caopan.store.store import Store

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_a_room_is_there_as_it_was_kept(opened: Callable[[], Store]) -> None:
    store = opened()
    with store.ledger.writing() as connection:
        book = LiveBook(connection)
        number = book.make_room(room_id="r", body={"title": "夜场"}, now=AT)
        book.log(number, KeptCommand(seq=1, id="c", at=AT, rev=1, body={"kind": "start"}))
        book.keep_minutes(number, [(5, [[1, 2], None, 0, {}, {}])])
        book.keep_minutes(number, [(5, [[3, 4], None, 0, {}, {}]), (6, [[0, 0], 1, 2, {}, {}])])
        book.keep_facts(number, rev=1, facts=[{"kind": "order", "id": "一"}])
        book.hear(number, rev=1, heard={"stock": {"p": [1, 2, "hand"]}})
        book.change_room(number, rev=2)
        book.flush()

    with store.ledger.reading() as connection:
        book = LiveBook(connection)
        (room,) = book.rooms()
        assert (room.id, room.rev, room.body, room.made_at) == ("r", 2, {"title": "夜场"}, AT)
        assert room.heard == {"stock": {"p": [1, 2, "hand"]}}
        assert book.commands(number) == [
            KeptCommand(seq=1, id="c", at=AT, rev=1, body={"kind": "start"})]
        assert [body[0] for _, body in book.minutes(number)] == [[3, 4], [0, 0]]
        assert book.facts(number) == [{"kind": "order", "id": "一"}]


def test_ids_are_new_once_in_each_room(opened: Callable[[], Store]) -> None:
    store = opened()
    with store.ledger.writing() as connection:
        book = LiveBook(connection)
        one, other = (book.make_room(room_id=name, body={}, now=AT) for name in "ab")

        assert book.new_ids(one, ["x", "雪", "'"]) is None
        assert book.new_ids(one, ["雪", "y", "y"]) == {"y"}
        assert book.new_ids(other, ["x"]) is None
        assert book.new_ids(one, ["x", "y"]) == frozenset()


def test_what_a_transaction_that_fails_kept_is_gone(opened: Callable[[], Store]) -> None:
    store = opened()
    with store.ledger.writing() as connection:
        number = LiveBook(connection).make_room(room_id="r", body={}, now=AT)

    def broken() -> None:
        with store.ledger.writing() as connection:
            LiveBook(connection).new_ids(number, ["x"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    with store.ledger.writing() as connection:
        assert LiveBook(connection).new_ids(number, ["x"]) is None
