from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from caopan.metrics.served_growth import served_growth
from caopan.units.period import Period

MARCH = Period(start=date(2026, 3, 1), end=date(2026, 4, 1))
FEBRUARY = Period(start=date(2026, 2, 1), end=date(2026, 3, 1))


def sale(name: str, merchant: str, day: str, amount: int) -> dict:
    return {"order_id": name, "merchant_id": merchant, "paid_at": f"{day}T20:00",
            "amount": amount, "currency": "CNY"}


def test_the_same_merchants_are_compared_in_both_periods(world: Callable[..., Any]) -> None:
    ledger = world(
        orders=[
            sale("1", "served", "2026-02-10", 100), sale("2", "served", "2026-03-10", 150),
            sale("3", "alone", "2026-02-10", 200), sale("4", "alone", "2026-03-10", 220),
            sale("5", "gone", "2026-02-10", 50), sale("6", "alone", "2026-03-11", 5),
        ],
        engagements=[{"engagement_id": "e", "provider_id": "v", "merchant_id": "served",
                      "starts_on": "2026-03-05"}],
    )

    rows = ledger.rows(served_growth(ledger.tables, period=MARCH, against=FEBRUARY))

    assert rows == [
        {"currency": "CNY", "served": False, "merchants": 2, "before": 250, "now": 225,
         "growth": -0.1},
        {"currency": "CNY", "served": True, "merchants": 1, "before": 100, "now": 150,
         "growth": 0.5},
    ]
