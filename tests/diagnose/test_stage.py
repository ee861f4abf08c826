from __future__ import annotations

import numpy as np
import pytest

from caopan.diagnose.diagnosis import Stage
from caopan.diagnose.stage import months, rungs, short_history, stage
from caopan.playbook.handbook import handbook
from tests.diagnose.conftest import Rows, inputs_of, scene_of

LADDER = handbook().ladder
WAN = 10_000 * 100


def daily(gmv: list[int], *, first: int = 1) -> Rows:
    """Return one session every other day of February and March 2026, minor units each."""
    days = np.datetime64("2026-01-30") + 2 * np.arange(first, first + len(gmv))
    return [{"at": f"{day}T19:30", "gmv": amount} for day, amount in zip(days, gmv, strict=True)]


def stage_of(rows: Rows, currency: str = "CNY") -> Stage:
    scene = scene_of(inputs_of(rows, currency=currency), None)
    last = months(scene, level=0.8)
    return stage(last, 0, currency=currency, ladder=LADDER, level=0.8)


def test_a_room_stands_where_its_last_thirty_days_put_it() -> None:
    made = stage_of(daily([3 * WAN] * 28))

    assert made.monthly_gmv == 15 * 3 * WAN
    assert made.rung is not None
    assert made.low is not None
    assert made.high is not None
    assert made.low <= 45 * WAN < made.high
    assert made.limits == LADDER.limits["CNY"]
    assert made.name == LADDER.rungs[made.rung].name
    assert made.gate == LADDER.rungs[made.rung].gate


def test_a_steady_room_far_from_every_limit_is_certain() -> None:
    assert stage_of(daily([int(2.6 * WAN), int(2.7 * WAN)] * 14)).certain


def test_a_wild_room_near_a_limit_is_not() -> None:
    made = stage_of(daily([WAN // 10, 6 * WAN] * 14))

    assert made.expected is not None
    assert made.high is not None
    assert made.expected.high > made.high
    assert not made.certain


def test_the_next_month_is_expected_at_the_present_level() -> None:
    made = stage_of(daily([2 * WAN, 4 * WAN] * 14))

    assert made.expected is not None
    assert made.expected.level == 0.8
    assert made.expected.mid == made.monthly_gmv
    assert 0 <= made.expected.low < made.expected.mid < made.expected.high


def test_of_a_short_history_the_next_month_is_scaled_and_never_certain() -> None:
    made = stage_of(daily([3 * WAN] * 5))

    assert made.monthly_gmv == 15 * WAN
    assert made.expected is not None
    assert made.expected.mid == pytest.approx(15 * WAN * 30 / 9)
    assert not made.certain


def test_the_note_says_that_the_month_is_the_sum_of_the_days_there_are() -> None:
    last = months(scene_of(inputs_of(daily([3 * WAN] * 5)), None), level=0.8)

    assert last.days.tolist() == [9.0]
    assert last.gmv.tolist() == [15.0 * WAN]
    assert "只有 9 天" in short_history(9).say("zh")
    assert "scaled" not in short_history(9).say("en")


def test_two_sessions_say_nothing_about_the_next_month() -> None:
    made = stage_of(daily([3 * WAN, 4 * WAN]))

    assert made.expected is None
    assert not made.certain


def test_a_currency_without_a_ladder_claims_no_stage() -> None:
    missing = next(code for code in ("KHR", "PLN", "CLP") if code not in LADDER.limits)

    made = stage_of(daily([3 * WAN] * 28), currency=missing)

    assert made.rung is None
    assert made.name is None
    assert made.expected is not None


def test_everybody_is_placed_at_once() -> None:
    scene = scene_of(inputs_of(daily([3 * WAN] * 28)), None)

    found = rungs(months(scene, level=0.8), ("CNY",), LADDER)

    assert found.tolist() == [LADDER.rung(45 * WAN, currency="CNY")]
