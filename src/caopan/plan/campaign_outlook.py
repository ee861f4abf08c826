"""What a campaign may bring, and how likely its targets are to be met (达成概率)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from caopan.plan.campaign import Campaign, Showing
from caopan.plan.together import Together
from caopan.playbook.campaign import Phase
from caopan.stats.arrays import Floats
from caopan.stats.quantiles import LEVELS
from caopan.units.clock import business_day
from caopan.units.interval import Interval
from caopan.units.message import Text

MANY = 20_000
"""Equally likely cases that sums are read off."""
SUREST = float(LEVELS[-1])
"""Beyond this probability, and below its rest, nothing is known of a session's tails."""
NO_SESSIONS = Text(zh="这里还没有场次", en="no session stands here yet")
NO_FORECAST = Text(zh="排期里没有这一场，没有预估",
                   en="it is not in the plan, so nothing is forecast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The forecast of a session's GMV: nineteen quantiles, minor units, or why there are none.

    ``held``: what it brought, once it is over; nothing is forecast of it any more.
    """

    quantiles: tuple[float, ...] | None
    reason: Text | None = None
    held: int | None = None

    @property
    def known(self) -> bool:
        """Return whether a sum can hold it."""
        return self.held is not None or self.quantiles is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What some sessions bring together, minor units, and whether that meets a target.

    ``probability`` of at least the target: never claimed beyond ``SUREST``; None without a target
    or a range, and certain once all is held. ``reason``: why nothing can be told. ``told`` of
    ``sessions`` have a forecast or were held, ``held`` were.
    """

    target: int | None
    interval: Interval | None
    probability: float | None
    reason: Text | None
    sessions: int
    told: int
    held: int = 0

    @property
    def beyond(self) -> str | None:
        """Return "below" or "above" where the probability is only known to lie beyond that."""
        if self.probability in {None, 0.0, 1.0} or 1.0 - SUREST < self.probability < SUREST:
            return None
        return "above" if self.probability >= SUREST else "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """GMV from the first day to the end of one business day, minor units."""

    day: date
    so_far: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The whole, its phases and its sessions; ``days``: the band, none where one is untold."""

    whole: Chance
    phases: Mapping[Phase, Chance]
    sessions: Mapping[str, Chance]
    days: tuple[Day, ...]
    level: float
    together: Together


def outlook(campaign: Campaign, forecasts: Mapping[str, Told], *, together: Together,
            level: float) -> Outlook:
    """Return what a campaign may bring, from the forecasts of the sessions it holds.

    Args:
        campaign: with its sessions and targets.
        forecasts: by session id; a session without one cannot be told, nor any sum it is in.
            One that was held counts with what it brought.
        together: how far lines of sessions are lucky together.
        level: of the ranges.
    """
    told = [forecasts.get(one.session_id, Told(quantiles=None, reason=NO_FORECAST))
            for one in campaign.sessions]
    draws = together.of_whole_sessions().draws(
        [one.streamer_id for one in campaign.sessions],
        [one.session_id for one in campaign.sessions], [""] * len(campaign.sessions), MANY)
    cases = np.full((len(told), MANY), np.nan)
    for at, one in enumerate(told):
        if one.held is not None:
            cases[at] = one.held
        elif one.quantiles is not None:
            cases[at] = points(one.quantiles)[draws[at]]

    def chance(rows: Sequence[int], target: int | None) -> Chance:
        return _chance(cases, rows, [told[at] for at in rows], target, level)

    everything = range(len(told))
    return Outlook(
        whole=chance(everything, campaign.target), level=level, together=together,
        phases={one.phase: chance([at for at in everything
                                   if campaign.sessions[at].phase is one.phase], one.target)
                for one in campaign.phases},
        sessions={one.session_id: chance([at], one.target)
                  for at, one in enumerate(campaign.sessions)},
        days=_days(campaign, cases, level))


def points(quantiles: Sequence[float]) -> Floats:
    """Return ``MANY`` equally likely values of a distribution, ascending, >= 0.

    Between the nineteen quantiles they are interpolated; beyond the outer ones the slope of the
    outermost step goes on, as nothing is known there.

    >>> points([float(one) for one in range(1, 20)])[[0, MANY // 2, -1]].round(1).tolist()
    [0.0, 10.0, 20.0]
    """
    told = np.asarray(quantiles, dtype=np.float64)
    ends = (max(2 * told[0] - told[1], 0.0), 2 * told[-1] - told[-2])
    place = (np.arange(MANY) + 0.5) / MANY
    return np.asarray(np.interp(place, [0.0, *LEVELS, 1.0], [ends[0], *told, ends[1]]))


def _chance(cases: Floats, rows: Sequence[int], told: Sequence[Told], target: int | None,
            level: float) -> Chance:
    untold = [one for one in told if not one.known]
    known, held = len(told) - len(untold), sum(one.held is not None for one in told)
    if not told or untold:
        reason = untold[0].reason if untold else NO_SESSIONS
        return Chance(target=target, interval=None, probability=None, reason=reason or NO_FORECAST,
                      sessions=len(told), told=known, held=held)
    sums = cases[list(rows)].sum(axis=0)
    least = 0.0 if held == len(told) else 1.0 - SUREST
    met = None if target is None else float(np.clip(
        (sums >= target).mean(), least, 1.0 - least))
    return Chance(target=target, interval=_range(sums, level), probability=met, reason=None,
                  sessions=len(told), told=known, held=held)


def _range(sums: Floats, level: float) -> Interval:
    tail = (1.0 - level) / 2.0
    low, mid, high = (float(one) for one in np.quantile(sums, [tail, 0.5, 1.0 - tail]))
    return Interval(low=low, mid=mid, high=high, level=level)


def _days(campaign: Campaign, cases: Floats, level: float) -> tuple[Day, ...]:
    if not len(cases) or not np.isfinite(cases).all():
        return ()
    on = [_day(one) for one in campaign.sessions]
    found, day = [], min(campaign.start, *on)
    while day < campaign.end:
        mine = [at for at, each in enumerate(on) if each <= day]
        sums = cases[mine].sum(axis=0) if mine else np.zeros(MANY)
        found.append(Day(day=day, so_far=_range(sums, level)))
        day += timedelta(days=1)
    return tuple(found)


def _day(one: Showing) -> date:
    return business_day(one.starts_at)
