"""The usual (平常): one session's figures beside those of the host's other sessions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Bools, Floats
from caopan.workspace.room import Room

FEWEST = 3
"""Other sessions below which nothing is called usual."""
MARKS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles that are told: the ends of an axis, the middle half, the middle."""
FIGURES: tuple[tuple[str, ...], ...] = (
    ("gmv", "units"), ("viewers", "views"), ("orders", "buyers"), ("new_followers",), ("minutes",))
"""What a session is judged by, of each the first column that it carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What the host's other sessions that count hold: five quantiles, and how many lie below.

    ``n`` of them carry the figure, ``below`` of those hold less than this session.
    """

    low: float
    median: float
    high: float
    least: float
    most: float
    n: int
    below: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One figure of a session by its column; ``usual`` None with too few others to compare."""

    column: str
    value: float
    usual: Usual | None

    @property
    def difference(self) -> float | None:
        """Return how much more it is than the host's median, None where there is none."""
        return None if self.usual is None else self.value - self.usual.median


def standings(room: Room, place: int) -> tuple[Standing, ...]:
    """Return the figures of the session at a place of a room, the most telling first.

    >>> standings.__name__
    'standings'
    """
    others = np.array([reason is None for reason in room.apart], dtype=np.bool_)
    others[place] = False
    found = []
    for names in FIGURES:
        known = {name: room.sessions.columns[name] for name in names
                 if not np.isnan(room.sessions.columns[name][place])}
        if known:
            name, values = next(iter(known.items()))
            found.append(Standing(column=name, value=float(values[place]),
                                  usual=usual(values, place=place, others=others)))
    return tuple(found)


def usual(values: Floats, *, place: int, others: Bools) -> Usual | None:
    """Return what is usual beside the value at a place.

    Args:
        values: shape (n,), NaN = not known.
        place: which of them is asked about.
        others: shape (n,), which of them it is compared with.

    >>> found = usual(np.array([9.0, 1, 2, 3, np.nan]), place=0,
    ...               others=np.array([False, True, True, True, True]))
    >>> (found.median, found.n, found.below)
    (2.0, 3, 3)
    """
    known = values[others & ~np.isnan(values)]
    if len(known) < FEWEST:
        return None
    least, low, median, high, most = (float(each) for each in np.quantile(known, MARKS))
    return Usual(low=low, median=median, high=high, least=least, most=most, n=len(known),
                 below=int((known < values[place]).sum()))
