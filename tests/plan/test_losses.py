from __future__ import annotations

from datetime import datetime

from caopan.plan.budget import divided
from caopan.plan.comparison import difference
from caopan.plan.losses import losses
from caopan.plan.stock_plan import StockPlan, stock_plan
from tests.plan.conftest import line, sales

history = sales({"草莓": 10.0, "苹果": 3.0})


def plan(now: datetime, *, price: int = 2_000, gift: int = 500) -> StockPlan:
    return stock_plan(history, [line("草莓", price=price), line("苹果", price=gift,
                                                              role="welfare")],
                      level=0.8, now=now)


def test_what_is_given_away_is_a_loss_that_is_known_beforehand(now: datetime) -> None:
    only, = losses(plan(now))

    assert (only.role, only.lines) == ("welfare", 1)
    assert 0 < only.expected <= only.most
    assert only.range.holds(only.expected)


def test_a_line_up_without_gifts_has_no_budgeted_loss(now: datetime) -> None:
    assert losses(plan(now, gift=2_000)) == ()


def test_plans_differ_by_a_range_and_not_at_all_from_themselves(now: datetime) -> None:
    nothing = divided([], total=None, level=0.8)
    usual, dearer = plan(now), plan(now, price=2_400)

    same = difference((usual, nothing), (usual, nothing), level=0.8).stock_profit
    more = difference((usual, nothing), (dearer, nothing), level=0.8)

    assert same is not None
    assert (same.low, same.high) == (0, 0)
    assert more.stock_profit is not None
    assert 0 < more.stock_profit.mid < more.stock_profit.high
    assert more.spend_gain is None
