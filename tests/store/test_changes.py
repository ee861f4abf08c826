from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from caopan.store.changes import MOST, Change
from caopan.store.store import Store

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ROWS = {"session_id": ["s1", "s2"], "streamer_id": ["a", "a"],
        "started_at": pa.array([NOW, NOW], pa.timestamp("us", "UTC")),
        "gmv": [100, 200], "currency": ["CNY", "CNY"]}


def test_each_replaced_value_stands_beside_the_old_one(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with store.importing(now=NOW) as batch:
            batch.add("sessions", pa.table(ROWS))

        with store.previewing(now=NOW) as rehearsal:
            rehearsal.add("sessions", pa.table({**ROWS, "gmv": [100, None], "title": [None, "x"]}))

        assert rehearsal.changes == (
            Change(table="sessions", key={"session_id": "s2"}, column="title", old=None, new="x",
                   currency="CNY"),
            Change(table="sessions", key={"session_id": "s2"}, column="gmv", old=200, new=None,
                   currency="CNY"))
        assert len(store.batches()) == 1


def test_a_moment_that_moves_is_told_as_a_moment(tmp_path: Path) -> None:
    later = pa.array([NOW.replace(hour=2), NOW], pa.timestamp("us", "UTC"))
    with Store.open(tmp_path) as store:
        with store.importing(now=NOW) as batch:
            batch.add("sessions", pa.table(ROWS))

        with store.previewing(now=NOW) as rehearsal:
            rehearsal.add("sessions", pa.table({**ROWS, "started_at": later}))

        [change] = rehearsal.changes
        assert (change.old, change.new) == (NOW, NOW.replace(hour=2))


def test_the_sample_is_bounded_whatever_changes(tmp_path: Path) -> None:
    ids = [f"b{number:04}" for number in range(500)]
    with Store.open(tmp_path) as store:
        with store.importing(now=NOW) as batch:
            batch.add("belts", pa.table({"belt_id": ids, "city": ["义乌"] * 500}))

        with store.previewing(now=NOW) as rehearsal:
            rehearsal.add("belts", pa.table({"belt_id": ids, "city": ["曹县"] * 500}))

        assert rehearsal.result.tables["belts"].replaced == 500
        assert len(rehearsal.changes) == MOST
        assert [change.key["belt_id"] for change in rehearsal.changes[:2]] == ["b0000", "b0001"]
