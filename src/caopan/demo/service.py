"""Who serves whom: providers pick risers, dippers seek help, some are drawn by lottery."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.cast import Life
from caopan.demo.provider import ENGAGEMENT_SPREAD, OPERATORS_EACH, Providers
from caopan.demo.ragged import Flags, Floats, Ints

SERVED_SHARE = 0.4
"""Share of the living merchants that are served, or wait to be."""

REASONS = ("recent_riser", "recent_dipper", "lottery", "waiting_list")
ASSIGNMENTS = ("chosen", "chosen", "lottery", "waiting_list")
RISER, DIPPER, LOTTERY, WAITING = range(4)
TURN = (RISER, LOTTERY, DIPPER, LOTTERY, WAITING, RISER, WAITING, DIPPER, LOTTERY, WAITING)
"""How the engagements are handed out, in turn."""

RECENT_WEEKS, EARLIER_WEEKS = 3, 6
"""A merchant rises when its last weeks stand above the weeks before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagements:
    """The engagements (服务关系); every array has shape (engagements,)."""

    merchant: Ints
    provider: Ints
    operator: Ints
    reason: Ints
    start: Ints
    """Day after the first day of history; a waiting merchant's lies after its end."""
    lift: Floats
    """True log lift of GMV from the start on."""


def engagements(
    shocks: Floats, life: Ints, served_by: Providers, *, days: int, rng: np.random.Generator,
) -> Engagements:
    """Return who is served from when, selected as providers and merchants really select.

    Args:
        shocks: shape (merchants, weeks), the log weekly shocks that make risers and dippers.
        life: shape (merchants,); only living merchants are served.
        served_by: the providers.
        days: days of history.
        rng: source of randomness.

    >>> from caopan.demo.provider import providers
    >>> rng = np.random.default_rng(1)
    >>> living = np.zeros(10, dtype=np.int64)
    >>> made = engagements(rng.normal(size=(10, 20)), living, providers(10, rng), days=120, rng=rng)
    >>> [REASONS[reason] for reason in made.reason]
    ['recent_riser', 'lottery', 'recent_dipper', 'lottery']
    """
    free = life == Life.LIVING
    reason = np.resize(np.array(TURN), max(2, round(free.sum() * SERVED_SHARE)))
    reason = reason[: int(free.sum())]
    start = _start_days(reason, days=days, rng=rng)
    merchant = _merchants(reason, start, shocks, free, rng)
    provider = rng.integers(0, len(served_by.lift), len(reason))
    return Engagements(
        merchant=merchant,
        provider=provider,
        operator=provider * OPERATORS_EACH + rng.integers(0, OPERATORS_EACH, len(reason)),
        reason=reason,
        start=start,
        lift=served_by.lift[provider] + rng.normal(0, ENGAGEMENT_SPREAD, len(reason)),
    )


def _start_days(reason: Ints, *, days: int, rng: np.random.Generator) -> Ints:
    week = rng.integers(round(days * 0.45) // 7, round(days * 0.7) // 7 + 1, len(reason))
    later = days + 7 * rng.integers(1, 8, len(reason))
    return np.where(reason == WAITING, later, week * 7)


def _merchants(
    reason: Ints, start: Ints, shocks: Floats, free: Flags, rng: np.random.Generator,
) -> Ints:
    merchant = np.full(len(reason), -1, dtype=np.int64)
    free = free.copy()
    drawn = np.flatnonzero((reason == LOTTERY) | (reason == WAITING))
    merchant[drawn] = rng.permutation(np.flatnonzero(free))[: len(drawn)]
    free[merchant[drawn]] = False
    chosen = np.flatnonzero((reason == RISER) | (reason == DIPPER))
    for week in np.unique(start[chosen] // 7).tolist():
        growth = _growth(shocks, week)
        for picked, sign in ((RISER, 1), (DIPPER, -1)):
            rows = chosen[(reason[chosen] == picked) & (start[chosen] // 7 == week)]
            best = np.argsort(np.where(free, -sign * growth, np.inf), kind="stable")[: len(rows)]
            merchant[rows] = best
            free[best] = False
    return merchant


def _growth(shocks: Floats, week: int) -> Floats:
    recent = shocks[:, week - RECENT_WEEKS:week].mean(axis=1)
    earlier = shocks[:, max(0, week - RECENT_WEEKS - EARLIER_WEEKS):week - RECENT_WEEKS]
    growth: Floats = recent - earlier.mean(axis=1)
    return growth
