from __future__ import annotations

import pytest

from caopan.diagnose.counts import Counted, NotCountedError, compare
from caopan.units.verdict import Verdict


def test_the_fruit_traffic_fell_and_conversion_cannot_be_told() -> None:
    """100 people and 10 boxes, then 20 people and 1 box: at 10 % that has a chance of 0.39."""
    fruit = compare(Counted(visitors=100, buyers=10), Counted(visitors=20, buyers=1))

    assert fruit.traffic == pytest.approx(-0.8)
    assert fruit.expected == pytest.approx(2.0)
    assert round(fruit.chance or 0, 2) == 0.39
    assert fruit.conversion is Verdict.CANNOT_TELL
    assert fruit.rate is not None
    assert fruit.rate.holds(0.10)


def test_the_fruit_is_said_in_both_languages() -> None:
    sentence = compare(Counted(visitors=100, buyers=10), Counted(visitors=20, buyers=1)).sentence

    assert sentence.say("zh") == (
        "来的人 100 → 20，少了 80.0%；按原来的转化 10.0%，20 人里成交不超过 1 的机会有 39.2%："
        "转化有没有变，说不清")
    assert sentence.say("en") == (
        "100 → 20 people came, 80.0% fewer; at the old conversion of 10.0%, at most 1 of 20 buying "
        "has a chance of 39.2%: whether conversion changed cannot be told")


def test_more_buyers_are_weighed_against_the_upper_end() -> None:
    made = compare(Counted(visitors=100, buyers=10), Counted(visitors=100, buyers=12))

    assert "不少于 12" in made.sentence.say("zh")
    assert made.chance == pytest.approx(0.2970, abs=1e-3)


def test_one_session_a_side_never_proves_that_conversion_changed() -> None:
    """Counting alone excludes chance here, but sessions also differ by themselves."""
    made = compare(Counted(visitors=1000, buyers=100), Counted(visitors=1000, buyers=20))

    assert made.probability is not None
    assert made.probability < 1e-6
    assert made.conversion is Verdict.CANNOT_TELL


def test_where_the_scatter_between_sessions_is_known_a_collapse_is_supported() -> None:
    before, after = Counted(visitors=1000, buyers=100), Counted(visitors=1000, buyers=20)

    assert compare(before, after, scatter=0.3).conversion is Verdict.SUPPORTED
    assert compare(before, after, scatter=0.9).conversion is Verdict.CANNOT_TELL


def test_from_nobody_nothing_can_be_said_about_conversion() -> None:
    made = compare(Counted(visitors=0, buyers=0), Counted(visitors=20, buyers=1))

    assert made.traffic is None
    assert made.chance is None
    assert made.conversion is Verdict.CANNOT_TELL
    assert "没有人" in made.sentence.say("zh")


def test_to_nobody_traffic_fell_entirely() -> None:
    made = compare(Counted(visitors=50, buyers=5), Counted(visitors=0, buyers=0))

    assert made.traffic == -1.0
    assert made.rate is None


def test_the_same_number_of_people_is_said_as_such() -> None:
    made = compare(Counted(visitors=50, buyers=5), Counted(visitors=50, buyers=4))

    assert made.sentence.say("en").startswith("50 people came both times")


def test_more_buyers_than_visitors_are_refused() -> None:
    with pytest.raises(NotCountedError, match="21 buyers of 20 visitors"):
        Counted(visitors=20, buyers=21)
