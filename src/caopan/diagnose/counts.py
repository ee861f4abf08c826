"""Two counted sessions beside each other, when there are too few for a decomposition."""

from __future__ import annotations

import math
from dataclasses import dataclass

from caopan.stats.binomial import (
    chance_of_at_least,
    chance_of_at_most,
    fisher_probability,
    rate_interval,
)
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Message, Text
from caopan.units.verdict import Verdict

ALARM = 0.05
"""Chance below which two rates are not taken for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many came, and how many of them bought: ``0 <= buyers <= visitors``."""

    visitors: int
    buyers: int

    def __post_init__(self) -> None:
        """Refuse more buyers than visitors."""
        if not 0 <= self.buyers <= self.visitors:
            raise NotCountedError(self.visitors, self.buyers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What two counted sessions show, and what they cannot (两场对比).

    ``traffic`` is the relative change of the visitors, None from zero; it is a fact of these two
    sessions. ``expected`` buyers at the first session's rate; ``chance`` of a number at least as
    far off on that side at that unchanged rate (None where the first rate is unknown);
    ``probability`` that of Fisher's two-sided exact test; ``rate`` the exact range of the second
    rate. ``conversion`` is the verdict on the rates: exact counting is the least uncertainty there
    can be, since sessions also differ by themselves, so that a single session a side supports a
    change only where ``scatter`` says how much they do.
    """

    traffic: float | None
    expected: float | None
    chance: float | None
    probability: float | None
    rate: Interval | None
    conversion: Verdict
    sentence: Message


def compare(
    before: Counted, after: Counted, *, level: float = 0.8, scatter: float | None = None,
) -> Counts:
    """Return what two counted sessions show: traffic as a fact, conversion with its chance.

    Args:
        before: the earlier session, or the sum of fewer than three.
        after: the later one.
        level: of the range of the later rate.
        scatter: standard deviation of the logarithm of conversion between sessions of one room,
            where it is known from elsewhere; without it conversion is never ``supported``.

    >>> fruit = compare(Counted(visitors=100, buyers=10), Counted(visitors=20, buyers=1))
    >>> fruit.traffic, round(fruit.chance, 2), fruit.conversion.value
    (-0.8, 0.39, 'cannot_tell')
    >>> fruit.sentence.say("zh").split("；")[1]
    '按原来的转化 10.0%，20 人里成交不超过 1 的机会有 39.2%：转化有没有变，说不清'
    """
    traffic = after.visitors / before.visitors - 1.0 if before.visitors else None
    if not before.visitors or not after.visitors:
        return Counts(traffic=traffic, expected=None, chance=None, probability=None, rate=None,
                      conversion=Verdict.CANNOT_TELL, sentence=_nobody(before, after))
    rate = before.buyers / before.visitors
    expected = rate * after.visitors
    fewer = after.buyers <= expected
    chance = (chance_of_at_most if fewer else chance_of_at_least)(
        after.buyers, after.visitors, rate)
    probability = fisher_probability((before.buyers, before.visitors),
                                     (after.buyers, after.visitors))
    low, high = rate_interval(after.buyers, after.visitors, level=level)
    verdict = _verdict(before, after, probability, scatter)
    return Counts(
        traffic=traffic, expected=expected, chance=chance, probability=probability,
        rate=Interval(low=low, mid=after.buyers / after.visitors, high=high, level=level),
        conversion=verdict,
        sentence=_sentence(before, after, chance, _ending(verdict, probability), fewer=fewer))


def _verdict(
    before: Counted, after: Counted, probability: float, scatter: float | None,
) -> Verdict:
    """Return whether the rates differ by more than counting and sessions' own scatter explain."""
    if probability >= ALARM or scatter is None:
        return Verdict.CANNOT_TELL
    sides = [max(side.buyers, 0.5) for side in (before, after)]
    distance = math.log(sides[1] / after.visitors) - math.log(sides[0] / before.visitors)
    error = math.sqrt(1.0 / sides[0] + 1.0 / sides[1] + 2.0 * scatter**2)
    chance = math.erfc(abs(distance) / error / math.sqrt(2.0))
    return Verdict.SUPPORTED if chance < ALARM else Verdict.CANNOT_TELL


def _ending(verdict: Verdict, probability: float) -> Text:
    """Return what may be said of conversion; a rare count alone is said to be no proof."""
    if verdict is Verdict.SUPPORTED:
        return Text(zh="转化变了", en="conversion changed")
    if probability >= ALARM:
        return Text(zh="转化有没有变，说不清", en="whether conversion changed cannot be told")
    return Text(zh="单数人头不像碰巧，但场和场本来就差得多，每边不到 3 场，转化有没有变还说不清",
                en="by counting heads that is no accident, but sessions differ by themselves, and "
                   "with fewer than three a side whether conversion changed cannot be told")


def _sentence(
    before: Counted, after: Counted, chance: float, ending: Text, *, fewer: bool,
) -> Message:
    at_most = ("不超过", "at most") if fewer else ("不少于", "at least")
    people = _people(before, after)
    return Message(
        key="counted_sessions",
        text=Text(zh=people.zh + "；按原来的转化 {rate}，{after} 人里成交" + at_most[0]
                  + " {buyers} 的机会有 {chance}：" + ending.zh,
                  en=people.en + "; at the old conversion of {rate}, " + at_most[1]
                  + " {buyers} of {after} buying has a chance of {chance}: " + ending.en),
        values={"before": before.visitors, "after": after.visitors, "buyers": after.buyers,
                "size": number.percent(abs(after.visitors / before.visitors - 1.0)),
                "rate": number.percent(before.buyers / before.visitors),
                "chance": number.percent(chance)},
        hint=Text(zh="每边再播到 3 场以上，就能拆开看",
                  en="with three sessions or more on each side the change can be split"),
    )


def _people(before: Counted, after: Counted) -> Text:
    """Return the clause about the visitors, its numbers open."""
    if after.visitors == before.visitors:
        return Text(zh="来的人都是 {after}", en="{after} people came both times")
    fell = after.visitors < before.visitors
    return Text(zh="来的人 {before} → {after}，" + ("少" if fell else "多") + "了 {size}",
                en="{before} → {after} people came, {size} " + ("fewer" if fell else "more"))


def _nobody(before: Counted, after: Counted) -> Message:
    return Message(
        key="nobody_counted",
        text=Text(zh="来的人 {before} → {after}：有一边没有人，转化没法比",
                  en="{before} → {after} people came: with nobody on one side, conversion cannot "
                     "be compared"),
        values={"before": before.visitors, "after": after.visitors})


class NotCountedError(ValueError):
    """Raised when buyers and visitors do not make a count."""

    def __init__(self, visitors: int, buyers: int) -> None:
        """Keep the numbers that were refused."""
        super().__init__(f"not a count: {buyers} buyers of {visitors} visitors")
        self.numbers = (visitors, buyers)
