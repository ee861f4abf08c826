"""Where a subject stands on the growth ladder, and where the next month may end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.diagnose.cleaning import Apart
from caopan.diagnose.diagnosis import Stage
from caopan.diagnose.facts import MONTH, Scene, monthly
from caopan.playbook.ladder import Ladder
from caopan.stats.arrays import Floats, Ints, grouped_sum
from caopan.stats.contrast import alone
from caopan.stats.persistence import persistence
from caopan.stats.ratio_error import log_ratio
from caopan.stats.student import t_quantile
from caopan.units.interval import Interval
from caopan.units.message import Message, Text

FEWEST = 3
"""Sessions in the last 30 days below which nothing is said about the next 30."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """The last 30 days of every subject, arrays of shape (s,), minor units.

    All of them NaN where sales are counted in units: the ladder is one of money.
    ``gmv`` what was sold; ``middle`` and ``half`` of the next 30 days at the present level (NaN
    where too few sessions tell); ``days`` how many of the last 30 are known.
    """

    gmv: Floats
    middle: Floats
    half: Floats
    days: Floats

    def whole(self, subject: int) -> bool:
        """Return whether a subject's history reaches over all 30 days."""
        return bool(self.days[subject] >= MONTH)


def months(scene: Scene, *, level: float) -> Months:
    """Return the last month of every subject and the range of the next at the present level.

    The range is that of another month of as many sessions: the scatter of this month's sessions
    (autocorrelation included) plus the error of their mean, which is as large again. A history
    shorter than 30 days is scaled up to them.
    """
    sessions, subjects = scene.inputs.sessions, scene.sides.subjects
    kept = scene.apart == Apart.KEPT
    age = scene.windows.end[sessions.subject] - 1 - sessions.day
    rows = np.flatnonzero(kept & (age >= 0) & (age < MONTH))
    owner, gmv = sessions.subject[rows], sessions.columns["gmv"][rows]
    made = log_ratio(gmv, np.ones(len(rows)), owner, subjects, events=False)
    correlation = persistence(made.influence, owner, subjects)
    variance, freedom = alone(made, correlation=correlation)
    total = monthly(scene)
    days = _observed(owner, age[rows], sessions.subject[kept], age[kept], subjects)
    middle = total * MONTH / days
    reach = np.where(made.count >= FEWEST, t_quantile(level, freedom), np.nan)
    return Months(gmv=total, middle=middle, days=days,
                  half=reach * middle * np.sqrt(2.0 * variance))


def rungs(last: Months, currencies: tuple[str, ...], ladder: Ladder) -> Ints:
    """Return the rung every subject stands on, -1 where the ladder says nothing, shape (s,)."""
    standing = np.full(len(currencies), -1, dtype=np.int64)
    for currency, limits in ladder.limits.items():
        mine = np.array([one == currency for one in currencies], dtype=np.bool_)
        mine &= np.isfinite(last.gmv)
        standing[mine] = np.searchsorted(np.array(limits), last.gmv[mine], side="right")
    return standing


def stage(last: Months, subject: int, *, currency: str, ladder: Ladder, level: float) -> Stage:
    """Return one subject's stage; certain where the whole range stands on one rung.

    No rung, no limits and no GMV where sales are counted in units.
    """
    gmv = last.gmv[subject]
    middle, half = last.middle[subject], last.half[subject]
    expected = None
    if np.isfinite(middle) and np.isfinite(half):
        low, high = max(middle - half, 0.0), middle + half
        expected = Interval(low=float(low), mid=float(middle), high=float(high), level=level)
    priced = bool(np.isfinite(gmv))
    limits = ladder.limits.get(currency, ()) if priced else ()
    index = ladder.rung(gmv, currency=currency) if priced else None
    if index is None:
        return Stage(rung=None, name=None, bottleneck=None, first_moves=None, gate=None,
                     monthly_gmv=int(gmv) if priced else None, expected=expected, low=None,
                     high=None, certain=False, limits=limits)
    rung = ladder.rungs[index]
    low_limit, high_limit = ladder.bounds(index, currency=currency)
    certain = last.whole(subject) and expected is not None and (
        (low_limit is None or expected.low >= low_limit)
        and (high_limit is None or expected.high < high_limit))
    return Stage(rung=index, name=rung.name, bottleneck=rung.bottleneck, gate=rung.gate,
                 first_moves=rung.first_moves, monthly_gmv=int(gmv), expected=expected,
                 low=low_limit, high=high_limit, certain=certain, limits=limits)


def short_history(days: int) -> Message:
    """Return the note that less than 30 days are known: GMV of the month is what they hold.

    >>> short_history(9).say("zh")
    '近 30 天只有 9 天的数据，月成交只加了这些天，可能偏低'
    """
    return Message(
        key="short_month",
        text=Text(zh="近 30 天只有 {days} 天的数据，月成交只加了这些天，可能偏低",
                  en="only {days} of the last 30 days are known; the monthly GMV is the sum of "
                     "those and may be too low"),
        values={"days": days},
        hint=Text(zh="补导更早的场次，阶段才说得准",
                  en="import earlier sessions to be sure of the stage"))


def _observed(
    owner: Ints, age: Ints, all_owner: Ints, all_age: Ints, subjects: int,
) -> Floats:
    """Return how many of the last 30 days are covered: all where there is anything earlier."""
    oldest = np.zeros(subjects)
    np.maximum.at(oldest, owner, age + 1.0)
    earlier = grouped_sum(all_age >= MONTH, all_owner, subjects) > 0
    return np.where(earlier, float(MONTH), np.maximum(oldest, 1.0))
