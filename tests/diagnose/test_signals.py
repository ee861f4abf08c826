from __future__ import annotations

import numpy as np
import pytest

from caopan.diagnose.column import column, interval, leaning
from caopan.diagnose.control import asked_for, level_of_facts, supported
from caopan.diagnose.findings import sessions_missing
from caopan.diagnose.inputs import MetricTable
from caopan.diagnose.readings import READINGS, Worth
from caopan.diagnose.signals import by_itself, changed
from caopan.diagnose.tables import against_previous
from caopan.diagnose.tables import by_itself as table_by_itself
from caopan.playbook.signal import Against, Signal
from caopan.playbook.vocabulary import READINGS as VOCABULARY
from caopan.units.verdict import Verdict
from tests.diagnose.conftest import fortnight, inputs_of, scene_of

VIEWERS = (1000, 1200, 800, 500, 700, 600)
BUYERS = (50, 66, 38, 20, 35, 29)
GMV = (500_000, 640_000, 390_000, 210_000, 340_000, 300_000)


def signal(reading: str, against: Against = Against.PREVIOUS, **columns: object) -> Signal:
    rows = fortnight(**{"viewers": VIEWERS, "buyers": BUYERS, "gmv": GMV, **columns})
    made = changed(reading, scene_of(inputs_of(rows)).sides, against=against, level=0.8)
    return made.signal(0, supported=True)


def test_a_reading_is_a_ratio_of_sums_on_both_sides() -> None:
    rate = signal("view_pay_rate")

    assert rate.value == pytest.approx(84 / 1800)
    assert rate.comparison == pytest.approx(154 / 3000)
    assert (rate.n, rate.n_comparison, rate.n_of) == (3, 3, "sessions")
    assert rate.difference is not None
    assert rate.difference.mid == pytest.approx(84 / 1800 - 154 / 3000)


def test_a_factor_of_gmv_is_worth_its_share_of_the_change() -> None:
    total = sum(GMV[3:]) - sum(GMV[:3])

    parts = [signal(one).prize for one in ("viewers_per_session", "view_pay_rate", "aov")]

    assert sum(part.mid for part in parts if part) == pytest.approx(total)


def test_a_reading_without_a_price_has_no_prize() -> None:
    assert signal("follow_rate", new_followers=(9, 8, 7, 3, 2, 1)).prize is None


def test_spending_a_larger_share_of_gmv_costs_the_difference() -> None:
    spent = [round(0.1 * gmv) for gmv in GMV[:3]] + [round(0.2 * gmv) for gmv in GMV[3:]]

    fee = signal("fee_rate", ad_spend=spent)

    assert fee.prize is not None
    assert fee.prize.mid == pytest.approx(-0.1 * sum(GMV[3:]), rel=1e-4)


def test_gpm_is_per_thousand_views() -> None:
    assert signal("gpm", views=VIEWERS).value == pytest.approx(sum(GMV[3:]) / 1800 * 1000)


def test_what_is_missing_on_one_side_cannot_be_compared() -> None:
    made = signal("view_pay_rate", buyers=(None, None, None, 20, 35, 29))

    assert made.value == pytest.approx(84 / 1800)
    assert made.comparison is None
    assert made.difference is None
    assert made.p_value is None


def test_a_rate_of_zero_is_a_value_with_a_range_and_a_chance() -> None:
    made = signal("view_pay_rate", buyers=(50, 66, 38, 0, 0, 0))

    assert made.value == 0.0
    assert made.difference is not None
    assert made.difference.high < 0
    assert made.p_value is not None
    assert made.p_value < 0.05


def test_zero_against_zero_is_no_difference() -> None:
    made = signal("view_pay_rate", buyers=(0,) * 6)

    assert made.p_value is None or made.p_value > 0.5


def test_two_single_sessions_show_other_numbers_of_people_as_a_fact_and_no_rate() -> None:
    rows = [fortnight(viewers=VIEWERS, buyers=BUYERS)[i] for i in (0, 3)]
    sides = scene_of(inputs_of([{**row, "gmv": 1} for row in rows])).sides

    people = changed("viewers_per_session", sides, against=Against.PREVIOUS, level=0.8)
    rate = changed("view_pay_rate", sides, against=Against.PREVIOUS, level=0.8)

    assert people.fact[0]
    assert not rate.fact[0]
    assert np.isnan(rate.probability[0])


def test_two_sessions_a_side_are_neither_tested_nor_a_fact() -> None:
    rows = [fortnight(viewers=VIEWERS, gmv=GMV)[i] for i in (0, 1, 3, 4)]
    people = changed("viewers_per_session", scene_of(inputs_of(rows)).sides,
                     against=Against.PREVIOUS, level=0.8)

    assert not people.fact[0]
    assert np.isnan(people.probability[0])


def test_by_itself_a_reading_has_the_range_of_its_own_value() -> None:
    rows = fortnight(viewers=VIEWERS, buyers=BUYERS, gmv=GMV)
    made = by_itself("view_pay_rate", scene_of(inputs_of(rows)).sides, level=0.8).signal(
        0, supported=False)

    assert made.difference is not None
    assert made.difference.mid == made.value == pytest.approx(84 / 1800)
    assert made.difference.low < 84 / 1800 < made.difference.high


def table(numerator: float, before: float, *, cost: bool = False) -> MetricTable:
    top, bottom = np.array([[before, numerator]]), np.array([[500.0, 500.0]])
    return MetricTable(metric="refund_rate_7", numerator=top, denominator=bottom, n=bottom,
                       clusters=bottom, moments=(top, top, bottom), cost=cost, n_of="orders")


def test_refunds_cost_their_share_of_gmv() -> None:
    made = against_previous(table(100, 50, cost=True), np.array([900_000.0]), level=0.8).signal(
        0, supported=True)

    assert (made.comparison, made.value, made.n_of) == (0.1, 0.2, "orders")
    assert made.prize is not None
    assert made.prize.mid == pytest.approx(-90_000)
    assert made.p_value is not None
    assert made.p_value < 0.001


def test_a_catalogue_metric_without_a_price_has_none() -> None:
    assert against_previous(table(100, 50), np.array([9e5]), level=0.8).signal(
        0, supported=True).prize is None


def test_the_range_of_a_share_is_close_to_the_binomial_one() -> None:
    made = table_by_itself(table(100, 50), level=0.8).signal(0, supported=True)

    assert made.difference is not None
    plain = 1.2816 * np.sqrt(0.2 * 0.8 / 500)
    assert plain < made.difference.high - 0.2 < 2 * plain


def claim(metric: str, against: Against, chance: float, *, fact: bool = False) -> object:
    one = np.ones(1)
    return column(metric, against, 2 * one, level=0.8, comparison=one,
                  probability=np.array([chance]), fact=one * fact)


def carried(*claims: object, main: tuple[str, ...] = ()) -> list[str]:
    factors = {(name, Against.PREVIOUS): np.ones(1, dtype=bool) for name in main}
    found = supported(claims, factors, rate=0.1)  # type: ignore[arg-type]
    return [key[0] for key, marks in found.items() if marks[0]]


def test_one_small_chance_among_many_is_not_enough() -> None:
    crowd = [claim(f"m{i}", Against.PREVIOUS, 0.5) for i in range(20)]

    assert carried(claim("a", Against.PREVIOUS, 0.01)) == ["a"]
    assert carried(claim("a", Against.PREVIOUS, 0.01), *crowd) == []


def test_factors_of_the_main_identity_do_not_pay_for_the_crowd_of_other_signals() -> None:
    crowd = [claim(f"m{i}", Against.PREVIOUS, 0.5) for i in range(60)]

    assert carried(claim("aov", Against.PREVIOUS, 0.01), *crowd, main=("aov",)) == ["aov"]


def test_many_real_gaps_to_peers_do_not_make_a_change_easier_to_claim() -> None:
    gaps = [claim(f"g{i}", Against.PEERS, 1e-9) for i in range(20)]
    crowd = [claim(f"m{i}", Against.PREVIOUS, 0.5) for i in range(9)]

    found = carried(claim("a", Against.PREVIOUS, 0.02), *crowd, *gaps)

    assert "a" not in found
    assert len(found) == 20


def test_a_fact_needs_no_test_but_a_difference() -> None:
    same = column("sessions_per_week", Against.PREVIOUS, np.ones(1), level=0.8,
                  comparison=np.ones(1), fact=np.ones(1))

    assert carried(claim("sessions_per_week", Against.PREVIOUS, np.nan, fact=True)) == [
        "sessions_per_week"]
    assert carried(same) == []


def test_values_by_themselves_share_a_stricter_level() -> None:
    assert level_of_facts(rate=0.1, claims=1) == pytest.approx(0.96)
    assert level_of_facts(rate=0.1, claims=25) == pytest.approx(0.9984)


def test_only_what_somebody_asks_for_is_looked_up() -> None:
    keys = [("gpm", Against.OWN), ("aov", Against.OWN), ("aov", Against.PEERS)]

    assert asked_for(keys, Against.OWN) == ["aov", "gpm"]


@pytest.mark.parametrize(("chance", "n", "more"), [
    (0.0052, 10, 1), (0.1618, 10, 31), (0.9, 10, None), (1.0, 10, None), (0.02, 3, 2),
])
def test_how_many_more_sessions_would_settle_a_difference(
    chance: float, n: int, more: int | None,
) -> None:
    doubt = Signal(metric="aov", against=Against.PREVIOUS, value=1.0, comparison=2.0,
                   p_value=chance, n=n, n_comparison=n)

    assert sessions_missing(doubt) == more


def test_a_value_by_itself_is_not_settled_by_more_sessions() -> None:
    assert sessions_missing(Signal(metric="aov", against=Against.LEVEL, value=1.0, n=9)) is None


def test_a_range_that_cannot_be_computed_is_none() -> None:
    assert interval(np.nan, 1.0, 0.8) is None
    assert interval(1.0, np.inf, 0.8) is None
    assert leaning(5, np.nan, 0.8) is None


def test_a_leaning_range_is_longer_away_from_zero() -> None:
    up, down = leaning(100, 40, 0.8), leaning(-100, 40, 0.8)

    assert up is not None
    assert down is not None
    assert (up.low, down.high) == (60, -60)
    assert up.high == -down.low == pytest.approx(152)


def test_every_reading_that_moves_gmv_divides_columns_that_exist() -> None:
    for reading in READINGS.values():
        assert reading.name.zh
        assert reading.name.en
        assert reading.worth in set(Worth)


def test_what_rules_may_name_of_sessions_is_read_here() -> None:
    """Every ratio of the playbook's vocabulary that sessions carry has its two columns."""
    shared = set(READINGS) & set(VOCABULARY)

    assert len(shared) > 40
    for id_ in shared:
        assert READINGS[id_].unit is VOCABULARY[id_].unit


def test_a_column_is_one_subjects_signal_at_a_time() -> None:
    made = column("aov", Against.PEERS, np.array([5.0, np.nan]), level=0.8, n=np.array([4.0, 0.0]))

    assert made.key == ("aov", Against.PEERS)
    assert made.signal(0, supported=True).verdict is Verdict.SUPPORTED
    assert made.signal(1, supported=False).value is None
