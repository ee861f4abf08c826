from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.plan_error import carried, plan_errors


def _made(kept: list[bool]) -> History:
    count = len(kept)
    return History(subject=np.zeros(count, dtype=np.int64), start=np.arange(float(count)),
                   hours=np.full(count, 2.0), lasted=np.full(count, 3.0), sold=np.ones(count),
                   kept=np.array(kept))


def test_only_sessions_with_a_plan_and_an_end_tell_its_error() -> None:
    np.testing.assert_allclose(plan_errors(_made([True, False, True])), [np.log(1.5)] * 2)


def test_a_miss_told_from_hours_as_they_came_is_given_the_error_of_a_plan() -> None:
    errors = carried(_made([True] * 10 + [False] * 5), np.random.default_rng(1))

    assert errors is not None
    assert errors[:10].tolist() == [0.0] * 10
    np.testing.assert_allclose(errors[10:], np.log(1.5))


def test_few_kept_plans_tell_nothing() -> None:
    assert carried(_made([True] * 9 + [False] * 50), np.random.default_rng(1)) is None
