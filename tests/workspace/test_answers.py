from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from caopan.workspace.answers import Kept


def test_a_new_import_asks_again() -> None:
    kept = Kept()
    kept.answer((1,), ("gmv",), lambda: 5)

    assert kept.answer((1,), ("gmv",), lambda: 7) == 5
    assert kept.answer((1, 2), ("gmv",), lambda: 7) == 7


def test_the_answer_asked_for_longest_ago_goes_first() -> None:
    kept = Kept(most=2)
    for name in ("a", "b", "a", "c"):
        kept.answer((1,), (name,), lambda: "old")

    assert kept.answer((1,), ("a",), lambda: "new") == "old"
    assert kept.answer((1,), ("b",), lambda: "new") == "new"


def test_two_who_ask_at_once_share_one_piece_of_work() -> None:
    kept, begun, go, made = Kept(), Event(), Event(), []

    def slow() -> int:
        begun.set()
        go.wait(5)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(max_workers=2) as pool:
        first = pool.submit(kept.answer, (1,), "slow", slow)
        begun.wait(5)
        second = pool.submit(kept.answer, (1,), "slow", slow)
        go.set()

        assert (first.result(), second.result()) == (1, 1)


def test_a_failure_is_not_remembered() -> None:
    kept = Kept()

    def failing() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept.answer((1,), ("x",), failing)

    assert kept.answer((1,), ("x",), lambda: 3) == 3
