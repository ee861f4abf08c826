from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest

from caopan.metrics.around import around
from caopan.metrics.catalogue import metric
from caopan.metrics.grouping import UnknownGroupingError


def sale(name: str, day: str, amount: int, merchant: str = "m") -> dict:
    return {"order_id": name, "paid_at": f"{day}T20:00", "merchant_id": merchant,
            "amount": amount, "currency": "CNY"}


def events(*rows: tuple[str, str]) -> ibis.Table:
    return ibis.memtable(pa.table({
        "merchant_id": [merchant for merchant, _ in rows],
        "on": pa.array([date.fromisoformat(day) for _, day in rows], pa.date32())}))


ORDERS = [sale("1", "2026-03-01", 5), sale("2", "2026-03-03", 10), sale("3", "2026-03-05", 100),
          sale("4", "2026-03-06", 20), sale("5", "2026-03-07", 30), sale("6", "2026-03-08", 700),
          sale("7", "2026-03-05", 9_999, "other")]


def test_the_day_itself_counts_for_neither_side(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS)

    rows = ledger.rows(around(metric("gmv_orders"), ledger.tables, days=2,
                              events=events(("m", "2026-03-05")), key="merchant_id"))

    assert rows == [{"merchant_id": "m", "on": date(2026, 3, 5), "currency": "CNY",
                     "before": 10, "after": 50, "value": 5.0}]


def test_a_window_beyond_the_data_is_not_known(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS)

    rows = ledger.rows(around(
        metric("gmv_orders"), ledger.tables, days=2, key="merchant_id",
        events=events(("m", "2026-03-02"), ("m", "2026-03-07"), ("other", "2026-03-04"))))

    assert [(row["before"], row["after"]) for row in rows] == [
        (None, 10), (0, 9_999), (120, None)]


def test_a_key_that_the_rows_do_not_carry_is_refused(world: Callable[..., Any]) -> None:
    with pytest.raises(UnknownGroupingError):
        around(metric("gmv_orders"), world().tables, events=events(), key="minute")
