from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ADS = [
    {"plan_id": "a", "starts_at": "2026-03-01T20:00", "session_id": "s", "spend": 1_000,
     "net_spend": 900, "impressions": 10_000, "entries": 100, "attributed_gmv": 5_000,
     "currency": "CNY", "tool": "fentiao"},
    {"plan_id": "b", "starts_at": "2026-03-01T21:00", "session_id": "s", "spend": 3_000,
     "net_spend": None, "impressions": 10_000, "entries": 300, "attributed_gmv": 3_000,
     "currency": "CNY", "tool": "jinniu"},
]
SHOW = {"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T20:00",
        "gmv": 20_000, "ad_spend": 4_000, "planned_ad_spend": 5_000, "views": 1_000,
        "paid_views": 400, "currency": "CNY"}


@pytest.mark.parametrize(("name", "expected"), [
    ("spend", 4_000), ("net_spend", 900), ("pay_roi", 2), ("cost_enter", 10), ("cpm", 200),
    ("ad_enter_rate", 0.02), ("session_spend", 4_000), ("spend_against_plan", 0.8),
    ("total_roi", 5), ("fee_rate", 0.2), ("natural_leverage", 1.5),
])
def test_two_ads_in_one_session(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(ad_spend=ADS, sessions=[SHOW]).one(name) == pytest.approx(expected)


def test_spend_is_split_by_tool_and_reaches_the_streamer(world: Callable[..., Any]) -> None:
    ads = world(ad_spend=ADS, sessions=[SHOW])

    assert ads.by("spend", "tool", "streamer_id") == {("fentiao", "h"): 1_000,
                                                      ("jinniu", "h"): 3_000}


def test_a_session_without_a_spend_figure_is_not_free(world: Callable[..., Any]) -> None:
    unknown = {**SHOW, "session_id": "x", "ad_spend": None, "gmv": 1_000_000}
    free = {**SHOW, "session_id": "free", "ad_spend": 0, "gmv": 20_000}

    assert world(sessions=[SHOW, unknown]).one("total_roi") == 5
    assert world(sessions=[SHOW, free]).one("total_roi") == 10
    assert world(sessions=[free]).one("total_roi") is None


def test_attributed_roi_says_that_it_is_no_effect() -> None:
    from caopan.metrics.catalogue import metric

    assert "不是效果" in metric("pay_roi").zh
    assert "not the effect" in metric("pay_roi").en
