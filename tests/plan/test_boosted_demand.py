from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.plan.asked import Asked
from caopan.plan.boosted_demand import Trial, levels_of, of_class
from caopan.plan.demand import Demand, demanded
from caopan.plan.sales import Sales
from tests.plan.conftest import sales

FRUIT = {f"水果{at}": 6.0 + at for at in range(8)}
DAYS = 84


def weekly(*, weekend: float) -> Sales:
    """Return twelve weeks in which the last two days of each sell so many times as much."""
    made = sales(FRUIT, sessions=DAYS, shape=20.0, seed=4)
    more = np.where(np.floor(made.start).astype(int) % 7 >= 5, weekend, 1.0)
    return replace(made, units=np.round(made.units * more))


def asked(day: int) -> Asked:
    n = len(FRUIT)
    return Asked(host=np.full(n, "林晚", dtype=object), product=np.array(list(FRUIT), dtype=object),
                 role=np.full(n, None, dtype=object), hours=np.full(n, 2.0),
                 price=np.full(n, 2_000.0), start=np.full(n, 20_000.8 + day),
                 strength=np.full((n, 2), np.nan), critical=np.full(n, 0.6))


@pytest.fixture(scope="module")
def uneven() -> dict[int, Demand]:
    """Return what is told of a weekend's day and of a weekday after twelve uneven weeks."""
    made = weekly(weekend=3.0)
    return {day: demanded(made, asked(DAYS + day)) for day in (0, 5)}


def test_trees_tell_what_rates_cannot_see(uneven: dict[int, Demand]) -> None:
    quiet, busy = uneven[0], uneven[5]

    assert quiet.boosted.all()
    assert all(one.trees < one.rates for one in quiet.trials if one.earned)
    middles = [np.median(found.points, axis=1).sum() for found in (quiet, busy)]
    assert middles[1] > 1.8 * middles[0]  # three times in truth; a week back says less of it
    assert (np.diff(busy.points, axis=1) >= 0).all()
    assert quiet.n.tolist() == [DAYS] * len(FRUIT)


def test_where_there_is_nothing_to_see_the_rates_stand() -> None:
    found = demanded(weekly(weekend=1.0), asked(DAYS))

    assert found.trials
    assert not found.boosted.any()


def test_short_histories_are_not_tried_at_all() -> None:
    found = demanded(sales(FRUIT, sessions=12), asked(20))

    assert found.trials == ()
    assert found.trial.tolist() == [-1] * len(FRUIT)
    assert not found.boosted.any()


def test_levels_span_what_is_asked_for_and_stay_apart() -> None:
    assert levels_of(np.array([0.2, 0.5, 0.8])) == (0.2, 0.5, 0.8)
    assert levels_of(np.array([0.60, 0.61, 0.62])) == (0.62,)
    assert levels_of(np.array([-1.0, 1.0])) == (0.05, 0.95)


def test_a_history_belongs_to_the_longest_class_it_reaches() -> None:
    trials = tuple(Trial(least=least, n=200, trees=1.0, rates=1.0, earned=False)
                   for least in (3, 10, 30))

    assert of_class(np.array([0, 3, 29, 400]), trials).tolist() == [-1, 0, 1, 2]
    assert of_class(np.array([5]), ()).tolist() == [-1]
