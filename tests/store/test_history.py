"""Any history of imports and undos agrees with a plain dictionary that was kept beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.store.store import Store
from caopan.store.undo import AlreadyUndoneError, LeanedOnError, UnknownBatchError

KEYS = st.tuples(st.sampled_from("ab"), st.sampled_from([None, "1"]))
ROWS = st.lists(st.tuples(KEYS, st.sampled_from([None, 0, 1])), max_size=4)
STEPS = st.lists(st.tuples(ROWS, ROWS) | st.integers(1, 5), min_size=1, max_size=6)
START = datetime(2026, 3, 1, tzinfo=UTC)
Facts = dict[tuple[str, str | None], int | None]


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_every_state_now_and_then_is_what_the_dictionary_says(
        tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list, list] | int]) -> None:
    facts: Facts = {}
    before: dict[int, Facts] = {}
    known_then: list[tuple[datetime, Facts]] = []
    with Store.open(tmp_path_factory.mktemp("history")) as store:
        for number, step in enumerate(steps):
            now = START + timedelta(hours=number)
            if isinstance(step, int):
                facts = _undo(store, step, now, facts, before)
            else:
                earlier = dict(facts)
                facts = _import(store, step, now, facts)
                before[store.batches()[-1].id] = earlier
            known_then.append((now, dict(facts)))

        assert _read(store, None) == facts
        for moment, expected in known_then:
            assert _read(store, moment) == expected


def _import(store: Store, step: tuple[list, list], now: datetime, facts: Facts) -> Facts:
    primary, derived = step
    after = facts | dict(primary)
    for key, value in derived:
        after.setdefault(key, value)

    with store.importing(now=now) as batch:
        batch.add("orders", _orders(derived), derived=True)
        batch.add("orders", _orders(primary))

    counts = batch.result.tables.get("orders")
    if counts is not None:
        assert counts.added == len(after) - len(facts)
        assert counts.replaced == sum(after[key] != facts[key] for key in facts)
        assert counts.repeated == len(primary) - len(dict(primary))
    return after


def _undo(store: Store, number: int, now: datetime, facts: Facts,
          before: dict[int, Facts]) -> Facts:
    """Undo a batch where that is allowed; the newest of all always gives back what was before."""
    active = [batch.id for batch in store.batches() if batch.is_active]
    try:
        store.undo(number, now=now)
    except (UnknownBatchError, AlreadyUndoneError):
        assert number not in active
        return facts
    except LeanedOnError:
        assert number != active[-1]
        return facts
    remaining = _read(store, None)
    if number == active[-1] and number == len(store.batches()):
        assert remaining == before[number]
    else:
        assert remaining.items() <= facts.items()
    return remaining


def _orders(rows: list[tuple[tuple[str, str | None], int | None]]) -> pa.Table:
    return pa.table({"order_id": pa.array([key[0] for key, _ in rows], pa.string()),
                     "line": pa.array([key[1] for key, _ in rows], pa.string()),
                     "quantity": pa.array([value for _, value in rows], pa.int64())})


def _read(store: Store, as_of: datetime | None) -> Facts:
    found = store.fetch(store.tables(as_of=as_of)["orders"].select("order_id", "line", "quantity"))
    rows = [((row["order_id"], row["line"]), row["quantity"]) for row in found.to_pylist()]
    assert len(rows) == len(dict(rows))
    return dict(rows)
