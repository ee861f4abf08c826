from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.plan.asked import Asked
from caopan.plan.demand import demanded
from caopan.plan.sales import Sales
from tests.plan.conftest import sales


def asked(*products: str, hours: float = 2.0, host: str = "林晚") -> Asked:
    n = len(products)
    return Asked(host=np.full(n, host, dtype=object), product=np.array(products, dtype=object),
                 role=np.full(n, None, dtype=object), hours=np.full(n, hours),
                 price=np.full(n, 2_000.0), start=np.full(n, 20_040.8),
                 strength=np.full((n, 2), np.nan), critical=np.full(n, 0.6))


def sold_out(made: Sales, *, told: float, seed: int = 2) -> Sales:
    """Return the sales cut off at half of what is usual, at the minute that follows."""
    rng = np.random.default_rng(seed)
    units, gone = made.units.copy(), made.gone.copy()
    stock = np.maximum(np.round(made.hours * 2.5), 1.0)
    for at, wanted in enumerate(made.units):
        if wanted >= stock[at]:
            told_of = rng.random(int(wanted)) < told
            when = np.sort(np.where(told_of, 0.2 + 0.1 * rng.random(int(wanted)),
                                    rng.random(int(wanted))))
            units[at], gone[at] = stock[at], when[int(stock[at]) - 1]
    return replace(made, units=units, gone=gone, opens=np.full(len(made), 0.2),
                   talked=np.full(len(made), 0.1))


def test_demand_follows_the_hours_and_the_product() -> None:
    found = demanded(sales({"草莓": 20.0, "苹果": 2.0}), asked("草莓", "苹果"))
    longer = demanded(sales({"草莓": 20.0, "苹果": 2.0}), asked("草莓", hours=4.0))

    assert found.points.mean(axis=1).tolist() == pytest.approx([40.0, 4.0], rel=0.25)
    assert longer.points.mean() == pytest.approx(2 * found.points[0].mean(), rel=0.01)
    assert found.n.tolist() == [30, 30]


@pytest.mark.parametrize("told", [0.0, 0.75])
def test_what_ran_out_early_was_asked_for_more(told: float) -> None:
    fruit = {f"水果{at}": 5.0 for at in range(6)}
    made = sold_out(sales(fruit), told=told)

    found = demanded(made, asked(*fruit))

    assert found.told == pytest.approx(told, abs=0.25)  # one step of those tried
    assert made.units.mean() < 6.0
    assert found.points.mean() == pytest.approx(10.0, rel=0.15)
    assert found.sold_out.min() > 10


def test_a_product_never_sold_is_told_from_others_with_a_wider_range() -> None:
    found = demanded(sales({f"水果{at}": 8.0 + at for at in range(8)}), asked("水果1", "新品"))

    wide = np.quantile(found.points, 0.9, axis=1) - np.quantile(found.points, 0.1, axis=1)
    assert found.n.tolist() == [30, 0]
    assert wide[1] > wide[0]
    assert np.median(found.points[1]) == pytest.approx(23.0, rel=0.25)


def test_ranges_of_demand_hold_as_often_as_they_say() -> None:
    rate = {f"水果{at}": float(np.exp(at / 4)) for at in range(16)}
    held = []
    for seed in range(12):
        found = demanded(sales(rate, seed=seed), asked(*rate))
        came = sales(rate, sessions=1, seed=seed + 500).units
        low, high = (np.quantile(found.points, one, axis=1, method="inverted_cdf")
                     for one in (0.1, 0.9))
        held += ((came >= low) & (came <= high)).tolist()

    assert 0.74 <= np.mean(held) <= 0.92  # counts are whole: a range holds a little more
