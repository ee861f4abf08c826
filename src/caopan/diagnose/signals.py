"""Readings as signals: against the period before, against own history, and by themselves."""

from __future__ import annotations

import numpy as np

from caopan.diagnose.column import Column, column
from caopan.diagnose.readings import READINGS, Worth
from caopan.diagnose.sides import Sides, one_side
from caopan.playbook.signal import Against
from caopan.stats.arrays import Bools, Floats, divided
from caopan.stats.contrast import Contrast, alone
from caopan.stats.lmdi import log_mean
from caopan.stats.student import t_quantile

FEWEST = 3
"""Sessions a side below which no difference is tested."""
ARRIVALS = frozenset({"viewers_per_session", "views_per_session", "exposed_per_session",
                      "impressions_per_session"})
COUNTING = 4.0
"""Standard errors of counting beyond which two numbers of people differ as a fact."""


def changed(reading: str, sides: Sides, *, against: Against, level: float) -> Column:
    """Return a reading beside its other side: the period before, or own history.

    The prize is what the change of the reading was worth in the measure: the logarithmic mean of
    both totals (of the period's own against ``own``) times the log change.
    """
    made, counts = sides.contrast(reading), sides.ratio(reading).count
    before, after = sides.value(reading, 0), sides.value(reading, 1)
    enough = (counts[0::2] >= FEWEST) & (counts[1::2] >= FEWEST)
    reach = np.where(enough, t_quantile(level, made.freedom), np.nan)
    prize, slope = _worth(reading, sides, made, after - before, against)
    moved = made.error * _slope(before, after, made, READINGS[reading].per)
    return column(
        reading, against, after, level=level, comparison=before, n=counts[1::2],
        n_comparison=counts[0::2], half=reach * moved,
        probability=np.where(enough, made.probability, np.nan), prize=prize,
        prize_half=reach * slope, fact=_counted(reading, sides).astype(np.float64),
    )


def by_itself(reading: str, sides: Sides, *, level: float) -> Column:
    """Return a reading of the period by itself, with the range of its own value."""
    made = one_side(sides.ratio(reading), 1)
    variance, freedom = alone(made, correlation=sides.correlation(reading))
    value = sides.value(reading, 1)
    reach = np.where(made.count >= FEWEST, t_quantile(level, freedom), np.nan)
    read = np.exp(made.log) * READINGS[reading].per
    return column(reading, Against.LEVEL, value, level=level, n=made.count,
                  half=read * np.expm1(reach * np.sqrt(variance)))


def _counted(reading: str, sides: Sides) -> Bools:
    """Return where two single sessions show a fact: that other numbers of people came.

    How many people came to a session is known, so that a difference far beyond counting error is
    a fact of these two sessions (not a claim on the next ones). Rates have no such fact.
    """
    if reading not in ARRIVALS:
        return np.zeros(sides.subjects, dtype=np.bool_)
    made = sides.ratio(reading)
    step = made.log[1::2] - made.log[0::2]
    single = (made.count[1::2] == 1) & (made.count[0::2] == 1)
    far = np.abs(step) > COUNTING * np.sqrt(made.floor[1::2] + made.floor[0::2])
    return np.asarray(single & far)


def _slope(before: Floats, after: Floats, made: Contrast, per: float) -> Floats:
    """Return how much the reading moves for each unit of its logarithm.

    The logarithmic mean of both sides; where one is zero the slope towards half an event, where
    both are half an event itself.
    """
    steep = np.abs(divided(after - before, made.change))
    read = np.exp(np.fmax(made.before, made.after)) * per
    other = np.where(steep > 0, steep, np.fmax(np.fmax(before, after), read))
    both = log_mean(before, after)
    return np.where(np.isnan(both), other, both)


def _worth(
    reading: str, sides: Sides, made: Contrast, difference: Floats, against: Against,
) -> tuple[Floats, Floats]:
    """Return what the difference is worth in the measure, and the standard error of that.

    A cost is money: it is worth nothing in units.
    """
    worth = READINGS[reading].worth
    sold = sides.sold
    now = sold[:, 1]
    if worth is Worth.NONE or (worth is Worth.COST and not sides.measure.priced):
        return np.full(now.shape, np.nan), np.full(now.shape, np.nan)
    if worth is Worth.COST:
        slope = now * _slope(sides.value(reading, 0), sides.value(reading, 1), made, 1.0)
        return -difference * now, slope * made.error
    weight = now if against is Against.OWN else log_mean(sold[:, 0], now)
    return weight * made.change, weight * made.error
