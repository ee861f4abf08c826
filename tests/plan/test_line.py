from __future__ import annotations

import pytest

from caopan.plan.line import Reason
from tests.plan.conftest import NOW, line


@pytest.mark.parametrize(("known", "reason"), [
    ({"cost": None}, Reason.NO_COST), ({"price": None}, Reason.NO_PRICE),
    ({"salvage": 800}, Reason.SALVAGE_ABOVE_COST), ({"mixed": True}, Reason.OTHER_CURRENCY),
    ({}, None), ({"salvage": None}, None), ({"cost": 0, "salvage": None}, None)])
def test_a_line_says_why_it_has_no_order(known: dict[str, object], reason: Reason | None) -> None:
    assert line(**known).reason() is reason


def test_only_what_draws_traffic_is_sold_below_cost_on_purpose() -> None:
    assert line(price=700, role="welfare").given
    assert not line(price=700, role="hero").given
    assert not line(price=2_000, role="welfare").given


def test_returns_lower_what_a_sale_brings() -> None:
    assert line(price=2_000, returned=0.25, salvage=400).kept == 1_600.0


def test_an_order_is_due_by_the_lead_time_before_the_show() -> None:
    due = line(day=10, lead=3.0).order_by

    assert due is not None
    assert (due - NOW).days == 7
    assert line().order_by is None
