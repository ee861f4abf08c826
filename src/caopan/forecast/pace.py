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
"""Misses of forecasts from which on they say how far a forecast misses."""
CURVES_FROM = 10
"""Past sessions with minutes below which the minutes of this one cannot be read: fewer would not
hold a range of 80 % between them."""
ALIKE, FEWEST_ALIKE = 1 / 3, 50
"""The share of past sessions whose size is most alike: a range is what these missed by, not fewer
than so many. Small rooms scatter more."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What past sessions at one point of theirs say, learnt once for every session asked about.

    ``spreads``: how far forecasts miss, nineteen quantiles of the log ratio. ``rule``: what the
    rule would have told of each past session, and ``missed`` by what log ratio it did. ``ridge``:
    the regression where it misses by less.
    """

    past: Past
    spreads: Floats
    known: int
    rule: Floats
    missed: Floats
    ridge: _Ridge | None = None


def learnt(past: Past, *, misses: Floats) -> Learnt:
    """Return what is learnt from past sessions.

    Args:
        past: earlier sessions at the same point of their plans.
        misses: log ratios of what came to what was forecast, of any sessions; finite.

    >>> ones = np.ones(2)
    >>> learnt(Past(prior=ones, so_far=ones, lately=ones, total=ones), misses=ones).known
    2
    """
    spreads = _spread_of(misses)
    if len(past) < CURVES_FROM:
        return Learnt(past=past, spreads=spreads, known=len(misses), rule=np.empty(0),
                      missed=np.empty(0))
    rule = _gamma_poisson(past, past, _density(spreads))
    missed = np.log(past.total) - np.log(rule)
    found = _log_ridge(past, rule) if len(past) >= LEARNED_FROM else None
    if found is not None and not np.abs(found.left).mean() < np.abs(missed).mean():
        found = None
    return Learnt(past=past, spreads=spreads, known=len(misses), rule=rule, missed=missed,
                  ridge=found)


def pace(known: Learnt, *, prior: float, so_far: float, lately: float,
         spreads: Floats | None = None) -> Told:
    """Return what a running session will have sold in the end.

    Args:
        known: what past sessions say.
        prior: the forecast of this one, > 0.
        so_far: what it has sold.
        lately: what of that in the last minutes.
        spreads: nineteen quantiles of the log ratio of what may come to the forecast; None: as
            forecasts missed before.
    """
    past, own_spreads = known.past, known.spreads if spreads is None else spreads
    if len(past) < CURVES_FROM:
        return Told(quantiles=np.maximum(prior * np.exp(own_spreads), so_far),
                    method=Method.PRIOR, n=known.known)
    now = Past(prior=np.array([prior]), so_far=np.array([so_far]), lately=np.array([lately]),
               total=np.array([np.nan]), one=past.one)
    rule = _gamma_poisson(past, now, _density(own_spreads))
    own, missed, method = float(np.log(rule[0])), known.missed, Method.GAMMA_POISSON
    if known.ridge is not None:
        own, missed = known.ridge.told(_features(now, rule)), known.ridge.left
        method = Method.LEARNED
    told = np.exp(own + spread(_alike(missed, past, own)))
    return Told(quantiles=np.maximum(told, so_far), method=method, n=len(past))


def _alike(missed: Floats, past: Past, own: float) -> Floats:
    """Return the misses of past sessions that were told to come to about as much."""
    count = max(FEWEST_ALIKE, round(len(past) * ALIKE))
    apart = np.abs(np.log(past.total) - missed - own)
    return np.asarray(missed[np.argsort(apart, kind="stable")[:count]])


def _spread_of(misses: Floats) -> Floats:
    if len(misses) >= RANGE_FROM:
        return spread(misses)
    return np.asarray(UNKNOWN_SPREAD * norm.ppf(LEVELS))


def _density(quantiles: Floats) -> Floats:
    """Return the weight of every step of the grid of log ratios: between quantiles, and tails."""
    grid = _grid()
    slope = (quantiles[-1] - quantiles[-2], quantiles[1] - quantiles[0])
    inner = np.interp(grid, quantiles, LEVELS)
    above = np.minimum((quantiles[-1] - grid) / max(slope[0] * 1.44, 1e-3), 0.0)
    under = np.minimum((grid - quantiles[0]) / max(slope[1] * 1.44, 1e-3), 0.0)
    upper, lower = 1.0 - 0.05 * np.exp(above), 0.05 * np.exp(under)
    below = np.where(grid > quantiles[-1], upper, np.where(grid < quantiles[0], lower, inner))
    return np.asarray(np.maximum(np.diff(below, prepend=0.0), 1e-12))


def _grid() -> Floats:
    return np.linspace(-REACH, REACH, STEPS)


def _gamma_poisson(past: Past, asked: Past, density: Floats) -> Floats:
    """Return the median of each asked session's final, shape (asked,).

    Given the final, the count so far is Poisson with a gamma-distributed rate (negative
    binomial) around the usual share of the final; how wide, past sessions say.
    """
    share = float(np.clip((past.so_far / past.total).mean(), 1e-6, 1.0))
    expected = past.total / past.one * share + HALF
    apart = np.log((past.so_far / past.one + HALF) / expected)
    dispersion = max(float(apart.var()) - float((1.0 / expected).mean()), LEAST_DISPERSION)
    shape = 1.0 / dispersion
    final = asked.prior[:, None] * np.exp(_grid()) / asked.one
    mean = final * share
    count = (asked.so_far / asked.one)[:, None]
    likely = count * np.log(mean / (mean + shape)) - shape * np.log1p(mean / shape)
    likely = np.where(final >= count, likely, -np.inf) + np.log(density)
    likely[~np.isfinite(likely).any(axis=1), -1] = 0.0
    weight = np.exp(likely - likely.max(axis=1, keepdims=True))
    below = np.cumsum(weight, axis=1)
    below /= below[:, -1:]
    return np.asarray([np.exp(np.interp(0.5, row, _grid())) * prior
                       for row, prior in zip(below, asked.prior, strict=True)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ridge:
    """A regression: how its features are scaled, its factors, and what it left of each session."""

    middle: Floats
    width: Floats
    factors: Floats
    left: Floats

    def told(self, features: Floats) -> float:
        """Return the log final of a session, features of shape (1, features)."""
        return float((_scaled(features, self.middle, self.width) @ self.factors)[0])


def _log_ridge(past: Past, rule: Floats) -> _Ridge:
    """Return the regression of the log final.

    What the rule tells is one of the features, so that the regression begins from it. What is
    left over of a session comes from a regression without it.
    """
    known = _features(past, rule)
    middle, width = known.mean(axis=0), np.maximum(known.std(axis=0), 1e-6)
    design, wanted = _scaled(known, middle, width), np.log(past.total)
    inverse = np.linalg.inv(design.T @ design + RIDGE * np.diag(
        [0.0, *np.ones(design.shape[1] - 1)]))
    factors = inverse @ design.T @ wanted
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    left = (wanted - design @ factors) / np.maximum(1.0 - leverage, HALF)
    return _Ridge(middle=middle, width=width, factors=factors, left=left)


def _features(one: Past, rule: Floats) -> Floats:
    """Return what a final is told by, shape (sessions, features)."""
    count, late = one.so_far / one.one, one.lately / one.one
    prior = np.log(one.prior / one.one)
    ahead, lately = np.log(count + HALF) - prior, np.log(late + HALF) - prior
    return np.column_stack([prior, np.log(rule / one.one), ahead, lately, ahead**2, lately**2,
                            ahead * lately, np.log1p(late) - np.log1p(count)])


def _scaled(features: Floats, middle: Floats, width: Floats) -> Floats:
    return np.column_stack([np.ones(len(features)), (features - middle) / width])
