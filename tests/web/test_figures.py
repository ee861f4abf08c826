from __future__ import annotations

from threading import Event
from time import monotonic

import pytest

from caopan.web.figures import Figures


def test_an_answer_that_takes_long_comes_at_a_later_question() -> None:
    figures, go = Figures(patience=0), Event()

    def slow() -> int:
        go.wait(5)
        return 3

    assert figures.ask("gmv", slow) is None
    go.set()
    figures.settle()
    patient = Figures(patience=5)

    assert patient.ask("gmv", slow) == 3
    assert patient.ask("gmv", lambda: 4) == 3


def test_those_who_ask_at_once_share_one_piece_of_work() -> None:
    figures, go, made = Figures(patience=0.01), Event(), []

    def slow() -> int:
        go.wait(5)
        made.append(1)
        return len(made)

    assert [figures.ask("gmv", slow) for _ in range(3)] == [None, None, None]
    go.set()
    found = None
    while found is None:
        found = figures.ask("gmv", slow)

    assert (found, made) == (1, [1])


def test_a_failure_is_told_and_tried_again() -> None:
    figures = Figures(patience=5)

    def failing() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        figures.ask("gmv", failing)

    assert figures.ask("gmv", lambda: 3) == 3


def test_a_work_that_times_out_itself_is_told_as_its_own_failure() -> None:
    figures = Figures(patience=5)

    def late() -> int:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        figures.ask("gmv", late)


def test_the_answer_asked_for_longest_ago_goes_first() -> None:
    figures = Figures(patience=5, most=2)
    for name in ("a", "b", "a", "c"):
        figures.ask(name, lambda: "old")

    assert figures.ask("a", lambda: "new") == "old"
    assert figures.ask("b", lambda: "new") == "new"


def test_answers_asked_for_together_wait_once_and_come_in_their_order() -> None:
    figures, go = Figures(patience=0.05), Event()

    def slow() -> int:
        go.wait(5)
        return 3

    begun = monotonic()
    found = figures.ask_all({"first": slow, "quick": lambda: 1, "third": slow})
    waited = monotonic() - begun
    go.set()

    assert found == [None, 1, None]
    assert waited < 2 * 0.05 + 0.5
    assert Figures(patience=5).ask_all({"b": lambda: 2, "a": lambda: 1}) == [2, 1]
