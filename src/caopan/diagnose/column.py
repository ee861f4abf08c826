"""One signal of all subjects at once, as arrays; and the record of one subject."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from caopan.playbook.signal import Against, Signal
from caopan.stats.arrays import Bools, Floats
from caopan.units.interval import Interval
from caopan.units.verdict import Verdict

Key = tuple[str, Against]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One metric against one thing, for every subject: the fields of ``Signal`` as arrays.

    Every array has shape (s,), NaN = cannot be computed. ``half`` is half the width of the
    difference's range (of the value's own under ``level``); ``prize`` and ``prize_half`` are in the
    measure: minor units of money, or units. ``fact`` marks values that are known exactly and need
    no test. ``level`` is that of the ranges.
    """

    metric: str
    against: Against
    value: Floats
    comparison: Floats
    half: Floats
    probability: Floats
    percentile: Floats
    n: Floats
    n_comparison: Floats
    prize: Floats
    prize_half: Floats
    fact: Bools
    level: float
    n_of: str = "sessions"

    @property
    def key(self) -> Key:
        """Return what the signal is looked up by."""
        return self.metric, self.against

    @property
    def middle(self) -> Floats:
        """Return the difference (the value itself under ``level``)."""
        return self.value if self.against is Against.LEVEL else self.value - self.comparison

    def _middle_of(self, subject: int) -> float:
        """Return the difference of one subject, without a look at the others."""
        value = float(self.value[subject])
        return value if self.against is Against.LEVEL else value - float(self.comparison[subject])

    def signal(self, subject: int, *, supported: bool) -> Signal:
        """Return the record of one subject."""
        return Signal(
            metric=self.metric, against=self.against, value=known(self.value[subject]),
            comparison=known(self.comparison[subject]),
            difference=interval(self._middle_of(subject), self.half[subject], self.level),
            p_value=known(self.probability[subject]),
            percentile=known(self.percentile[subject]), n=int(self.n[subject]),
            n_comparison=int(self.n_comparison[subject]), n_of=self.n_of,
            prize=interval(self.prize[subject], self.prize_half[subject], self.level),
            verdict=Verdict.SUPPORTED if supported else Verdict.CANNOT_TELL,
        )


def column(
    metric: str, against: Against, value: Floats, *, level: float, n_of: str = "sessions",
    **given: Floats,
) -> Column:
    """Return a column; what is not given cannot be computed, counts are zero.

    >>> made = column("gmv_cv", Against.LEVEL, np.array([1.2]), level=0.8)
    >>> made.signal(0, supported=False).value
    1.2
    """
    nothing = np.broadcast_to(np.nan, value.shape)  # one number, seen as many
    zero = np.broadcast_to(0.0, value.shape)
    return Column(
        metric=metric, against=against, value=value, level=level, n_of=n_of,
        comparison=given.get("comparison", nothing), half=given.get("half", nothing),
        probability=given.get("probability", nothing), percentile=given.get("percentile", nothing),
        n=np.nan_to_num(given.get("n", zero)), prize=given.get("prize", nothing),
        n_comparison=np.nan_to_num(given.get("n_comparison", zero)),
        prize_half=given.get("prize_half", nothing),
        fact=np.asarray(given.get("fact", zero) > 0),
    )


def known(number: float) -> float | None:
    """Return a plain number, None where it cannot be computed.

    >>> known(math.nan) is None, known(np.float64(2.0))
    (True, 2.0)
    """
    return float(number) if math.isfinite(number) else None


LEAN = 0.75
"""How much of the relative error a range is longer on the side away from zero: measured, so that
the ranges of real changes hold as often as they say (bench/false_alarms.py)."""


def leaning(amount: float, half: float, level: float) -> Interval | None:
    """Return the range of an amount that scales with a GMV that is itself uncertain.

    Such an amount errs in proportion to its size, so its range is longer away from zero than
    towards it; where the amount is nothing beside its error both sides are equal.

    >>> leaning(-100.0, 50.0, 0.8)
    Interval(low=-168.75, mid=-100.0, high=-50.0, level=0.8)
    >>> leaning(0.0, 50.0, 0.8)
    Interval(low=-50.0, mid=0.0, high=50.0, level=0.8)
    """
    if not math.isfinite(half) or not half or not amount:
        return interval(amount, half, level)
    relative = half / abs(amount)
    far = half * (1.0 + LEAN * min(relative, 1.0 / relative))
    down, up = (far, half) if amount < 0 else (half, far)
    return Interval(low=float(amount - down), mid=float(amount), high=float(amount + up),
                    level=level)


def interval(middle: float, half: float, level: float) -> Interval | None:
    """Return the range around a number; None where either cannot be computed.

    >>> interval(2.0, 0.5, 0.8)
    Interval(low=1.5, mid=2.0, high=2.5, level=0.8)
    """
    if not (math.isfinite(middle) and math.isfinite(half)):
        return None
    return Interval(low=float(middle - half), mid=float(middle), high=float(middle + half),
                    level=level)
