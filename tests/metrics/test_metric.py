from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from caopan.metrics.catalogue import metric
from caopan.units.message import Text


@pytest.mark.parametrize(("name", "zh", "en"), [
    ("gmv_gross", "成交金额", "GMV"),
    ("enter_rate", "观看人数 ÷ 直播间曝光人数", "viewers ÷ people shown the room"),
    ("gpm", "成交金额 ÷ 观看次数 × 1,000", "GMV ÷ views × 1,000"),
    ("unfollow_rate", "取关粉丝数 ÷ 新增粉丝数（取关 ÷ 新增）",
     "followers lost ÷ new followers (lost ÷ gained)"),
])
def test_the_formula_is_said_in_words(name: str, zh: str, en: str) -> None:
    assert metric(name).formula == Text(zh=zh, en=en)


def test_a_metric_says_what_it_reads_and_what_it_may_be_split_by() -> None:
    gmv = metric("gmv_orders")

    assert gmv.tables == ("orders",)
    assert gmv.counted.zh == "已付订单行"
    assert "province" in gmv.groups
    assert gmv.source.en == "the order ledger"


def test_groupings_that_make_no_sense_are_left_out() -> None:
    assert "week" in metric("sessions").groups
    assert "week" not in metric("sessions_per_week").groups
    assert "week" in replace(metric("sessions_per_week"), ungrouped=frozenset()).groups


def test_a_definition_cannot_be_changed_in_passing() -> None:
    with pytest.raises(FrozenInstanceError):
        metric("gmv_gross").zh = "别的"


def test_rates_by_people_and_by_times_are_different_metrics() -> None:
    assert metric("prod_ctr_expo").formula != metric("prod_ctr_expo_times").formula


@pytest.mark.parametrize("days", [0, 1, 7, 14, 30])
def test_each_maturity_has_its_own_id(days: int) -> None:
    for name in ("gmv_net", "refund_rate", "refund_rate_orders"):
        assert metric(f"{name}_{days}").maturity == days
