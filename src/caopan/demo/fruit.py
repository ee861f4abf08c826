"""The fruit story: a hundred viewers bought ten boxes, then twenty viewers bought one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caopan.demo.audience import Audience
from caopan.demo.ragged import Flags, Ints

CONVERSION = 0.1
"""The true share of viewers who buy a box; it never changes."""

BEFORE_VIEWERS, AFTER_VIEWERS = 100, 20
AFTER_BOXES = (1, 2, 3, 1)
"""Boxes of the four shows of the last window: 7 of 80 viewers, as 10 % may well give."""
BEFORE_BOXES = (10, 11, 9, 10)
"""Boxes of the shows before, in turn backwards from the window: the last of them sold ten."""
STOCK_BEFORE, STOCK_AFTER = 13, 15
"""Boxes brought to a show: after a show of ten, fifteen are stocked."""


def tell(audience: Audience, mine: Flags) -> Audience:
    """Return the audience with the shows of the fruit host told as in the story.

    Args:
        audience: what was drawn, in order of time for one host.
        mine: which of the shows are the fruit host's.
    """
    rows = np.flatnonzero(mine)
    if len(rows) == 0:
        return audience
    back = np.arange(len(rows))[::-1]
    after = back < len(AFTER_BOXES)
    viewers = np.where(after, AFTER_VIEWERS, BEFORE_VIEWERS)
    boxes = np.where(after, np.resize(AFTER_BOXES[::-1], len(rows))[back],
                     np.resize(BEFORE_BOXES, len(rows))[back - len(AFTER_BOXES)])
    told = {
        "viewers": viewers, "views_private": viewers // 2, "views_public": viewers - viewers // 2
        + viewers // 5, "views_paid": viewers * 0, "impressions": viewers * 10,
        "exposed": viewers * 8, "impressions_paid": viewers * 0,
        "product_viewers": viewers * 7 // 10, "clickers": viewers // 5, "buyers": boxes,
    }
    return replace(audience, **{name: _put(getattr(audience, name), rows, values)
                                for name, values in told.items()})


def stock(number: int) -> Ints:
    """Return the boxes stocked for each of the fruit host's shows, oldest first.

    >>> stock(6).tolist()
    [13, 13, 15, 15, 15, 15]
    """
    back = np.arange(number)[::-1]
    return np.where(back < len(AFTER_BOXES), STOCK_AFTER, STOCK_BEFORE)


def _put(values: Ints, rows: Ints, told: Ints) -> Ints:
    values = values.copy()
    values[rows] = told
    return values
