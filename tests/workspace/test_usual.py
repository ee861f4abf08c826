from __future__ import annotations

import numpy as np

from caopan.workspace.usual import usual


def counted(values: list[float], *, place: int) -> np.ndarray:
    others = np.ones(len(values), dtype=np.bool_)
    others[place] = False
    return others


def test_the_session_itself_and_what_is_not_known_are_not_usual() -> None:
    values = [100.0, 1.0, 2.0, 3.0, 4.0, float("nan")]

    found = usual(np.array(values), place=0, others=counted(values, place=0))

    assert found is not None
    assert (found.median, found.n, found.below) == (2.5, 4, 4)
    assert (found.low, found.high) == (1.75, 3.25)
    assert found.most <= 4.0


def test_two_other_sessions_are_too_few_to_call_anything_usual() -> None:
    values = [9.0, 1.0, 2.0]

    assert usual(np.array(values), place=0, others=counted(values, place=0)) is None


def test_equal_sessions_lie_below_nothing() -> None:
    values = [5.0, 5.0, 5.0, 5.0]

    found = usual(np.array(values), place=2, others=counted(values, place=2))

    assert found is not None
    assert (found.median, found.below) == (5.0, 0)
