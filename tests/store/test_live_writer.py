"""The writer: together in one transaction, answered when durable, told when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError

from caopan.store import live_writer
from caopan.store.live_writer import LiveBusyError, UnkeptError, Work, Writer
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text


@pytest.fixture
def writer(opened: Callable[[], Store]) -> Iterator[Writer]:
    writer = Writer(opened().ledger)
    yield writer
    writer.close()


def nothing(book: object) -> None:
    """Write nothing."""


def work(write: Callable[..., None] = nothing, answer: object = "done",
         spoiled: Event | None = None) -> Work:
    return Work(write=write, settle=lambda: answer, spoil=(spoiled or Event()).set)


def refuse(book: object) -> None:
    raise CaopanError(Message(key="no", text=Text(zh="不行", en="no")))


def full(book: object) -> None:
    statement = "INSERT"
    raise OperationalError(statement, {}, OSError("database or disk is full"))


def test_an_answer_comes_and_a_refusal_harms_nobody_else(writer: Writer) -> None:
    good, bad, after = (writer.put(one) for one in (work(), work(refuse), work(answer=3)))

    assert (good.result(10), after.result(10)) == ("done", 3)
    with pytest.raises(CaopanError, match="no"):
        bad.result(10)


def test_a_full_disk_is_told_to_everyone_who_waits_and_memory_is_mended(writer: Writer) -> None:
    spoiled = Event()

    failed = writer.put(work(full, spoiled=spoiled))

    with pytest.raises(UnkeptError, match="disk is full"):
        failed.result(10)
    assert spoiled.is_set()
    assert writer.put(work(answer="again")).result(10) == "again"


def test_more_than_can_wait_is_told_to_come_again(opened: Callable[[], Store],
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_writer, "MOST_WAITING", 2)
    writer, busy, go = Writer(opened().ledger), Event(), Event()

    def slow(book: object) -> None:
        busy.set()
        go.wait(10)

    first = writer.put(work(slow))
    busy.wait(10)
    waiting = [writer.put(work()) for _ in range(2)]
    with pytest.raises(LiveBusyError):
        writer.put(work())
    go.set()

    assert [one.result(10) for one in (first, *waiting)] == ["done"] * 3
    writer.close()
