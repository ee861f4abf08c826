from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.metrics.catalogue import metric
from caopan.metrics.value import values, widened


def test_metrics_over_parts_of_one_base_have_the_same_sums_in_one_pass(
    world: Callable[..., Any],
) -> None:
    lines = [{"order_id": f"{day}", "paid_at": f"2026-01-{day:02d}T12:00", "merchant_id": "m",
              "amount": 100 * day, "currency": "CNY",
              **({"refunded_at": f"2026-01-{day + 3:02d}T12:00", "refund_amount": 10 * day}
                 if day % 2 else {})} for day in range(1, 28)]
    shop = world(orders=[*lines, {"order_id": "x", "paid_at": "2026-02-03T12:00",
                                  "merchant_id": "m", "amount": 7, "currency": "CNY"}])
    names = ("refund_rate_7", "refund_rate_14", "refund_rate_30")

    (row,) = shop.rows(values([widened(metric(name)) for name in names], shop.tables))

    for name in names:
        (alone,) = shop.value(name)
        assert [row[name], *(row[f"{name}__{part}"] for part in ("numerator", "denominator", "n"))
                ] == [pytest.approx(alone["value"]), alone["numerator"], alone["denominator"],
                      alone["n"]]
    assert row["refund_rate_7__n"] > row["refund_rate_30__n"] > 0


def test_a_metric_over_its_whole_base_stays_as_it_is() -> None:
    assert widened(metric("gmv_orders")) is metric("gmv_orders")
