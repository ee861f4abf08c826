"""The spend ladder (投放阶梯): the experiment that settles what spend brings, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from caopan.forecast.response import LEVEL, Curve, expected_of, interval_of
from caopan.forecast.response_model import LIFT_PRIOR
from caopan.stats.arrays import Floats, Ints
from caopan.units.interval import Interval

RUNGS = (0, 1, 2)
"""What the usual spend is multiplied by; each is drawn equally often."""
SPREAD_OF_RUNGS = 2 / 3
"""The variance of the drawn multiple."""
POWER, ALPHA = 0.8, 0.1
BETTER_THAN = 2.0
"""One yuan more that brings less than this in sales rarely pays for itself: to be told from it."""
MOST_SESSIONS = 3_000
TELLING = 0.6
"""An answer has to be narrower than this share of what was thought before any data."""
NARROW = TELLING * LIFT_PRIOR[1] / np.sqrt(1.0 - TELLING**2)
"""The error of a lift (usual sales) from which on an answer is that narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A design: how many sessions, what they can tell, and what learning costs.

    ``detect``: the sales that one yuan more has to bring to be told from nothing (two-sided, 10 %)
    with probability ``power``. ``cost``: sales forgone by drawing instead of spending as usual,
    minor units; below zero where the usual spend is too low. ``extra_spend``: the most that is
    spent beyond the usual, if every session drew ×2; on average nothing.
    """

    sessions: int
    power: float
    detect: float
    spend: float
    cost: Interval
    forgone: Interval
    """Sales forgone in one session that draws ×0."""


def needed(*, detect: float, spend: float, sales: float, scatter: float) -> int:
    """Return how many drawn sessions tell a marginal return from nothing, and tell it at all.

    Sales of a session scatter by ``scatter`` (a share of the usual ``sales``) around what plan
    and habit lead to expect; the three rungs are drawn equally often. Never fewer than leave the
    answer narrower than what is thought without an experiment: one that cannot be told is no use.

    >>> needed(detect=2.0, spend=1_000, sales=10_000, scatter=0.5)
    60
    """
    both = norm.ppf(1.0 - ALPHA / 2.0) + norm.ppf(POWER)
    error = min(detect * spend / (both * sales), NARROW)
    count = (scatter / error) ** 2 / SPREAD_OF_RUNGS
    return int(np.clip(3 * np.ceil(count / 3), 12, MOST_SESSIONS) if count > 0 else 12)


def power(sessions: int, *, detect: float, spend: float, sales: float, scatter: float) -> float:
    """Return how likely so many drawn sessions tell a marginal return from nothing.

    >>> round(power(60, detect=2.0, spend=1_000, sales=10_000, scatter=0.5), 2)
    0.81
    """
    error = scatter * sales / np.sqrt(max(sessions, 1) * SPREAD_OF_RUNGS)
    return float(norm.cdf(detect * spend / error - norm.ppf(1.0 - ALPHA / 2.0)))


def ladder(curve: Curve, *, spend: float, sales: float, scatter: float,
           sessions: int | None = None, detect: float = BETTER_THAN, left: float = 0.0,
           level: float = LEVEL) -> Ladder:
    """Return the design of an experiment for a host.

    Args:
        curve: what is believed before it; it says what learning costs.
        spend: the usual spend of a session, minor units.
        sales: the usual sales of a session, minor units.
        scatter: how far sessions fall from what was to be expected, share of the usual sales.
        sessions: how many; None: as many as reach the power.
        detect: the marginal return to be told from nothing.
        left: share of a spend that is left at the next session, in [0, 1). What is left levels
            the rungs out, so bending costs less than if each rung were kept up.
        level: of the ranges.
    """
    count = sessions or needed(detect=detect, spend=spend, sales=sales, scatter=scatter)
    drawn = curve.sales((1.0 + (np.array(RUNGS) - 1.0) * _levelled(left)) * spend)
    lost = drawn[:, 1] - drawn.mean(axis=1)
    whole = curve.sales(np.array([spend]))[:, 0]
    return Ladder(
        sessions=count, detect=detect, spend=spend,
        power=power(count, detect=detect, spend=spend, sales=sales, scatter=scatter),
        cost=expected_of(lost * count, level=level),
        forgone=interval_of(whole, level=level))


def _levelled(left: float) -> float:
    """Return how far what sessions feel of their rungs lies apart, as a share of the rungs.

    The spread of (1 - left) · (own rung + left · the one before + …), where each three sessions
    hold each rung once: rungs next to each other differ more often than not.
    """
    alone = (1.0 - left) / (1.0 + left)
    return float(np.sqrt(alone * (1.0 - 2.0 * left / 3.0 - left**2 / 3.0)))


def rungs(sessions: int, rng: np.random.Generator) -> Ints:
    """Return the drawn multiple of every session: each three sessions hold each rung once.

    >>> sorted(rungs(3, np.random.default_rng(1)).tolist())
    [0, 1, 2]
    """
    blocks = -(-sessions // len(RUNGS))
    drawn = [rng.permutation(len(RUNGS)) for _ in range(blocks)]
    return np.concatenate(drawn or [np.empty(0, dtype=np.int64)])[:sessions].astype(np.int64)


def scatter_of(sold: Floats, hours: Floats) -> float:
    """Return how far sessions fall from the usual rate an hour, as a share; NaN below three.

    >>> scatter_of(np.array([8.0, 10.0, 12.0, 20.0]), np.ones(4)).__round__(2)
    0.36
    """
    rate = sold / np.where(hours > 0, hours, np.nan)
    rate = rate[np.isfinite(rate)]
    if len(rate) < len(RUNGS) or not rate.mean() > 0:
        return float("nan")
    return float(rate.std() / rate.mean())
