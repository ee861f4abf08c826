"""Known changes in the last window: one factor of a merchant moved by a known amount."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.cast import Life
from caopan.demo.ragged import Flags, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What moved: the id of the decomposition's factor, and what it was multiplied by."""

    factor: str
    ratio: float


CHANGES: tuple[Change, ...] = (
    Change(factor="impressions_per_hour", ratio=0.65),
    Change(factor="click_pay_rate", ratio=0.75),
    Change(factor="price", ratio=1.12),
    Change(factor="enter_rate", ratio=0.80),
    Change(factor="prod_ctr_expo", ratio=0.75),
    Change(factor="hours_per_session", ratio=1.40),
    Change(factor="sessions", ratio=0.60),
    Change(factor="impressions_per_hour", ratio=1.50),
)
"""The changes planted, in turn, in the merchants chosen for one."""


def assign(life: Ints) -> Ints:
    """Return which of ``CHANGES`` each merchant undergoes, -1 for none.

    >>> assign(np.array([Life.STEADY, Life.CHANGED, Life.CHANGED])).tolist()
    [-1, 0, 1]
    """
    changed = life == Life.CHANGED
    return np.where(changed, (np.cumsum(changed) - 1) % len(CHANGES), -1)


def ratio(factor: str, assigned: Ints, *, active: Flags) -> Floats:
    """Return what the factor is multiplied by, 1 where it did not change.

    Args:
        factor: id of a decomposition factor.
        assigned: shape (n,), places in ``CHANGES`` or -1.
        active: shape (n,), whether the row lies in the last window.

    >>> ratio("price", np.array([2, 2, -1]), active=np.array([True, False, True])).tolist()
    [1.12, 1.0, 1.0]
    """
    ratios = np.array([c.ratio if c.factor == factor else 1.0 for c in CHANGES] + [1.0])
    return np.where(active, ratios[assigned], 1.0)
