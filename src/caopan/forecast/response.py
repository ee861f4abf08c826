"""The response (投产) of a host's sales to spend: the curve that is believed, and how far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Floats
from caopan.stats.hill import hill, hill_rate
from caopan.units.interval import Interval

LEVEL = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What spend adds to the sales of a session (投产曲线), as draws of what is believed.

    Extra sales = ceiling · x^slope / (1 + x^slope), x = spend / half. It is what a session brings
    more than one without any spend, where every session spends as much at the usual rhythm: what
    earlier spend left is in it. ``ceiling`` (minor units of sales; below zero where the data
    allow that spend does harm), ``half`` (minor units of spend, > 0) and ``slope`` (> 0) have
    shape (draws,); rows belong together.

    >>> one = np.ones(1)
    >>> Curve(ceiling=one * 80, half=one * 50, slope=one).sales(np.array([0.0, 50.0])).tolist()
    [[0.0, 40.0]]
    """

    ceiling: Floats
    half: Floats
    slope: Floats

    def sales(self, spend: Floats) -> Floats:
        """Return the extra sales of each spend in every draw, shape (draws, spends).

        Args:
            spend: shape (spends,), minor units, >= 0.
        """
        share = hill(spend[None, :], half=self.half[:, None], slope=self.slope[:, None])
        return np.asarray(self.ceiling[:, None] * share)

    def rates(self, spend: Floats) -> Floats:
        """Return what one unit more brings at each spend in every draw, (draws, spends).

        Args:
            spend: shape (spends,), minor units, > 0.
        """
        rate = hill_rate(spend[None, :], half=self.half[:, None], slope=self.slope[:, None])
        return np.asarray(self.ceiling[:, None] * rate)

    def value(self, spend: float, *, level: float = LEVEL) -> Interval:
        """Return the extra sales of a session with this spend, in minor units.

        >>> one = np.ones(3)
        >>> Curve(ceiling=np.array([70.0, 80.0, 90.0]), half=one, slope=one).value(1.0).mid
        40.0
        """
        return expected_of(self.sales(np.array([spend]))[:, 0], level=level)

    def marginal(self, spend: float, *, level: float = LEVEL) -> Interval:
        """Return what one yuan more brings at this spend (边际产出), a ratio.

        >>> one = np.ones(3)
        >>> Curve(ceiling=one * 80, half=one * 10, slope=one).marginal(10.0).mid
        2.0
        """
        return expected_of(self.rates(np.array([spend]))[:, 0], level=level)


def interval_of(draws: Floats, *, level: float) -> Interval:
    """Return the central range of draws with their median.

    >>> interval_of(np.array([1.0, 2.0, 3.0]), level=0.5)
    Interval(low=1.5, mid=2.0, high=2.5, level=0.5)
    """
    tail = (1.0 - level) / 2.0
    low, mid, high = np.quantile(draws, [tail, 0.5, 1.0 - tail]).tolist()
    return Interval(low=low, mid=mid, high=high, level=level)


def expected_of(draws: Floats, *, level: float) -> Interval:
    """Return the central range of draws with their mean: those of hosts add up to that of all.

    Few large draws may pull a mean out of a narrow range; it is told at the range's end then.

    >>> expected_of(np.array([1.0, 2.0, 6.0]), level=0.5)
    Interval(low=1.5, mid=3.0, high=4.0, level=0.5)
    """
    found = interval_of(draws, level=level)
    middle = min(max(float(draws.mean()), found.low), found.high)
    return Interval(low=found.low, mid=middle, high=found.high, level=level)
