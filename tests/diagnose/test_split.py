from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caopan.diagnose.diagnosis import Change, Diagnosis
from caopan.diagnose.everyone import everyone
from caopan.diagnose.inputs import Inputs
from caopan.playbook.handbook import handbook
from caopan.units.verdict import Verdict
from tests.diagnose.conftest import NOW, fortnight, inputs_of

LADDER = handbook().ladder
Six = Callable[..., list[dict[str, object]]]
COUNT = st.integers(0, 50_000)
MONEY = st.integers(0, 10**11)
SETTINGS = settings(max_examples=25, deadline=None,
                    suppress_health_check=[HealthCheck.too_slow])


def diagnosed(inputs: Inputs) -> Diagnosis:
    return everyone(inputs, rules=(), ladder=LADDER, period=NOW)[0]


def changes(found: Diagnosis) -> list[Change]:
    return [one for one in (found.change, *found.trees) if one.refused is None]


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, object]]:
    """Return six sessions whose funnel narrows, zeros included."""
    made = []
    for row in fortnight():
        viewers = draw(COUNT)
        clickers = draw(st.integers(0, viewers))
        buyers = draw(st.integers(0, clickers))
        made.append({**row, "minutes": draw(st.integers(11, 600)), "viewers": viewers,
                     "views": viewers, "product_viewers": viewers, "product_clickers": clickers,
                     "buyers": buyers, "orders": buyers, "units": buyers,
                     "gmv": draw(MONEY) if buyers else 0})
    return made


@SETTINGS
@given(rows())
def test_the_amounts_of_every_identity_add_up_to_the_change_exactly(
    sessions: list[dict[str, object]],
) -> None:
    for change in changes(diagnosed(inputs_of(sessions))):
        assert sum(factor.amount for factor in change.factors) == change.after - change.before


@SETTINGS
@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(
    sessions: list[dict[str, object]], shuffler: object,
) -> None:
    named = [{**row, "id": f"s{i}"} for i, row in enumerate(sessions)]
    other = list(named)
    shuffler.shuffle(other)  # type: ignore[attr-defined]

    assert diagnosed(inputs_of(other)) == diagnosed(inputs_of(named))


@SETTINGS
@given(rows(), st.integers(2, 50))
def test_money_in_another_unit_scales_every_amount(
    sessions: list[dict[str, object]], times: int,
) -> None:
    more = [{**row, "gmv": row["gmv"] * times} for row in sessions]  # type: ignore[operator]

    plain, scaled = diagnosed(inputs_of(sessions)).change, diagnosed(inputs_of(more)).change

    assert scaled.after - scaled.before == times * (plain.after - plain.before)
    for first, last in zip(plain.factors, scaled.factors, strict=True):
        assert last.amount == pytest.approx(times * first.amount, abs=times + 1, rel=1e-9)
        assert last.verdict is first.verdict
        assert (last.p_value is None) == (first.p_value is None)
        if first.p_value is not None:
            assert last.p_value == pytest.approx(first.p_value, abs=1e-9)


@SETTINGS
@given(rows())
def test_every_range_holds_its_own_amount(sessions: list[dict[str, object]]) -> None:
    for change in changes(diagnosed(inputs_of(sessions))):
        for factor in change.factors:
            if factor.interval is not None:
                assert factor.interval.low <= factor.amount <= factor.interval.high
                assert factor.interval.level == 0.8


def test_twice_the_viewers_and_nothing_else(six: Six) -> None:
    """GMV doubles because the viewers double: 3,000 yuan, all of it theirs."""
    change = diagnosed(inputs_of(six(
        gmv=(100_000,) * 3 + (200_000,) * 3, viewers=(1000,) * 3 + (2000,) * 3,
        buyers=(50,) * 3 + (100,) * 3))).change

    assert change.method == "lmdi"
    assert {factor.id: factor.amount for factor in change.factors} == {
        "sessions": 0, "viewers_per_session": 300_000, "view_pay_rate": 0, "aov": 0}
    viewers = change.factors[1]
    assert (viewers.before, viewers.after) == (1000.0, 2000.0)
    assert viewers.verdict is Verdict.SUPPORTED


def test_ratios_are_of_sums_and_never_means_of_ratios(six: Six) -> None:
    change = diagnosed(inputs_of(six(
        gmv=(1000, 1000, 98_000, 1000, 1000, 98_000), viewers=(100, 100, 9800) * 2,
        buyers=(90, 90, 820) * 2))).change

    rate = next(factor for factor in change.factors if factor.id == "view_pay_rate")
    assert rate.before == pytest.approx(1000 / 10_000)


def test_a_day_on_which_nobody_bought_is_split_by_shapley_and_said_so(six: Six) -> None:
    change = diagnosed(inputs_of(six(
        gmv=(100_000, 90_000, 110_000, 0, 0, 0), viewers=(1000, 900, 1100, 1500, 1400, 1600),
        buyers=(50, 45, 55, 0, 0, 0)))).change

    assert change.method == "shapley"
    assert "zero_factor" in [flag.key for flag in change.flags]
    amounts = {factor.id: factor.amount for factor in change.factors}
    assert amounts["aov"] == 0
    assert amounts["viewers_per_session"] > 0 > amounts["view_pay_rate"]
    spend = next(factor for factor in change.factors if factor.id == "aov")
    assert spend.after is None
    assert spend.interval is None
    assert spend.verdict is Verdict.CANNOT_TELL


def test_from_nothing_at_all_to_something(six: Six) -> None:
    change = diagnosed(inputs_of(six(
        gmv=(0, 0, 0, 50_000, 70_000, 60_000), viewers=(10, 12, 9, 500, 700, 600),
        buyers=(0, 0, 0, 50, 60, 65)))).change

    assert change.before == 0
    assert sum(factor.amount for factor in change.factors) == 180_000


def test_nothing_sold_on_either_side_changes_nothing(six: Six) -> None:
    change = diagnosed(inputs_of(six(
        gmv=(0,) * 6, viewers=(100,) * 6, buyers=(0,) * 6, minutes=(60,) * 6))).change

    assert [factor.amount for factor in change.factors] == [0] * len(change.factors)


def test_the_number_of_sessions_is_a_known_count(six: Six) -> None:
    rows = six(gmv=(100_000, 90_000, 110_000, 95_000, 99_000, 105_000))
    rows += [{"at": f"2026-03-{day}T19:30", "gmv": 100_000} for day in (17, 20, 25)]

    change = diagnosed(inputs_of(rows)).change

    sessions = change.factors[0]
    assert (sessions.before, sessions.after) == (3.0, 6.0)
    assert sessions.p_value is None
    assert sessions.verdict is Verdict.SUPPORTED
    assert sessions.interval is not None
    assert sessions.interval.low > 0


def test_as_many_sessions_as_before_are_known_to_be_as_many(six: Six) -> None:
    change = diagnosed(inputs_of(six(
        gmv=(100_000, 90_000, 110_000, 95_000, 60_000, 105_000)))).change

    sessions = change.factors[0]
    assert (sessions.before, sessions.after, sessions.amount) == (3.0, 3.0, 0)
    assert sessions.verdict is Verdict.SUPPORTED
    assert sessions.interval is None


def test_one_session_that_holds_most_of_a_side_is_named_with_the_change_without_it(
    six: Six,
) -> None:
    flags = diagnosed(inputs_of(six(
        gmv=(10_000, 12_000, 11_000, 10_000, 90_000, 12_000)))).change.flags

    assert [flag.key for flag in flags] == ["one_session_dominates"]
    assert flags[0].values["session_id"] == "s4"
    assert flags[0].values["day"] == "2026-03-19"
    assert flags[0].values["change_without"] == 22_000 - 33_000
    assert "2026-03-19" in flags[0].say("zh")
    assert "80.4%" in flags[0].say("en")


@pytest.mark.parametrize("kept", [[0, 1, 3, 4, 5], [0, 1, 2, 3, 4], [3, 4, 5], [0]])
def test_fewer_than_three_sessions_on_a_side_are_refused(six: Six, kept: list[int]) -> None:
    rows = six(gmv=(100_000,) * 6, viewers=(900,) * 6, buyers=(10,) * 6)

    change = diagnosed(inputs_of([rows[i] for i in kept])).change

    assert change.refused is not None
    assert change.refused.key == "too_few_sessions"
    assert change.factors == ()
    assert "3" in change.refused.say("zh")


def test_one_split_serves_many_subjects_as_it_serves_one() -> None:
    rng = np.random.default_rng(8)
    rows = [{**row, "who": who, "viewers": int(rng.integers(200, 900)),
             "buyers": int(rng.integers(5, 40)), "gmv": int(rng.integers(5_000, 90_000))}
            for who in range(4) for row in fortnight()]
    together = everyone(inputs_of(rows, names=("a", "b", "c", "d")), rules=(), ladder=LADDER,
                        period=NOW)

    for who, found in enumerate(together):
        alone = diagnosed(inputs_of([{**row, "who": 0} for row in rows if row["who"] == who]))
        assert [factor.amount for factor in found.change.factors] == [
            factor.amount for factor in alone.change.factors]
