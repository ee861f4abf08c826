"""Dividing what may be spent over planned sessions (投放预算), by what spend brings each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from caopan.facts.plan import PlannedSession
from caopan.stats.allocation import allocated
from caopan.stats.arrays import Floats
from caopan.units.interval import Interval

STEPS = 201
"""Spends tried for each session, from nothing to the most that is known of."""


class SpendCurve(Protocol):
    """What spend adds to a session's sales, as draws of what is believed."""

    def sales(self, spend: Floats) -> Floats:
        """Return the extra sales of each spend in every draw, shape (draws, spends)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A planned session as money sees it; amounts in minor units.

    ``curve`` and ``tried_to``: what spend brings its host and up to which spend that is known;
    None where it cannot be told. ``margin``: what is left of a yuan of sales after goods and
    returns, 0-1; None where costs are not known.
    """

    session: PlannedSession
    hours: float
    curve: SpendCurve | None = None
    tried_to: float = 0.0
    margin: float | None = None

    @property
    def told(self) -> bool:
        """Return whether what spend brings and what a sale leaves are both known."""
        return self.curve is not None and self.margin is not None and self.tried_to > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a session may spend; ``gain``: profit after spend, against none; None: not told."""

    show: Show
    spend: float
    gain: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A total divided over sessions.

    ``told``: whether curves decided; else the plan's own amounts are paced and no return is
    claimed. ``gain``: of all sessions together; ``over_plan``: by how much more than with the
    plan's own amounts. ``expected`` and ``bound``: what the division brings in expectation, and
    the most any could (Lagrangian dual); ``shadow``: what one more yuan would bring after itself.
    ``rest``: what is better left unspent, or nobody knows a use for.
    """

    shares: tuple[Share, ...]
    told: bool
    total: float | None
    rest: float = 0.0
    gain: Interval | None = None
    over_plan: Interval | None = None
    expected: float | None = None
    bound: float | None = None
    shadow: float | None = None
    draws: Floats | None = None
    """Profit after spend of all sessions in each draw."""


def divided(shows: Sequence[Show], *, total: float | None, level: float) -> Budget:
    """Return how a total is best divided, or the plan's amounts where that cannot be told.

    Sessions whose curve is not told keep what the plan gives them; the rest is divided by the
    curves. No session is given more than what its curve is known up to.

    Args:
        shows: the sessions.
        total: what may be spent in all; None: what the plan's amounts add up to.
        level: of the ranges.
    """
    planned = np.array([one.session.planned_ad_spend or 0 for one in shows], dtype=np.float64)
    told = np.array([one.told for one in shows], dtype=bool)
    if not told.any():
        return _paced(shows, planned, total)
    limit = float(planned.sum()) if total is None and planned.any() else total
    kept = planned[~told]
    if limit is not None and kept.sum() > limit:
        kept = kept * limit / kept.sum()
    spend, bound, shadow = planned.copy(), 0.0, 0.0
    spend[~told] = kept
    known = [one for one in shows if one.told]
    free = np.inf if limit is None else limit - float(kept.sum())
    grid = np.stack([np.linspace(0.0, one.tried_to, STEPS) for one in known])
    value = np.stack([_profits(one, row).mean(axis=0)
                      for one, row in zip(known, grid, strict=True)])
    found = allocated(grid, value, free)
    spend[told], bound, shadow = found.spend, found.bound, found.shadow
    draws = _sum_of(known, found.spend)
    return Budget(
        shares=tuple(_share(one, float(each), level) for one, each in zip(
            shows, spend, strict=True)),
        told=True, total=limit, rest=0.0 if limit is None else max(limit - float(spend.sum()), 0.0),
        gain=_range(draws, level), bound=bound, shadow=shadow, expected=found.total, draws=draws,
        over_plan=_range(draws - _sum_of(known, planned[told]), level) if planned[told].any()
        else None)


def _paced(shows: Sequence[Show], planned: Floats, total: float | None) -> Budget:
    """Return the plan's amounts within the total; a total without amounts goes by the hours."""
    asked, limit = float(planned.sum()), total
    if limit is None or (asked and asked <= limit):
        spend = planned
    elif asked:
        spend = planned * limit / asked
    else:
        hours = np.array([one.hours for one in shows])
        spend = hours * limit / hours.sum()
    rest = 0.0 if limit is None else max(limit - float(spend.sum()), 0.0)
    return Budget(told=False, total=asked if limit is None else limit, rest=rest,
                  shares=tuple(Share(show=one, spend=float(each))
                               for one, each in zip(shows, spend, strict=True)))


def _profits(show: Show, spend: Floats) -> Floats:
    """Return the profit after spend in every draw, shape (draws, spends)."""
    if show.curve is None or show.margin is None:
        return np.zeros((1, len(spend)))
    return np.asarray(show.margin * show.curve.sales(spend) - spend[None, :])


def _sum_of(shows: Sequence[Show], spend: Floats) -> Floats:
    """Return the profit of all sessions in each draw: rows of all curves belong together."""
    parts = [_profits(one, np.array([each]))[:, 0]
             for one, each in zip(shows, spend, strict=True)]
    return np.asarray(np.sum(parts, axis=0))


def _share(show: Show, spend: float, level: float) -> Share:
    if not show.told:
        return Share(show=show, spend=spend)
    return Share(show=show, spend=spend,
                 gain=_range(_profits(show, np.array([spend]))[:, 0], level))


def _range(draws: Floats, level: float) -> Interval:
    tail = (1.0 - level) / 2.0
    low, mid, high = np.quantile(draws, [tail, 0.5, 1.0 - tail]).tolist()
    return Interval(low=low, mid=mid, high=high, level=level)
