from __future__ import annotations

from datetime import date

import pytest

from caopan.plan.growth import Invested, Stage
from caopan.plan.growth_gate import Evidence, Passing, judged, judged_gates
from caopan.playbook.gate import Bound, Condition
from caopan.playbook.signal import Against
from caopan.units.interval import Interval
from caopan.units.message import Text

LEAST = Condition(metric="view_pay_rate", bound=Bound.AT_LEAST, value=0.05)
MOST = Condition(metric="top1_sku_share", bound=Bound.AT_MOST, value=0.5)


def around(low: float, mid: float, high: float) -> Evidence:
    return Evidence(value=mid, n=10, interval=Interval(low=low, mid=mid, high=high, level=0.8))


@pytest.mark.parametrize(("condition", "evidence", "passing", "more"), [
    (LEAST, around(0.051, 0.06, 0.07), Passing.PASSED, None),
    (LEAST, around(0.03, 0.04, 0.049), Passing.NOT_PASSED, None),
    (LEAST, around(0.04, 0.06, 0.08), Passing.CANNOT_TELL, 34),
    (LEAST, around(0.03, 0.0501, 0.08), Passing.CANNOT_TELL, None),
    (MOST, around(0.3, 0.4, 0.49), Passing.PASSED, None),
    (MOST, around(0.51, 0.6, 0.7), Passing.NOT_PASSED, None),
    (MOST, around(0.4, 0.45, 0.6), Passing.CANNOT_TELL, 89),
])
def test_only_a_range_that_lies_wholly_beyond_decides(
        condition: Condition, evidence: Evidence, passing: Passing, more: int | None) -> None:
    found = judged(condition, evidence)

    assert (found.passing, found.more) == (passing, more)


def test_what_is_counted_needs_no_range_and_what_is_estimated_does() -> None:
    sessions = Condition(metric="sessions", bound=Bound.AT_LEAST, value=12)

    assert judged(sessions, Evidence(value=12.0, n=12)).passing is Passing.PASSED
    assert judged(sessions, Evidence(value=11.0, n=11)).passing is Passing.NOT_PASSED
    assert judged(LEAST, Evidence(value=0.9, n=1)).passing is Passing.CANNOT_TELL


def test_one_condition_that_fails_closes_the_gate_and_one_untold_leaves_it_open() -> None:
    stage = Stage(id="a", start=date(2026, 3, 1), end=date(2026, 4, 1), target=1_000,
                  invested=Invested(sessions_per_week=3, hours=2), asks=(LEAST,))
    target = ("gmv_monthly", Against.LEVEL)
    rate = ("view_pay_rate", Against.LEVEL)
    enough, poor = around(1_100, 1_200, 1_300), around(100, 200, 300)
    nothing = Evidence(value=None, n=0, missing=Text(zh="没有", en="none"))

    def stands(first: Evidence, second: Evidence) -> Passing:
        gate, = judged_gates((stage,), {target: first, rate: second})
        return gate.passing

    assert stands(enough, around(0.06, 0.07, 0.08)) is Passing.PASSED
    assert stands(enough, nothing) is Passing.CANNOT_TELL
    assert stands(poor, nothing) is Passing.NOT_PASSED
    unread, = judged_gates((stage,), {})
    assert unread.passing is Passing.CANNOT_TELL
