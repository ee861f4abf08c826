"""Readings as signals: against the period before, against own history, and by themselves."""

from __future__ import annotations

import numpy as np

from caopan.diagnose.column import Column, column
from caopan.diagnose.readings import READINGS, Worth
from caopan.diagnose.sides import Sides, one_side
from caopan.playbook.signal import Against
from caopan.stats.arrays import Floats
from caopan.stats.contrast import Contrast, alone
from caopan.stats.lmdi import log_mean
from caopan.stats.student import t_quantile

FEWEST = 3
"""Sessions a side below which no difference is tested."""
EQUAL = 1e-9


def changed(reading: str, sides: Sides, *, against: Against, level: float) -> Column:
    """Return a reading beside its other side: the period before, or own history.

    The money is what the change of the reading was worth: the logarithmic mean of both GMVs (of
    the period's own GMV against ``own``) times the log change.
    """
    made, counts = sides.contrast(reading), sides.ratio(reading).count
    before, after = sides.value(reading, 0), sides.value(reading, 1)
    enough = (counts[0::2] >= FEWEST) & (counts[1::2] >= FEWEST)
    reach = np.where(enough, t_quantile(level, made.freedom), np.nan)
    prize, slope = _money(reading, sides, made, after - before, against)
    return column(
        reading, against, after, level=level, comparison=before, n=counts[1::2],
        n_comparison=counts[0::2], half=reach * made.error * _slope(before, after, made.change),
        probability=np.where(enough, made.probability, np.nan), prize=prize,
        prize_half=reach * slope,
    )


def by_itself(reading: str, sides: Sides, *, level: float) -> Column:
    """Return a reading of the period by itself, with the range of its own value."""
    made = one_side(sides.ratio(reading), 1)
    variance, freedom = alone(made, correlation=sides.correlation(reading))
    value = sides.value(reading, 1)
    reach = np.where(made.count >= FEWEST, t_quantile(level, freedom), np.nan)
    return column(reading, Against.LEVEL, value, level=level, n=made.count,
                  half=np.exp(made.log) * READINGS[reading].per * np.expm1(reach * np.sqrt(variance)))


def _slope(before: Floats, after: Floats, change: Floats) -> Floats:
    """Return how much the reading moves for each unit of its logarithm."""
    apart = np.abs(change) > EQUAL
    steep = np.divide(after - before, change, out=np.full(change.shape, np.nan), where=apart)
    return np.where(apart, steep, after)


def _money(
    reading: str, sides: Sides, made: Contrast, difference: Floats, against: Against,
) -> tuple[Floats, Floats]:
    """Return what the difference is worth in minor units, and the standard error of that."""
    worth = READINGS[reading].worth
    gmv = sides.known_total("gmv")
    now = gmv[:, 1]
    if worth is Worth.NONE:
        return np.full(now.shape, np.nan), np.full(now.shape, np.nan)
    if worth is Worth.COST:
        slope = now * _slope(sides.value(reading, 0), sides.value(reading, 1), made.change)
        return -difference * now, slope * made.error
    weight = now if against is Against.OWN else log_mean(gmv[:, 0], now)
    return weight * made.change, weight * made.error
