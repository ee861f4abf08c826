"""What comes next is made meanwhile, in order, and what goes wrong arrives where it belongs."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from caopan.ingest.ahead import ahead


def test_the_next_is_made_while_this_one_is_looked_at() -> None:
    begun = [threading.Event() for _ in range(3)]

    def made() -> Iterator[int]:
        for at, event in enumerate(begun):
            event.set()
            yield at

    for item in ahead(made()):
        assert all(event.wait(5) for event in begun[:item + 2])


def test_what_goes_wrong_comes_after_what_went_well() -> None:
    def made() -> Iterator[int]:
        yield 1
        message = "torn"
        raise ValueError(message)

    items = ahead(made())
    assert next(items) == 1
    with pytest.raises(ValueError, match="torn"):
        next(items)


def test_whoever_stops_early_leaves_no_thread_behind() -> None:
    items = ahead(iter(range(100)))
    assert next(items) == 0
    items.close()
    assert not [one for one in threading.enumerate() if one.name.startswith("ahead")]
