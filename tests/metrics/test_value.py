from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.metrics.catalogue import metric
from caopan.metrics.grouping import UnknownGroupingError
from caopan.metrics.value import MixedBasesError, UnequalMaturityError, value, values

QUIET = {"session_id": "quiet", "streamer_id": "h", "started_at": "2026-03-01T20:00",
         "viewers": 20, "room_viewers_exposed": 100, "gmv": 0, "currency": "CNY"}
PACKED = {"session_id": "packed", "streamer_id": "h", "started_at": "2026-03-02T20:00",
          "viewers": 100, "room_viewers_exposed": 400, "gmv": 9_900, "currency": "CNY"}


def test_a_rate_is_the_ratio_of_sums_and_not_the_mean_of_rates(
    world: Callable[..., Any],
) -> None:
    (row,) = world(sessions=[QUIET, PACKED]).value("enter_rate")

    assert row == {"value": 0.24, "numerator": 120, "denominator": 500, "n": 2}


def test_a_row_unknown_on_one_side_counts_for_neither(world: Callable[..., Any]) -> None:
    unknown = {**PACKED, "session_id": "x", "room_viewers_exposed": None, "viewers": 7_000}

    (row,) = world(sessions=[QUIET, PACKED, unknown]).value("enter_rate")

    assert (row["value"], row["n"]) == (0.24, 2)


def test_zero_is_zero_and_null_is_not_known(world: Callable[..., Any]) -> None:
    unknown = {**QUIET, "session_id": "x", "streamer_id": "z", "gmv": None}

    found = world(sessions=[QUIET, unknown]).value("gmv_gross", by=("streamer_id",))

    assert [(row["streamer_id"], row["value"], row["n"]) for row in found] == [
        ("h", 0.0, 1), ("z", None, 0)]


def test_a_denominator_of_zero_gives_no_value(world: Callable[..., Any]) -> None:
    empty = {**QUIET, "room_viewers_exposed": 0, "viewers": 0}

    (row,) = world(sessions=[empty]).value("enter_rate")

    assert (row["value"], row["numerator"], row["denominator"]) == (None, 0, 0)


def test_amounts_of_two_currencies_are_never_added(world: Callable[..., Any]) -> None:
    abroad = {**PACKED, "session_id": "x", "gmv": 5_000_000, "currency": "IDR"}
    shows = world(sessions=[QUIET, PACKED, abroad])

    assert shows.by("gmv_gross", "currency") == {"CNY": 9_900, "IDR": 5_000_000}
    assert [row["currency"] for row in shows.value("total_roi")] == ["CNY", "IDR"]
    assert shows.one("view_uv") == 220


def test_a_total_is_exact_in_minor_units(world: Callable[..., Any]) -> None:
    large = 9_007_199_254_740_993
    (row,) = world(sessions=[{**PACKED, "gmv": large}]).value("gmv_gross")

    assert (row["numerator"], row["denominator"]) == (large, None)


def test_no_session_at_all_is_zero_sessions_and_no_gmv(world: Callable[..., Any]) -> None:
    nothing = world()

    assert nothing.one("sessions") == 0
    assert nothing.value("gmv_gross") == []
    assert nothing.one("view_pv") is None


def test_people_who_cannot_be_told_apart_are_not_nobody(world: Callable[..., Any]) -> None:
    anonymous = [{"order_id": "1", "paid_at": "2026-03-01T20:00", "amount": 1, "quantity": 1}]

    assert world(orders=anonymous).one("buyers_paid") is None


def test_several_metrics_of_one_base_come_in_one_pass(world: Callable[..., Any]) -> None:
    shows = world(sessions=[QUIET, PACKED])
    wanted = [metric("enter_rate"), metric("view_uv"), metric("gmv_gross")]

    (row,) = shows.rows(values(wanted, shows.tables, by=("streamer_id",)))

    assert row["streamer_id"] == "h"
    assert row["currency"] == "CNY"
    assert (row["enter_rate"], row["view_uv"], row["gmv_gross"]) == (0.24, 120, 9_900)
    assert row["enter_rate__denominator"] == 500


def test_metrics_over_different_rows_are_refused_in_one_pass(world: Callable[..., Any]) -> None:
    with pytest.raises(MixedBasesError, match=r"gmv_orders \(paid_lines\)"):
        values([metric("gmv_gross"), metric("gmv_orders")], world().tables)


def test_an_unknown_grouping_names_the_nearest_ones(world: Callable[..., Any]) -> None:
    with pytest.raises(UnknownGroupingError) as refusal:
        value(metric("gmv_gross"), world().tables, by=("streamer",))

    assert "streamer_id" in refusal.value.message.advise("en")
    assert refusal.value.message.say("zh") == "指标 gmv_gross 不能按 streamer 拆分"


@pytest.mark.parametrize(("name", "maturity"), [("refund_rate_7", 14), ("gmv_gross", 7)])
def test_another_maturity_than_its_own_is_refused(
    world: Callable[..., Any], name: str, maturity: int,
) -> None:
    with pytest.raises(UnequalMaturityError) as refusal:
        value(metric(name), world().tables, maturity=maturity)

    assert str(maturity) in refusal.value.message.say("zh")
    assert refusal.value.message.advise("en")


def test_its_own_maturity_is_accepted(world: Callable[..., Any]) -> None:
    assert "value" in value(metric("gmv_net_7"), world().tables, maturity=7).columns


def test_the_order_of_rows_is_irrelevant(world: Callable[..., Any]) -> None:
    there = world(sessions=[QUIET, PACKED]).value("gmv_per_session")
    back = world(sessions=[PACKED, QUIET]).value("gmv_per_session")

    assert there == back
    assert there[0]["value"] == 4_950
