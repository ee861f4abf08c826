"""What is known of a room before it is on air (底数): own past sessions, and planned spend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caopan.stats.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Own past sessions by minute: the low of who is there, the high of who comes.

    ``online_low`` and ``entries_high``: shape (minutes,), NaN where too few sessions say.
    ``n``: sessions.
    """

    online_low: Floats
    entries_high: Floats
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """How orders follow traffic while nothing is wrong, from clean sessions.

    ``traffic``: the column of minutes that orders are held against. ``rate``: orders for one of
    it. ``size``: of the scatter. ``limit``: the evidence that one clean session in ten reaches.
    """

    traffic: str
    rate: float
    size: float
    limit: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """None = not known: what rests on it cannot be told, and no alarm comes of it.

    ``planned_spend``: of the whole session, minor units.
    """

    planned_spend: float | None = None
    usual: Usual | None = None
    calm: Calm | None = None
