"""The columns that readings divide: session columns, and what follows from them row by row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from caopan.diagnose.inputs import Sessions
from caopan.stats.arrays import Floats

MINUTES_AN_HOUR = 60.0


def measure(sessions: Sessions, name: str) -> Floats:
    """Return one column over all sessions: a canonical one, or one derived from them.

    NaN = null. Money is minor units, ``hours`` hours, ``watch_seconds`` person-seconds.

    >>> from caopan.diagnose.inputs import sessions as made
    >>> row = made(subject=[0], session_id=["a"], started_at=["2026-03-01"],
    ...            columns={"minutes": [90]})
    >>> measure(row, "hours").tolist(), measure(row, "sessions").tolist()
    ([1.5], [1.0])

    Raises:
        KeyError: neither a canonical nor a derived column.
    """
    derived = _DERIVED.get(name)
    return derived(sessions.columns) if derived else sessions.columns[name]


def _hours(columns: dict[str, Floats]) -> Floats:
    """Return hours on air; a show of no length has none that could be divided by."""
    minutes = columns["minutes"]
    return np.where(minutes > 0, minutes / MINUTES_AN_HOUR, np.nan)


def _watch_seconds(columns: dict[str, Floats]) -> Floats:
    return columns["avg_watch_seconds"] * columns["viewers"]


def _sold_nothing(columns: dict[str, Floats]) -> Floats:
    """Return whether nothing was sold: no money, or no units where no amount is known."""
    sold = np.where(np.isnan(columns["gmv"]), columns["units"], columns["gmv"])
    return np.where(np.isnan(sold), np.nan, sold == 0)


_DERIVED: dict[str, Callable[[dict[str, Floats]], Floats]] = {
    "sessions": lambda columns: np.ones_like(columns["gmv"]),
    "hours": _hours,
    "watch_seconds": _watch_seconds,
    "online_hours": lambda columns: columns["avg_online"] * _hours(columns),
    "net_followers": lambda columns: columns["new_followers"] - columns["lost_followers"],
    "organic_views": lambda columns: columns["views"] - columns["paid_views"],
    "sold_nothing": _sold_nothing,
}
