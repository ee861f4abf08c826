from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from caopan.diagnose.column import Column
from caopan.diagnose.facts import facts, monthly
from caopan.diagnose.inputs import Products
from caopan.diagnose.mix import mix
from caopan.diagnose.products import shares
from caopan.playbook.signal import Against
from caopan.units.period import Period
from tests.diagnose.conftest import Rows, fortnight, inputs_of, scene_of

SALES = (10_000, 20_000, 30_000, 40_000, 50_000, 10_000)


def read(rows: Rows, products: Products | None = None) -> dict[tuple[str, str], Column]:
    found = facts(scene_of(inputs_of(rows, products=products)), level=0.8)
    return {(one.metric, one.against.value): one for one in found}


def value(rows: Rows, metric: str, products: Products | None = None) -> float:
    return float(read(rows, products)[metric, "level"].value[0])


def sold(units: Sequence[float], gmv: Sequence[float], *, names: int = 2) -> Products:
    """Return what six sessions sold of each product, session by session."""
    return Products(session=np.repeat(np.arange(6), names), product=np.tile(np.arange(names), 6),
                    units=np.array(units, dtype=float), gmv=np.array(gmv, dtype=float),
                    names=tuple(f"p{i}" for i in range(names)))


def test_sessions_a_week_are_counted_over_the_whole_period() -> None:
    rows = fortnight(gmv=SALES)
    counted = read(rows[:5])["sessions_per_week", "previous"]

    assert (counted.comparison[0], counted.value[0]) == (1.5, 1.0)
    assert counted.fact[0]
    assert counted.signal(0, supported=True).difference is None
    assert counted.prize[0] < 0


def test_less_than_a_week_has_no_rate_a_week() -> None:
    rows = [{"at": "2026-03-02T19:30", "gmv": 1}, {"at": "2026-03-03T19:30", "gmv": 1}]
    day = Period(start=date(2026, 3, 3), end=date(2026, 3, 4))
    week = Period(start=date(2026, 3, 2), end=date(2026, 3, 9))

    for period, known in ((day, False), (week, True)):
        made = {one.key: one for one in facts(scene_of(inputs_of(rows), period), level=0.8)}
        for name in ("sessions_per_week", "live_days_per_week"):
            assert np.isfinite(made[name, Against.LEVEL].value[0]) == known
            assert np.isfinite(made[name, Against.PREVIOUS].comparison[0]) == known


def test_days_after_the_data_end_are_not_days_without_a_session() -> None:
    """Every Tuesday of February, one on 2 March, and nothing known from then on."""
    days = np.arange("2026-02-01", "2026-03-29", dtype="datetime64[D]")
    other = [{"who": 1, "at": f"{day}T19:30", "gmv": 1} for day in days]
    mine = [{"at": f"2026-{day}T19:30", "gmv": 1}
            for day in ("02-03", "02-10", "02-17", "02-24", "03-02")]
    inputs = inputs_of([*mine, *other], names=("a", "b"))
    made = {one.key: one for one in facts(scene_of(inputs, None), level=0.8)}

    rate = made["sessions_per_week", Against.PREVIOUS]
    assert np.isnan(rate.value[0])
    assert rate.value[1] == 7.0


def test_a_share_of_rows_counts_those_rows() -> None:
    rows = [{"at": "2026-03-17T09:00", "gmv": None}, {"at": "2026-03-18T09:00", "gmv": None}]
    made = read(rows)["no_cart_share", "level"]

    assert (made.value[0], made.n[0]) == (1.0, 2)


def test_two_shows_on_one_day_are_one_live_day() -> None:
    rows = [*fortnight(gmv=SALES), {"at": "2026-03-16T09:00", "gmv": 10_000}]

    assert value(rows, "live_days_per_week") == 1.5
    assert value(rows, "sessions_per_week") == 2.0


def test_days_since_the_last_session_end_with_the_period() -> None:
    assert value(fortnight(gmv=SALES), "days_since_last") == 5.0


@pytest.mark.parametrize(("times", "spread"), [
    (("19:30", "19:30", "19:30"), 0.0), (("18:00", "19:00", "20:00"), 0.8),
    (("23:00", "00:00", "01:00"), 0.8),
])
def test_the_spread_of_the_starting_time_goes_round_the_clock(
    times: Sequence[str], spread: float,
) -> None:
    rows = [{"at": f"2026-03-{16 + 2 * i}T{time}", "gmv": 1} for i, time in enumerate(times)]

    assert value(rows, "start_hour_spread") == pytest.approx(spread, abs=0.03)


def test_starts_of_which_only_the_month_is_known_spread_over_no_hours() -> None:
    rows = [{"at": f"2026-03-{16 + i}T{7 * i % 24:02d}:00", "gmv": 1} for i in range(8)]
    inputs = inputs_of(rows)
    invented = replace(inputs, sessions=replace(inputs.sessions, dated=np.zeros(8, dtype=bool)))
    mixed = replace(inputs, sessions=replace(inputs.sessions, dated=np.arange(8) == 0))

    spreads = {}
    for name, made in (("invented", invented), ("mixed", mixed), ("said", inputs)):
        found = {one.metric: one for one in facts(scene_of(made), level=0.8)}
        spreads[name] = found["start_hour_spread"].value[0], found["start_hour_spread"].n[0]

    assert np.isnan(spreads["invented"][0])
    assert spreads["invented"][1] == 0
    assert spreads["mixed"] == (pytest.approx(0.0, abs=1e-6), 1)
    assert spreads["said"][0] > 3


def test_the_largest_session_is_a_share_of_the_period() -> None:
    assert value(fortnight(gmv=SALES), "top_session_share") == 0.5


def test_the_variation_is_that_of_the_periods_sessions() -> None:
    expected = np.std([40_000, 50_000, 10_000], ddof=1) / np.mean([40_000, 50_000, 10_000])

    assert value(fortnight(gmv=SALES), "gmv_cv") == pytest.approx(expected)


def test_shares_of_rows_count_what_was_set_apart_too() -> None:
    rows = [*fortnight(gmv=SALES), {"at": "2026-03-17T09:00", "gmv": None},
            {"at": "2026-03-18T09:00", "gmv": None, "orders": 4}]

    assert value(rows, "no_cart_share") == pytest.approx(1 / 5)
    assert value(rows, "gmv_unknown_share") == pytest.approx(1 / 5)


def test_where_viewers_are_missing_it_is_said_how_often() -> None:
    rows = fortnight(gmv=SALES, viewers=(1, 1, 1, None, 5, 5))

    assert value(rows, "viewers_unknown_share") == pytest.approx(1 / 3)


def test_the_last_thirty_days_may_reach_beyond_the_period() -> None:
    rows = [*fortnight(gmv=SALES), {"at": "2026-02-27T10:00", "gmv": 7},
            {"at": "2026-02-26T10:00", "gmv": 900}]

    assert monthly(scene_of(inputs_of(rows))).tolist() == [160_007.0]


def test_the_best_products_share_of_what_is_listed() -> None:
    products = sold([1] * 18, [10, 30, 60] * 3 + [20, 20, 10] * 3, names=3)

    assert value(fortnight(gmv=(100,) * 6), "top1_sku_share", products) == 0.4
    assert value(fortnight(gmv=(100,) * 6), "top3_sku_share", products) == 1.0
    assert value(fortnight(gmv=(100,) * 6), "sku_sold", products) == 3.0


def test_product_rows_are_held_against_their_sessions() -> None:
    scene = scene_of(inputs_of(fortnight(gmv=(100,) * 6)))

    made = shares(sold([1] * 12, [40, 40] * 6), scene.sides)

    assert made["product_gap"].tolist() == [[pytest.approx(0.2), pytest.approx(0.2)]]


def test_nobody_has_no_facts_that_could_be_computed() -> None:
    made = read([])

    assert np.isnan(made["top_session_share", "level"].value[0])
    assert np.isnan(made["days_since_last", "level"].value[0])
    assert made["sessions", "level"].value[0] == 0.0


def amounts(products: Products, gmv: Sequence[int]) -> list[int]:
    return mix(products, scene_of(inputs_of(fortnight(gmv=gmv))).sides).amounts[0].tolist()


def test_dearer_prices_alone_are_worth_what_they_added() -> None:
    """Ten of either a session; the first product goes from 5 to 7: 30 x 2 = 60."""
    products = sold([10, 10] * 6, [50, 100] * 3 + [70, 100] * 3)

    assert amounts(products, (150,) * 3 + (170,) * 3) == [0, 0, 60, 0]


def test_more_of_everything_is_units() -> None:
    products = sold([10, 10] * 3 + [20, 20] * 3, [50, 100] * 3 + [100, 200] * 3)

    assert amounts(products, (150,) * 3 + (300,) * 3) == [450, 0, 0, 0]


def test_the_dear_product_instead_of_the_cheap_one_is_the_mix() -> None:
    products = sold([10, 10] * 3 + [0, 20] * 3, [50, 100] * 3 + [0, 200] * 3)

    assert amounts(products, (150,) * 3 + (200,) * 3) == [0, 150, 0, 0]


def test_what_no_product_row_covers_keeps_the_sum_exact() -> None:
    products = sold([10, 10] * 6, [50, 100] * 6)

    assert amounts(products, (150,) * 3 + (190,) * 3) == [0, 0, 0, 120]


def test_the_pull_of_a_session_is_what_leaving_it_out_changes() -> None:
    rng = np.random.default_rng(3)
    units = rng.integers(1, 20, 12).astype(float)
    gmv = units * rng.integers(5, 9, 12)
    rows = fortnight(gmv=gmv.reshape(6, 2).sum(axis=1).tolist())
    full = mix(sold(units, gmv), scene_of(inputs_of(rows)).sides)

    for left in range(6):
        kept = np.repeat(np.arange(6) != left, 2)
        less = mix(sold(units * kept, gmv * kept), scene_of(inputs_of(
            [{**row, "gmv": 0 if i == left else row["gmv"]} for i, row in enumerate(rows)])).sides)
        np.testing.assert_allclose(full.amounts[0] - less.amounts[0], full.influence[left],
                                   atol=2.0)


def test_every_fact_is_a_level_or_a_count_beside_the_period_before() -> None:
    made = read(fortnight(gmv=SALES))

    assert {against for _, against in made} == {Against.LEVEL.value, Against.PREVIOUS.value}
