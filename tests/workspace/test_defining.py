"""The definitions printed under 怎么算."""

from __future__ import annotations

import pytest

from caopan.metrics.catalogue import METRICS
from caopan.playbook.vocabulary import READINGS
from caopan.units.unit import Unit
from caopan.workspace.defining import definition, definitions


@pytest.mark.parametrize("name", sorted({*METRICS, *READINGS}))
def test_a_definition_is_more_than_the_name_again(name: str) -> None:
    made = definition(name)

    assert made is not None
    assert made.formula.zh != made.name.zh
    assert made.formula.en.lower() != made.name.en.lower()


def test_a_plain_column_is_a_sum_and_a_reading_has_its_own_formula() -> None:
    orders, spread = definition("orders"), definition("start_hour_spread")

    assert orders is not None
    assert orders.formula.zh == "各行成交订单数之和"
    assert spread is not None
    assert spread.formula.zh == "开播钟点的标准差，按一天一圈算"


def test_an_unknown_id_has_no_definition() -> None:
    assert definition("x_odd") is None


def test_a_factor_is_called_what_the_ratio_is_called() -> None:
    factor, ratio = definition("gmv_per_unit"), definition("price_per_item")

    assert factor is not None
    assert ratio is not None
    assert factor.name == ratio.name


def test_gmv_has_one_name_and_is_always_defined() -> None:
    made = definitions(())["gmv"]

    assert (made.name.zh, made.name.en) == ("成交金额（GMV）", "GMV")
    assert made.unit is Unit.MONEY
