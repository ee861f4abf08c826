"""The response model: level, plan terms, trend, and what the draws of a host's spend changed.

Sales of a session, in usual sales of its host, are expected to be

    exp(level + trend + plan terms) + lift · (share reached - share its draws reach on average)

with a level, a trend and a lift a host, drawn to those of all; the share is a Hill curve of spend
and what is left of earlier spend, in that of half of what twice the usual spend brings, so that a
lift is what a usual spend brings, about. Half and slope of the curve, its carry-over and the plan
terms are shared. Over the draws the bracket is 0 on average whatever the plan was: only the draw
carries the lift, and what runs with the plan goes into the level. A lift may be below zero: were
it not, luck would only ever be told where it was good. Misses are relative to what was expected,
resemble the session's before (AR 1) and are cut where they are extreme. The estimate is the mode
under weak priors (MAP), its uncertainty the curvature there, widened to how the misses scatter
(sandwich), as far as what was thought before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from caopan.forecast.response_terms import Terms
from caopan.stats.arrays import Floats
from caopan.stats.hill import hill, stock

ROUNDS, SETTLING = 5, 2
"""Reweighted fits, and in how many of them the curve keeps its shape: sales without it first."""
HELD = 1e-3
CUT = 2.0
"""Misses beyond so many spreads weigh less, in proportion."""
STEP = 1e-5
TWICE = np.full(1, 2.0)
"""The highest rung of the usual spend."""
MOST_STEPS, CLOSE = 40, 1e-6
LEVEL_PRIOR, TREND_PRIOR = (-0.3, 1.0), (0.0, 0.3)
LIFT_PRIOR, HALF_PRIOR = (0.2, 0.25), (0.2, 0.4)
SLOPE_PRIOR, CARRY_PRIOR = (0.18, 0.2), (-0.5, 0.8)
"""Of the shared lift, log half (usual spend), log slope, logit carry a day."""
CURVE_TERMS, RUNGS = 4, 3
LEAST_MEMORY, MOST_MEMORY = 0.0, 0.9
LEAST_SPREAD = 0.02
SMALLEST = 0.05
"""Expected sales below this share of the usual count as this share, when misses are weighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is believed of all parameters: mode and covariance, in this order.

    Level, trend and lift (from the shared one) of every subject, ``subjects`` each; then the
    shared lift, log half, log slope, logit carry; then the plan terms. ``between``: the standard
    deviation of lifts over hosts. ``evidence``: log marginal likelihood, up to a
    constant.
    """

    subjects: int
    mode: Floats
    covariance: Floats
    between: float
    memory: float
    evidence: float
    skew: float
    """All that was sold over all that was expected: cutting misses cuts more off the high ones."""

    def draws(self, rng: np.random.Generator, count: int) -> Floats:
        """Return draws of all parameters, shape (count, parameters)."""
        values, vectors = np.linalg.eigh(self.covariance)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        drawn = self.mode + rng.standard_normal((count, len(self.mode))) @ root.T
        drawn[:, 2 * self.subjects:3 * self.subjects + 1] *= self.skew
        return np.asarray(drawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noise:
    """How far sessions fall from what is expected: spread, weight of each, memory (AR 1).

    Drawn and decided sessions have a spread of their own: what a person foresaw is a term of the
    latter, so they fall less far, and one spread for both would cut the drawn ones.
    """

    scale: Floats
    weight: Floats
    memory: float

    @property
    def root(self) -> Floats:
        """Return what misses are multiplied by to be of size one."""
        return np.asarray(np.sqrt(self.weight) / self.scale)


def fitted(data: Terms, *, between: float) -> Fit:
    """Return the model of some hosts.

    Args:
        data: their sessions.
        between: how far the lifts of hosts lie apart, usual sales.
    """
    centre, width = _prior(data, between)
    place = centre.copy()
    noise = _Noise(scale=0.5 * np.ones(len(data.sold)), weight=np.ones(len(data.sold)), memory=0.0)
    settling = width.copy()
    settling[3 * data.subjects + 1:3 * data.subjects + CURVE_TERMS] *= HELD
    for at in range(ROUNDS):
        free = settling if at < SETTLING else width
        place = _mode(data, place, (centre, free), noise)
        noise = _noise(data, expected(data, place))
    return _told(data, place, (centre, width), noise, between)


def expected(data: Terms, place: Floats) -> Floats:
    """Return the expected sales of every session, usual sales, shape (n,)."""
    n = data.subjects
    lift = place[3 * n] + place[2 * n:3 * n]
    return np.asarray(_base(data, place) + lift[data.subject] * contrast(data, place))


def _prior(data: Terms, between: float) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of every parameter before any data."""
    n = data.subjects
    rows = np.array([*[LEVEL_PRIOR] * n, *[TREND_PRIOR] * n, *[(0.0, between)] * n, LIFT_PRIOR,
                     HALF_PRIOR, SLOPE_PRIOR, CARRY_PRIOR, *data.prior.tolist()])
    return rows[:, 0].copy(), rows[:, 1].copy()


def _base(data: Terms, place: Floats) -> Floats:
    """Return what a session sells if it spends what its plan leads to expect."""
    n, of = data.subjects, data.subject
    around = place[n:2 * n][of] * data.trend + data.plan @ place[3 * n + CURVE_TERMS:]
    return np.asarray(np.exp(np.clip(place[:n][of], -4.0, 2.0) + np.clip(around, -6.0, 3.0)))


def contrast(data: Terms, place: Floats) -> Floats:
    """Return how much more the draws made a session reach than they would on average, shape (n,).

    In lifts of one usual spend. Over the draws its mean is 0 whatever the plan of a session was,
    so nothing that runs with the plan can be taken for what spend did. A session whose spend
    somebody decided has only what earlier draws left, against what they leave on average: it says
    how much of a spend is kept, and 0 where nothing before it was drawn.
    """
    half, slope, logit = place[3 * data.subjects + 1:][:CURVE_TERMS - 1]
    carry = float(1.0 / (1.0 + np.exp(-logit)))
    times = np.where(data.drawn, data.rung, 1)
    drawn, usual = (stock(data.dose * of, data.start, data.subject, carry=carry)
                    for of in (times, np.ones(len(times))))
    left = usual - data.dose
    reached, *mean = (hill(of, half=float(np.exp(half)), slope=float(np.exp(slope)))
                      for of in (drawn, *(left + rung * data.dose for rung in range(RUNGS)), TWICE))
    average = np.where(data.drawn, sum(mean[:RUNGS]) / RUNGS, mean[1])
    return np.asarray((reached - average) * TWICE / mean[RUNGS])


def _jacobian(data: Terms, place: Floats) -> Floats:
    """Return the derivative of the expected sales, shape (n, parameters)."""
    n, of = data.subjects, data.subject
    base, more = _base(data, place), contrast(data, place)
    lift = (place[3 * n] + place[2 * n:3 * n])[of]
    found = np.zeros((len(of), len(place)))
    at = np.arange(len(of))
    found[at, of] = base
    found[at, n + of] = base * data.trend
    found[at, 2 * n + of] = found[:, 3 * n] = more
    for shape in range(3 * n + 1, 3 * n + CURVE_TERMS):
        moved = place.copy()
        moved[shape] += STEP
        found[:, shape] = lift * (contrast(data, moved) - more) / STEP
    found[:, 3 * n + CURVE_TERMS:] = base[:, None] * data.plan
    return found


def _whitened(data: Terms, rows: Floats, memory: float) -> Floats:
    """Return rows less what the session before of the same host leads to expect."""
    first = np.diff(data.subject, prepend=-1) != 0
    before = np.where(first if rows.ndim == 1 else first[:, None], 0.0, np.roll(rows, 1, axis=0))
    fresh = (rows - memory * before) / np.sqrt(1.0 - memory**2)
    return np.where(first if rows.ndim == 1 else first[:, None], rows, fresh)


def _mode(data: Terms, place: Floats, prior: tuple[Floats, Floats], noise: _Noise) -> Floats:
    """Return the most believed parameters, beginning somewhere."""
    centre, width = prior
    root = noise.root

    def misses(free: Floats) -> Floats:
        own = _whitened(data, (data.sold - expected(data, free * width)) * root, noise.memory)
        return np.concatenate([own, free - centre / width])

    def slopes(free: Floats) -> Floats:
        own = -_jacobian(data, free * width) * width * root[:, None]
        return np.concatenate([_whitened(data, own, noise.memory), np.eye(len(free))])

    found = least_squares(misses, place / width, jac=slopes, method="lm", max_nfev=MOST_STEPS,
                          xtol=CLOSE, ftol=CLOSE, gtol=CLOSE)
    return np.asarray(found.x * width)


def _noise(data: Terms, whole: Floats) -> _Noise:
    """Return how far sessions fall from what was expected."""
    floor = np.maximum(whole, SMALLEST)
    missed = (data.sold - whole) / floor
    spread = np.empty(len(missed))
    for part in (data.drawn, ~data.drawn):
        if part.any():
            spread[part] = _spread_within(missed[part])
    weight = np.minimum(1.0, CUT * spread / np.maximum(np.abs(missed), 1e-12))
    return _Noise(scale=spread * floor, weight=weight, memory=_memory(data, missed * weight))


def _spread_within(missed: Floats) -> float:
    """Return the spread of misses that are cut at ``CUT`` spreads (Huber's second proposal)."""
    spread = 1.4826 * float(np.median(np.abs(missed - np.median(missed))))
    for _ in range(20):
        cut = np.clip(missed, -CUT * spread, CUT * spread)
        spread = max(float(np.sqrt((cut**2).mean() / 0.78)), LEAST_SPREAD)
    return spread


def _memory(data: Terms, missed: Floats) -> float:
    """Return how far a miss resembles the one before it, of the same host."""
    same = np.flatnonzero(np.diff(data.subject) == 0)
    if len(same) < CURVE_TERMS:
        return 0.0
    before, after = missed[same], missed[same + 1]
    ratio = float((before * after).sum() / max((before**2).sum(), 1e-12))
    return min(max(ratio, LEAST_MEMORY), MOST_MEMORY)


def _told(data: Terms, place: Floats, prior: tuple[Floats, Floats], noise: _Noise,
          between: float) -> Fit:
    """Return what is believed around the mode."""
    centre, width = prior
    slopes = _whitened(data, _jacobian(data, place) * noise.root[:, None], noise.memory)
    misses = _whitened(data, (data.sold - expected(data, place)) * noise.root, noise.memory)
    inside = np.diag(1.0 / width**2)
    inverse = np.linalg.inv(slopes.T @ slopes + inside)
    leverage = np.einsum("ij,jk,ik->i", slopes, inverse, slopes)
    scored = slopes * (misses / np.maximum(1.0 - leverage, 0.5))[:, None]
    robust = inverse @ (scored.T @ scored + inside) @ inverse
    cost = float((misses**2).sum() + (((place - centre) / width) ** 2).sum())
    evidence = (0.5 * float(np.linalg.slogdet(inverse)[1]) - 0.5 * cost
                - float(np.log(width).sum()) + float(np.log(noise.root).sum())
                - 0.5 * (len(data.sold) - data.subjects) * float(np.log(1.0 - noise.memory**2)))
    return Fit(subjects=data.subjects, mode=place,
               covariance=_within(_wider(robust, inverse), width),
               between=between, memory=noise.memory, evidence=evidence,
               skew=float(data.sold.sum() / expected(data, place).sum()))


def _wider(first: NDArray[Any], second: NDArray[Any]) -> Floats:
    """Return a covariance that is at least as wide as the wider of two, parameter by parameter."""
    grown = np.sqrt(np.maximum(np.diag(second) / np.maximum(np.diag(first), 1e-300), 1.0))
    return np.asarray(first * grown[:, None] * grown[None, :])


def _within(covariance: Floats, width: Floats) -> Floats:
    """Return a covariance that is nowhere wider than what was thought before any data."""
    cut = np.minimum(width / np.sqrt(np.maximum(np.diag(covariance), 1e-300)), 1.0)
    return np.asarray(covariance * cut[:, None] * cut[None, :])
