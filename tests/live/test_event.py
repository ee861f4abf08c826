"""Events of a batch: each checked alone, in time and in bounds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from caopan.live import event as ev

AT = 1_764_240_000_000


def batch(*events: object) -> bytes:
    return json.dumps(events).encode()


def entered(number: int, **other: object) -> dict[str, Any]:
    return {"id": str(number), "at": AT, "source": "hand", "kind": "enter"} | other


def test_a_sound_batch_is_read_in_its_order() -> None:
    found = ev.read(batch(entered(1), entered(2, kind="like", count=3)))

    assert [type(one) for one in found.events] == [ev.Enter, ev.Like]
    assert found.rejected == ()


def test_times_are_milliseconds_or_iso_with_offset() -> None:
    found = ev.read(batch(entered(1, at="2025-11-27T18:40:00+08:00"), entered(2)))

    assert [ev.milliseconds(one) for one in found.events] == [AT, AT]


@pytest.mark.parametrize(("fault", "key"), [
    ({"at": 1_764_240_000}, "odd_time"), ({"at": "2026-11-27T20:00:00"}, "bad_event"),
    ({"id": ""}, "bad_event"), ({"id": "x" * 65}, "bad_event"), ({"source": "rumour"}, "bad_event"),
    ({"count": -1}, "bad_event"), ({"kind": "online"}, "bad_event"), ({"count": 1.5}, "bad_event"),
    ({"kind": "order", "order_id": "o", "product_id": "p", "amount": "1e5"}, "bad_event"),
    ({"kind": "order", "order_id": "o", "product_id": "p", "amount": -1}, "bad_event")])
def test_a_fault_is_named_with_its_place_and_spares_the_others(
        fault: dict[str, Any], key: str) -> None:
    found = ev.read(batch(entered(1), entered(2) | fault, entered(3)))

    assert [one.id for one in found.events] == ["1", "3"]
    assert [(one.index, one.message.key) for one in found.rejected] == [(1, key)]


def test_every_kind_of_the_contract_is_known() -> None:
    assert set(ev.KINDS) == {
        "enter", "leave", "online", "impression", "click", "order", "refund", "comment", "like",
        "follow", "share", "spend", "stock", "price", "heartbeat", "warning"}


@pytest.mark.parametrize(("body", "key"), [
    (b"[" + b"1," * 10_000 + b"1]", ev.TOO_MANY), (b" " * (ev.MOST_BYTES + 1), ev.TOO_LARGE),
    (b'{"id": "1"}', ev.NO_BATCH), (b"[" * 5_000, ev.NO_BATCH), (b"", ev.NO_BATCH)])
def test_what_is_no_batch_or_too_large_a_one_is_refused(body: bytes, key: str) -> None:
    with pytest.raises(ev.BadBatchError) as refused:
        ev.read(body)

    assert refused.value.message.key == key


def test_empty_lines_are_nobody() -> None:
    found = ev.read(b"\n" + json.dumps(entered(1)).encode() + b"\n\nnonsense\n", lines=True)

    assert len(found.events) == 1
    assert [one.index for one in found.rejected] == [1]
