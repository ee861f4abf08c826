from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from caopan.metrics.catalogue import metric
from caopan.metrics.spread import NoSpreadError, spread

SHOWS = [
    {"session_id": name, "streamer_id": "h", "started_at": "2026-03-01T20:00", "viewers": viewers,
     "buyers": buyers, "gmv": gmv, "currency": "CNY"}
    for name, viewers, buyers, gmv in (("a", 100, 10, 500), ("b", 20, 1, 70), ("c", 30, 6, None),
                                       ("d", None, 9, 80))
]


def test_the_sums_over_clusters_are_those_worked_by_hand(world: Callable[..., Any]) -> None:
    shows = world(sessions=SHOWS)

    (row,) = shows.rows(spread(metric("view_pay_rate"), shows.tables))

    assert row == {
        "value": pytest.approx(17 / 150), "numerator": 17, "denominator": 150, "n": 3,
        "clusters": 3, "s_nn": 137, "s_nd": 1_200, "s_dd": 11_300,
    }


def test_they_give_the_standard_error_of_a_ratio_of_sums(world: Callable[..., Any]) -> None:
    shows = world(sessions=SHOWS)
    above, below = np.array([10, 1, 6]), np.array([100, 20, 30])
    rest = above - above.sum() / below.sum() * below
    expected = np.sqrt(3 / 2 * (rest**2).sum()) / below.sum()

    (row,) = shows.rows(spread(metric("view_pay_rate"), shows.tables))

    ratio, below_sum = row["value"], row["denominator"]
    variance = row["s_nn"] - 2 * ratio * row["s_nd"] + ratio**2 * row["s_dd"]
    assert np.sqrt(3 / 2 * variance) / below_sum == pytest.approx(expected)


def test_a_total_has_no_denominator_to_spread(world: Callable[..., Any]) -> None:
    shows = world(sessions=SHOWS)

    (row,) = shows.rows(spread(metric("gmv_gross"), shows.tables, by=("streamer_id",)))

    assert (row["streamer_id"], row["currency"], row["value"]) == ("h", "CNY", 650)
    assert (row["clusters"], row["s_nn"]) == (3, 500**2 + 70**2 + 80**2)
    assert (row["denominator"], row["s_nd"], row["s_dd"]) == (None, None, None)


def test_distinct_buyers_spread_over_buyers_only(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        {"order_id": "1", "buyer_id": "ann", "paid_at": "2026-03-01T20:00", "amount": 30,
         "currency": "CNY", "session_id": "s"},
        {"order_id": "2", "buyer_id": "ann", "paid_at": "2026-03-02T20:00", "amount": 10,
         "currency": "CNY", "session_id": "t"},
        {"order_id": "3", "buyer_id": "bob", "paid_at": "2026-03-02T20:00", "amount": 20,
         "currency": "CNY", "session_id": "t"},
    ])

    (row,) = ledger.rows(spread(metric("aov_paid"), ledger.tables, cluster="buyer_id"))

    assert (row["value"], row["clusters"], row["s_nn"], row["s_dd"]) == (30, 2, 2_000, 2)
    with pytest.raises(NoSpreadError) as refusal:
        spread(metric("aov_paid"), ledger.tables)
    assert "buyer_id" in refusal.value.message.advise("zh")


def test_a_highest_value_has_no_spread(world: Callable[..., Any]) -> None:
    with pytest.raises(NoSpreadError):
        spread(metric("pcu"), world().tables)


def test_money_per_thousand_keeps_its_factor(world: Callable[..., Any]) -> None:
    shows = world(sessions=[{**SHOWS[0], "views": 1_000}])

    (row,) = shows.rows(spread(metric("gpm"), shows.tables))

    assert (row["value"], row["numerator"]) == (500, 500)


def test_a_strict_metric_stays_refused_while_an_order_is_young(
    world: Callable[..., Any],
) -> None:
    line = {"currency": "CNY", "buyer_id": "ann", "refund_amount": 0, "session_id": "s"}
    ledger = world(orders=[
        {**line, "order_id": "1", "paid_at": "2026-03-01T20:00", "amount": 10},
        {**line, "order_id": "2", "paid_at": "2026-03-09T20:00", "amount": 10},
    ])

    (row,) = ledger.rows(spread(metric("gmv_net_7"), ledger.tables))

    assert (row["value"], row["n"]) == (None, 1)
