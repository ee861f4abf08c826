from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.plan.demand import demanded
from caopan.plan.rates import Scale
from caopan.plan.sales import Sales
from tests.plan.conftest import sales
from tests.plan.test_demand import asked

FRUIT = {f"水果{at}": 4.0 + at for at in range(6)}


def forecast(*, true: bool) -> Sales:
    """Return sessions that were forecast to be weak or strong, and were so or not."""
    rng = np.random.default_rng(8)
    made = sales(FRUIT, sessions=30, shape=8.0)
    strength = np.repeat(rng.lognormal(0.0, 0.6, 30), len(FRUIT))
    units = np.round(made.units * strength) if true else made.units
    return replace(made, units=units, strength=np.stack([strength, np.full(len(made), np.nan)],
                                                        axis=1))


def test_demand_follows_a_forecast_that_sales_followed() -> None:
    lines = replace(asked(*FRUIT), strength=np.full((6, 2), 3.0))

    found = demanded(forecast(true=True), lines)
    usual = demanded(forecast(true=True), asked(*FRUIT))

    assert (found.scale.outcome, found.scale.power) == (0, 1.0)
    assert found.followed.all()
    assert not usual.followed.any()
    assert found.points.mean() == pytest.approx(3.0 * usual.points.mean(), rel=0.02)


def test_a_forecast_that_sales_did_not_follow_moves_nothing() -> None:
    lines = replace(asked(*FRUIT), strength=np.full((6, 2), 3.0))

    found = demanded(forecast(true=False), lines)

    assert found.scale.outcome is None
    assert found.scale.n == 180
    assert found.points.mean() == pytest.approx(2 * np.mean(list(FRUIT.values())), rel=0.15)


def test_where_no_session_was_forecast_hours_alone_count() -> None:
    assert demanded(sales(FRUIT), asked(*FRUIT)).scale == Scale()
