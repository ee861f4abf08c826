from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from caopan.plan.line import Line, Note, Reason
from caopan.plan.stock_plan import StockPlan, stock_plan
from tests.plan.conftest import line, sales

history = sales({"草莓": 10.0, "苹果": 3.0})


def plan(*lines: Line, now: datetime, **limits: Any) -> StockPlan:  # noqa: ANN401 - limits of all kinds
    return stock_plan(history, lines, level=0.8, now=now, **limits)


def quantities(found: StockPlan) -> list[int]:
    return [order.quantity for _, order in found.orders]


def test_the_order_stands_at_the_critical_share_of_demand(now: datetime) -> None:
    found = plan(line("草莓"), now=now)

    item = found.items[0]
    assert item.order is not None
    assert item.demand is not None
    assert np.mean(found.points[0] <= item.order.quantity) == pytest.approx(0.6, abs=0.05)
    assert item.order.cost == 800 * item.order.quantity
    assert item.order.stockout == pytest.approx(0.4, abs=0.05)
    assert item.order.range.holds(item.order.profit)
    assert item.demand.low < item.order.quantity < item.demand.high


def test_missing_cost_is_a_line_that_cannot_be_told_and_others_go_on(now: datetime) -> None:
    found = plan(line("草莓", cost=None), line("苹果"), now=now)

    assert [one.reason for one in found.items] == [Reason.NO_COST, None]
    assert found.items[0].order is None
    assert found.items[0].demand is not None
    assert found.profit is not None


def test_what_is_left_of_one_show_is_there_for_the_next_if_it_keeps(now: datetime) -> None:
    keeps = plan(line(day=10, held=200), line(day=12, held=None, life=7.0), now=now)
    spoils = plan(line(day=10, held=200), line(day=12, held=None, life=1.0), now=now)

    assert keeps.orders[1][1].held > 150
    assert quantities(keeps) == [0, 0]
    assert Note.LEFT_OVER in keeps.items[1].notes
    assert spoils.orders[1][1].held == 0
    assert quantities(spoils)[1] > 0


def test_returns_and_stock_on_hand_lower_the_order(now: datetime) -> None:
    usual, returned, there = (quantities(plan(line("草莓", **known), now=now))[0] for known in (
        {}, {"returned": 0.4}, {"held": 5}))

    assert returned < usual
    assert there == usual - 5


def test_below_cost_nothing_is_ordered_unless_on_purpose(now: datetime) -> None:
    found = plan(line("草莓", price=700), line("苹果", price=700, role="welfare"), now=now)

    assert quantities(found)[0] == 0
    assert quantities(found)[1] > 0
    assert Note.BELOW_COST in found.items[0].notes
    assert Note.GIVEN_AWAY in found.items[1].notes
    assert found.orders[1][1].profit < 0


def test_the_loss_on_goods_given_away_stays_within_its_cap(now: datetime) -> None:
    given = line("草莓", price=500, role="welfare")

    free, capped = (plan(given, now=now, loss_cap=cap) for cap in (None, 2_000.0))

    assert free.orders[0][1].profit < -2_000
    assert capped.orders[0][1].profit >= -2_000
    assert 0 < quantities(capped)[0] < quantities(free)[0]


def test_cash_goes_where_it_brings_the_most(now: datetime) -> None:
    rich, poor = line("草莓", price=4_000), line("苹果", price=1_000)
    free = plan(rich, poor, now=now)
    cash = 0.4 * sum(order.cost for _, order in free.orders)

    found = plan(rich, poor, now=now, cash=cash)

    assert sum(order.cost for _, order in found.orders) <= cash
    assert found.price_of_cash is not None
    assert found.price_of_cash > 0
    assert quantities(found)[1] < quantities(free)[1]
    assert found.expected is not None
    assert found.bound is not None
    assert 0.98 * found.bound <= found.expected <= found.bound + 1e-6


def test_too_late_for_the_lead_time_is_said(now: datetime) -> None:
    late, early = (plan(line(day=2, lead=days), now=now).items[0].notes for days in (5.0, 1.0))

    assert Note.TOO_LATE in late
    assert Note.TOO_LATE not in early


def test_without_history_nothing_is_told(now: datetime) -> None:
    nothing = stock_plan(history.rows(np.zeros(0, dtype=np.int64)), [line()], level=0.8, now=now)
    little = stock_plan(history.rows(np.arange(5)), [line("新品")], level=0.8, now=now)

    for found in (nothing, little):
        assert found.items[0].reason is Reason.NO_HISTORY
        assert found.items[0].demand is None
        assert found.profit is None


def test_the_order_of_other_lines_changes_no_order(now: datetime) -> None:
    lines = [line("草莓"), line("苹果"), line("草莓", day=12, life=30.0, held=None)]

    one = plan(*lines, now=now)
    other = plan(lines[1], lines[0], lines[2], now=now)

    assert quantities(one) == [quantities(other)[at] for at in (1, 0, 2)]
