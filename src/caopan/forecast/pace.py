"""Pacing (进度): what a session will have sold in the end, told while it runs.

Until minutes have spoken, the forecast before the session is the better guess: what is sold so far
over the share of time that went by (the run-rate) is wrong by a multiple for the first third. So
the forecast is a prior, and the minutes move it by as much as they have been worth before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import norm

from caopan.stats.arrays import Floats
from caopan.stats.conformal import spread
from caopan.stats.quantiles import LEVELS, MIDDLE

LEARNED_FROM = 500
"""Past sessions from which on a learned curve may stand in for the rule."""
RANGE_FROM = 50
"""Past sessions from which on the range is what their misses were."""
CURVES_FROM = 10
"""Past sessions with minutes below which the minutes of this one cannot be read."""
HALF = 0.5
"""Added to counts before their logarithm is taken."""
REACH, STEPS = 6.0, 241
"""The grid of finals: so many logs to both sides of the forecast."""
LEAST_DISPERSION = 0.005
UNKNOWN_SPREAD = 0.8
"""How far a forecast misses (log) where too few misses are known."""
RIDGE = 1.0


class Method(StrEnum):
    """How the final was told."""

    PRIOR = "forecast"
    """The forecast before the session alone: no past minutes to read this one's by."""
    GAMMA_POISSON = "gamma_poisson"
    """The forecast, moved by the count so far, which scatters as past shares did."""
    LEARNED = "log_ridge"
    """A regression on past sessions at the same point of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Past sessions at the same point of their plan; every array (n,), counts >= 0.

    ``prior``: what was forecast of each before it, > 0. ``so_far``: what it had sold by this
    point. ``lately``: what of that in the last minutes. ``total``: what it sold in the end, > 0.
    ``one``: what one sale counts, in the outcome's unit (1 for units, a usual order for money).
    """

    prior: Floats
    so_far: Floats
    lately: Floats
    total: Floats
    one: float = 1.0

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The final of a running session: nineteen quantiles, how they were told, from how many."""

    quantiles: Floats
    method: Method
    n: int

    @property
    def mid(self) -> float:
        """Return the median."""
        return float(self.quantiles[MIDDLE])


def pace(past: Past, *, prior: float, misses: Floats, so_far: float, lately: float) -> Told:
    """Return what a running session will have sold in the end.

    Args:
        past: earlier sessions at the same point of their plans.
        prior: the forecast of this one, > 0.
        misses: log ratios of what came to what was forecast, of any sessions; finite.
        so_far: what it has sold.
        lately: what of that in the last minutes.
    """
    return Curves.of(past, misses).told(prior=prior, so_far=so_far, lately=lately)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """What past sessions say of the same point of a running one, learnt once for many of them.

    ``spreads``: shape (19,), the quantiles of the misses of forecasts, ``n`` so many. ``missed``:
    those of past sessions by the rule, shape (m,); nothing of too few.
    """

    past: Past
    n: int
    spreads: Floats
    density: Floats
    missed: Floats

    @staticmethod
    def of(past: Past, misses: Floats) -> Curves:
        """Return what is learnt from past sessions; ``past`` and ``misses`` as ``pace`` has them.

        >>> curves = Curves.of(Past(prior=np.ones(1), so_far=np.ones(1), lately=np.ones(1),
        ...                         total=np.ones(1)), np.zeros(60))
        >>> curves.told(prior=8.0, so_far=1.0, lately=0.0).mid
        8.0
        """
        spreads = _spread_of(misses)
        density = missed = np.zeros(0)
        if len(past) >= CURVES_FROM:
            density = _density(spreads)
            rule = _gamma_poisson(past, past, density)
            missed = np.log(past.total) - np.log(rule[:, MIDDLE])
        return Curves(past=past, n=len(misses), spreads=spreads, density=density, missed=missed)

    def told(self, *, prior: float, so_far: float, lately: float) -> Told:
        """Return what one running session will have sold in the end, as ``pace`` does."""
        past = self.past
        if len(past) < CURVES_FROM:
            told = prior * np.exp(self.spreads)
            return Told(quantiles=np.maximum(told, so_far), method=Method.PRIOR, n=self.n)
        now = Past(prior=np.array([prior]), so_far=np.array([so_far]), lately=np.array([lately]),
                   total=np.array([np.nan]), one=past.one)
        own = _gamma_poisson(past, now, self.density)[0]
        method = Method.GAMMA_POISSON
        if len(past) >= RANGE_FROM:
            own = own[MIDDLE] * np.exp(spread(self.missed))
        if len(past) >= LEARNED_FROM:
            said, left = _log_ridge(past, now)
            if np.abs(left).mean() < np.abs(self.missed).mean():
                own, method = np.exp(said[0] + spread(left)), Method.LEARNED
        return Told(quantiles=np.maximum(own, so_far), method=method, n=len(past))


def _spread_of(misses: Floats) -> Floats:
    if len(misses) >= RANGE_FROM:
        return spread(misses)
    return np.asarray(UNKNOWN_SPREAD * norm.ppf(LEVELS))


def _density(quantiles: Floats) -> Floats:
    """Return the weight of every step of the grid of log ratios: between quantiles, and tails."""
    grid = _grid()
    slope = (quantiles[-1] - quantiles[-2], quantiles[1] - quantiles[0])
    inner = np.interp(grid, quantiles, LEVELS)
    upper = 1.0 - 0.05 * np.exp(-(grid - quantiles[-1]) / max(slope[0] * 1.44, 1e-3))
    lower = 0.05 * np.exp((grid - quantiles[0]) / max(slope[1] * 1.44, 1e-3))
    below = np.where(grid > quantiles[-1], upper, np.where(grid < quantiles[0], lower, inner))
    return np.asarray(np.maximum(np.diff(below, prepend=0.0), 1e-12))


def _grid() -> Floats:
    return np.linspace(-REACH, REACH, STEPS)


def _gamma_poisson(past: Past, asked: Past, density: Floats) -> Floats:
    """Return the quantiles of each asked session, shape (asked, 19).

    Given the final, the count so far is Poisson with a gamma-distributed rate (negative
    binomial) around the usual share of the final; how wide, past sessions say.
    """
    share = float(np.clip((past.so_far / past.total).mean(), 1e-6, 1.0))
    expected = past.total / past.one * share + HALF
    apart = np.log((past.so_far / past.one + HALF) / expected)
    dispersion = max(float(apart.var()) - float((1.0 / expected).mean()), LEAST_DISPERSION)
    shape = 1.0 / dispersion
    grid = _grid()
    final = asked.prior[:, None] * np.exp(grid) / asked.one
    mean = final * share
    count = (asked.so_far / asked.one)[:, None]
    likely = count * np.log(mean / (mean + shape)) - shape * np.log1p(mean / shape)
    likely = np.where(final >= count, likely, -np.inf) + np.log(density)
    likely[~np.isfinite(likely).any(axis=1), -1] = 0.0
    weight = np.exp(likely - likely.max(axis=1, keepdims=True))
    below = np.cumsum(weight, axis=1)
    below /= below[:, -1:]
    return np.stack([np.exp(np.interp(LEVELS, row, grid)) * prior
                     for row, prior in zip(below, asked.prior, strict=True)])


def _log_ridge(past: Past, asked: Past) -> tuple[Floats, Floats]:
    """Return the log final of each asked session, and what was left over in past ones.

    What is left over of a session comes from a regression without it.
    """
    design, wanted = _features(past, past), np.log(past.total)
    inverse = np.linalg.inv(design.T @ design + RIDGE * np.diag(
        [0.0, *np.ones(design.shape[1] - 1)]))
    factors = inverse @ design.T @ wanted
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    left = (wanted - design @ factors) / np.maximum(1.0 - leverage, HALF)
    return _features(asked, past) @ factors, np.asarray(left)


def _features(asked: Past, past: Past) -> Floats:
    """Return what a final is told by, shape (asked, features), scaled as past sessions are."""
    def columns(one: Past) -> Floats:
        count, late = one.so_far / one.one, one.lately / one.one
        prior = np.log(one.prior / one.one)
        ahead = np.log(count + HALF) - prior
        return np.column_stack([prior, ahead, ahead**2, np.log(late + HALF) - prior,
                                np.log1p(late) - np.log1p(count)])
    known = columns(past)
    middle, width = known.mean(axis=0), np.maximum(known.std(axis=0), 1e-6)
    return np.column_stack([np.ones(len(asked.prior)), (columns(asked) - middle) / width])
