from __future__ import annotations

import numpy as np

from caopan.demo.lineup import NO_STOCK_LIMIT, Lineup
from caopan.demo.sale import sales


def line(stocks: list[int], prices: list[int], pulls: list[float]) -> Lineup:
    n = len(stocks)
    return Lineup(
        counts=np.array([n]), product=np.arange(n), role=np.full(n, 2),
        position=np.arange(1, n + 1), opens=np.arange(n) * 600, explained=np.full(n, 600),
        price=np.array(prices), pull=np.array(pulls), stock=np.array(stocks))


def sell(buyers: int, lineup: Lineup, *, plain: bool, seed: int = 1):  # noqa: ANN201 - Sales
    return sales(np.array([buyers]), np.array([3_600]), lineup, np.array([plain]),
                 np.random.default_rng(seed))


def test_every_buyer_orders_once_where_stock_is_no_limit() -> None:
    sold = sell(50, line([NO_STOCK_LIMIT], [990], [1.0]), plain=True)

    assert sold.slots.tolist() == [50]
    assert sold.amount.sum() == 50 * 990
    assert sold.sold_out.tolist() == [-1]


def test_stock_that_runs_out_censors_demand_from_that_second_on() -> None:
    sold = sell(50, line([20], [990], [1.0]), plain=True)

    assert sold.quantity.sum() == 20
    assert sold.slots.tolist() == [20]
    assert sold.sold_out[0] == sold.second.max()


def test_the_last_order_takes_what_is_left() -> None:
    sold = sell(400, line([7], [100], [1.0]), plain=False)

    assert sold.quantity.sum() == 7


def test_a_sold_out_product_does_not_stop_the_others() -> None:
    sold = sell(200, line([5, NO_STOCK_LIMIT], [100, 200], [1.0, 1.0]), plain=True)

    units = np.bincount(sold.entry, sold.quantity)
    assert units[0] == 5
    assert 70 < units[1] < 130


def test_buyers_who_got_nothing_are_not_counted() -> None:
    sold = sell(30, line([1], [100], [1.0]), plain=True)

    assert sold.slots.tolist() == [1]
    assert sold.slot.tolist() == [0]


def test_orders_are_at_least_buyers_and_units_at_least_orders() -> None:
    sold = sell(5_000, line([NO_STOCK_LIMIT], [100], [1.0]), plain=False)

    assert sold.slots[0] == 5_000
    assert 5_100 < len(sold.show) < 5_300
    assert 1.15 < sold.quantity.mean() < 1.21


def test_most_orders_come_while_the_product_is_explained() -> None:
    sold = sell(4_000, line([NO_STOCK_LIMIT] * 2, [100, 100], [1.0, 1.0]), plain=True)

    second_product = sold.second[sold.entry == 1]
    assert np.mean((second_product >= 600) & (second_product < 1_320)) > 0.7


def test_orders_are_in_order_of_time() -> None:
    sold = sell(300, line([NO_STOCK_LIMIT], [100], [1.0]), plain=False)

    assert (np.diff(sold.second) >= 0).all()
