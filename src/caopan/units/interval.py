"""A number that says how sure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A range (区间) that holds the truth with probability ``level``.

    ``low <= mid <= high`` in the unit of whoever made it, all three finite; ``level`` is a ratio
    in (0, 1).

    >>> Interval(low=-3.0, mid=-1.0, high=2.0, level=0.8).holds(0.0)
    True

    Raises:
        NotAnIntervalError: the three numbers are not finite and ascending, or the level is
            outside (0, 1).
    """

    low: float
    mid: float
    high: float
    level: float

    def __post_init__(self) -> None:
        """Refuse what is no interval."""
        finite = all(map(math.isfinite, (self.low, self.mid, self.high)))
        if not (finite and self.low <= self.mid <= self.high and 0 < self.level < 1):
            raise NotAnIntervalError(self.low, self.mid, self.high, self.level)

    def holds(self, value: float) -> bool:
        """Return whether the value lies inside, ends included.

        >>> Interval(low=1, mid=2, high=3, level=0.9).holds(3)
        True
        """
        return self.low <= value <= self.high

    def scaled(self, factor: float) -> Interval:
        """Return the interval in another unit; a negative factor turns it round.

        >>> Interval(low=1, mid=2, high=4, level=0.8).scaled(-10)
        Interval(low=-40, mid=-20, high=-10, level=0.8)
        """
        ends = sorted((self.low * factor, self.high * factor))
        return Interval(low=ends[0], mid=self.mid * factor, high=ends[1], level=self.level)


class NotAnIntervalError(ValueError):
    """Raised when three numbers do not make an interval."""

    def __init__(self, low: float, mid: float, high: float, level: float) -> None:
        """Keep the numbers that were refused."""
        super().__init__(f"not an interval: {low}, {mid}, {high} at level {level}")
        self.numbers = (low, mid, high, level)
