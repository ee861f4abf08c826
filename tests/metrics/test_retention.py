from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from caopan.metrics.grouping import UnknownGroupingError
from caopan.metrics.retention import retention


def buy(name: str, buyer: str, day: str, merchant: str | None = "m") -> dict:
    return {"order_id": name, "buyer_id": buyer, "paid_at": f"{day}T20:00",
            "merchant_id": merchant, "amount": 1}


ORDERS = [buy("1", "ann", "2026-01-05"), buy("2", "ann", "2026-01-09"),
          buy("3", "ann", "2026-03-05"), buy("4", "bob", "2026-01-31"),
          buy("5", "bob", "2026-02-01"), buy("6", "cat", "2026-02-10"),
          buy("7", "ann", "2026-02-10", None)]


def test_a_cohort_is_followed_month_by_month(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS)

    rows = ledger.rows(retention(ledger.scope(as_of="2026-03-20T12:00")))

    january, february = date(2026, 1, 1), date(2026, 2, 1)
    assert [(row["cohort"], row["months"], row["buyers"], row["size"], row["share"],
             row["complete"]) for row in rows] == [
        (january, 0, 2, 2, 1.0, True), (january, 1, 1, 2, 0.5, True),
        (january, 2, 1, 2, 0.5, False), (february, 0, 2, 2, 1.0, True)]


def test_cohorts_are_split_by_shop_and_cut_by_the_period(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS)
    scope = ledger.scope("merchant_id", period="2026-02-01/2026-03-01",
                         as_of="2026-03-20T12:00")

    rows = ledger.rows(retention(scope))

    assert [(row["merchant_id"], row["months"], row["size"]) for row in rows] == [
        ("m", 0, 1), (None, 0, 1)]


def test_cohorts_are_not_split_by_product(world: Callable[..., Any]) -> None:
    with pytest.raises(UnknownGroupingError):
        retention(world().scope("product_id"))
