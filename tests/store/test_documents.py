"""Documents are appended, never changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

import pytest

from caopan.store.store import Store


def test_documents_come_back_as_they_were_put_oldest_first(
        store: Store, march: Callable[[int], datetime]) -> None:
    first = store.put_document("report", {"标题": "人气下滑", "gmv": None}, inputs_hash="a",
                               now=march(1))
    second = store.put_document("report", {"n": [1, 2.5]}, inputs_hash="b", now=march(2),
                                schema_version=3)
    store.put_document("forecast", {}, inputs_hash="a", now=march(2))

    assert store.documents("report") == [first, second]
    assert first.body == {"标题": "人气下滑", "gmv": None}
    assert (second.id > first.id, second.schema_version, second.made_at) == (True, 3, march(2))


def test_the_documents_known_then_are_those_made_until_then(
        store: Store, march: Callable[[int], datetime]) -> None:
    early = store.put_document("report", {}, inputs_hash="a", now=march(1))
    store.put_document("report", {}, inputs_hash="a", now=march(3))

    assert store.documents("report", as_of=march(2)) == [early]


def test_the_latest_document_is_the_newest_of_its_kind_or_of_its_inputs(
        store: Store, march: Callable[[int], datetime]) -> None:
    old = store.put_document("report", {"v": 1}, inputs_hash="a", now=march(1))
    new = store.put_document("report", {"v": 2}, inputs_hash="b", now=march(2))

    assert store.latest_document("report") == new
    assert store.latest_document("report", inputs_hash="a") == old
    assert store.latest_document("report", inputs_hash="c") is None


def test_a_document_survives_closing(
        opened: Callable[[], Store], march: Callable[[int], datetime]) -> None:
    store = opened()
    made = store.put_document("report", {"a": 1}, inputs_hash="h", now=march(1))
    store.close()

    assert opened().documents("report") == [made]


def test_not_a_number_is_refused_and_nothing_is_kept(
        store: Store, march: Callable[[int], datetime]) -> None:
    with pytest.raises(Exception, match="JSON compliant"):
        store.put_document("report", {"a": math.nan}, inputs_hash="h", now=march(1))

    assert store.documents("report") == []


def test_a_moment_without_a_zone_is_refused(store: Store, march: Callable[[int], datetime]) -> None:
    with pytest.raises(Exception, match="2026"):
        store.put_document("report", {}, inputs_hash="h", now=march(1).replace(tzinfo=None))
