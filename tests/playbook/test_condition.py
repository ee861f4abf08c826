from __future__ import annotations

import math

import pytest

from caopan.playbook.condition import Clause, Condition, Direction, Wanted
from caopan.playbook.signal import Against, Signal
from caopan.units.interval import Interval
from caopan.units.verdict import Verdict

FELL = Clause(metric="opm", against=Against.PREVIOUS, direction=Direction.DOWN, change_at_least=0.2)


def opm(
    value: float | None,
    comparison: float | None,
    *,
    n: int = 0,
    n_comparison: int = 0,
    verdict: Verdict = Verdict.SUPPORTED,
) -> Signal:
    return Signal(
        metric="opm",
        against=Against.PREVIOUS,
        value=value,
        comparison=comparison,
        n=n,
        n_comparison=n_comparison,
        verdict=verdict,
    )


def level(value: float, low: float, high: float) -> Signal:
    return Signal(
        metric="opm",
        against=Against.LEVEL,
        value=value,
        difference=Interval(low=low, mid=value, high=high, level=0.8),
    )


@pytest.mark.parametrize(
    ("value", "comparison", "expected"),
    [
        (8.0, 10.0, Verdict.SUPPORTED),
        (8.1, 10.0, None),
        (12.0, 10.0, None),
        (None, 10.0, None),
        (8.0, None, None),
        (0.0, 10.0, Verdict.SUPPORTED),
    ],
)
def test_a_fall_of_a_fifth_is_seen_and_a_smaller_one_is_not(
    value: float | None, comparison: float | None, expected: Verdict | None
) -> None:
    assert FELL.standing(opm(value, comparison)) is expected


def test_a_value_that_is_not_a_number_meets_no_limit() -> None:
    below = Clause(metric="opm", against=Against.LEVEL, below=5.0)

    assert FELL.standing(opm(math.nan, 10.0)) is None
    assert below.standing(Signal(metric="opm", against=Against.LEVEL, value=math.nan)) is None


def test_a_change_from_nothing_has_no_relative_size() -> None:
    rose = Clause(
        metric="opm", against=Against.PREVIOUS, direction=Direction.UP, change_at_least=0.2
    )

    assert rose.standing(opm(3.0, 0.0)) is None


def test_a_change_of_a_negative_comparison_is_measured_by_its_size() -> None:
    assert FELL.standing(opm(-1.3, -1.0)) is Verdict.SUPPORTED
    assert FELL.standing(opm(-1.1, -1.0)) is None


def test_a_direction_alone_needs_some_movement() -> None:
    rose = Clause(metric="opm", against=Against.PREVIOUS, direction=Direction.UP)

    assert rose.standing(opm(10.0, 10.0)) is None
    assert rose.standing(opm(10.1, 10.0)) is Verdict.SUPPORTED


def test_an_absolute_difference_is_in_the_metrics_unit() -> None:
    fell = Clause(
        metric="opm", against=Against.PREVIOUS, direction=Direction.DOWN, difference_at_least=2.0
    )

    assert fell.standing(opm(98.0, 100.0)) is Verdict.SUPPORTED
    assert fell.standing(opm(98.5, 100.0)) is None


def test_too_few_to_count_keep_a_clause_quiet() -> None:
    careful = Clause(
        metric="opm",
        against=Against.PREVIOUS,
        direction=Direction.DOWN,
        minimum_n=3,
        minimum_n_comparison=5,
    )

    assert careful.standing(opm(1.0, 10.0, n=3, n_comparison=5)) is Verdict.SUPPORTED
    assert careful.standing(opm(1.0, 10.0, n=2, n_comparison=5)) is None
    assert careful.standing(opm(1.0, 10.0, n=3, n_comparison=4)) is None


@pytest.mark.parametrize(
    ("percentile", "expected"), [(0.2, Verdict.SUPPORTED), (0.25, None), (0.8, None), (None, None)]
)
def test_a_rank_among_peers_must_lie_strictly_below_its_limit(
    percentile: float | None, expected: Verdict | None
) -> None:
    low = Clause(metric="opm", against=Against.PEERS, percentile_below=0.25)
    signal = Signal(
        metric="opm",
        against=Against.PEERS,
        value=1.0,
        percentile=percentile,
        verdict=Verdict.SUPPORTED,
    )

    assert low.standing(signal) is expected


def test_a_level_is_supported_only_where_the_whole_interval_lies_beyond_it() -> None:
    low = Clause(metric="opm", against=Against.LEVEL, below=5.0)

    assert low.standing(level(3.0, 2.0, 4.0)) is Verdict.SUPPORTED
    assert low.standing(level(4.0, 2.0, 6.0)) is Verdict.CANNOT_TELL
    assert low.standing(level(6.0, 4.0, 8.0)) is None


def test_a_plain_fact_under_level_brings_its_own_verdict() -> None:
    many = Clause(metric="sessions", against=Against.LEVEL, above=2)
    fact = Signal(metric="sessions", against=Against.LEVEL, value=3, verdict=Verdict.SUPPORTED)

    assert many.standing(fact) is Verdict.SUPPORTED


def test_a_doubtful_fall_is_told_only_where_the_rule_reports_doubt() -> None:
    doubtful = {FELL.key: opm(2.0, 10.0, verdict=Verdict.CANNOT_TELL)}

    assert Condition(main=FELL).judge(doubtful) is None
    assert Condition(main=FELL, report_doubt=True).judge(doubtful) is Verdict.CANNOT_TELL


def test_a_clause_beside_the_main_one_must_hold_with_the_verdict_it_asks_for() -> None:
    fewer = opm(2.0, 10.0)
    busy = Signal(
        metric="viewers", against=Against.PREVIOUS, value=90, comparison=50,
        verdict=Verdict.CANNOT_TELL,
    )
    signals = {FELL.key: fewer, ("viewers", Against.PREVIOUS): busy}
    sure = Clause(metric="viewers", against=Against.PREVIOUS, direction=Direction.UP)
    unsure = Clause(
        metric="viewers", against=Against.PREVIOUS, direction=Direction.UP,
        verdict=Wanted.CANNOT_TELL,
    )

    assert Condition(main=FELL, every=(sure,)).judge(signals) is None
    assert Condition(main=FELL, every=(unsure,)).judge(signals) is Verdict.SUPPORTED


def test_one_of_several_is_enough_and_none_of_them_is_not() -> None:
    one = Clause(metric="a", against=Against.LEVEL, above=1)
    other = Clause(metric="b", against=Against.LEVEL, above=1)
    either = Condition(main=FELL, some=(one, other))
    high = Signal(metric="b", against=Against.LEVEL, value=2, verdict=Verdict.SUPPORTED)

    assert either.judge({FELL.key: opm(2.0, 10.0), other.key: high}) is Verdict.SUPPORTED
    assert either.judge({FELL.key: opm(2.0, 10.0)}) is None


def test_an_exception_silences_the_rule_only_where_it_is_known_to_hold() -> None:
    festival = Clause(metric="festival", against=Against.LEVEL, above=0)
    condition = Condition(main=FELL, unless=(festival,))
    on = Signal(metric="festival", against=Against.LEVEL, value=1, verdict=Verdict.SUPPORTED)

    assert condition.judge({FELL.key: opm(2.0, 10.0), festival.key: on}) is None
    assert condition.judge({FELL.key: opm(2.0, 10.0)}) is Verdict.SUPPORTED
