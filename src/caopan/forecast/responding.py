"""What spend brings each host, told from sessions whose spend was drawn; else why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from caopan.forecast.ladder import TELLING
from caopan.forecast.response import LEVEL, Curve, expected_of
from caopan.forecast.response_model import (
    CARRY_PRIOR,
    CURVE_TERMS,
    HALF_PRIOR,
    LIFT_PRIOR,
    SLOPE_PRIOR,
    TWICE,
    fitted,
)
from caopan.forecast.response_terms import Terms, terms
from caopan.forecast.spending import Spending
from caopan.stats.arrays import Bools, Floats
from caopan.stats.hill import hill
from caopan.units.interval import Interval

LEAST_DRAWN, LEAST_RUNG = 12, 3
"""Drawn sessions, of all hosts that are pooled, and of each of two rungs, that a claim needs."""
OWN_DRAWN = 4
"""Drawn sessions of its own below which nothing is said of a host."""
BETWEEN = (0.02, 0.06, 0.12)
"""How far the lifts of hosts may lie apart, usual sales; each weighs as the data speak for it."""
BENDS = (0.15, 0.1, 0.3)
"""How far log half, log slope and logit carry of hosts lie apart; sessions of a host hardly say."""
APART = (BETWEEN[-1], *BENDS)
"""How far any of these of a host nobody tried anything with may lie from those of all."""
DRAWS = 600
TOGETHER = 40
"""Hosts that are pooled at most: beyond it groups of so many are."""


class Why(StrEnum):
    """Why no curve is claimed."""

    NO_SPEND = "no_spend"
    """Nothing was ever spent, or nobody wrote it down."""
    NOT_DRAWN = "not_drawn"
    """Somebody decided every spend: it follows the demand he saw, so sales follow it anyway."""
    FEW_DRAWN = "few_drawn"
    """Too few sessions had their spend drawn."""
    TOO_WIDE = "too_wide"
    """The drawn sessions say no more than was thought before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of one host, or of all pooled (``name`` empty).

    ``n`` sessions with known spend, ``drawn`` of them with a drawn one. ``at_spend``: the median
    spend of sessions that had any, ``tried_to``: how far the drawn ones reach, minor units.
    ``curve`` and ``marginal`` are None where ``why`` says so.
    """

    name: str
    n: int
    drawn: int
    at_spend: float | None = None
    tried_to: float = 0.0
    usual_sales: float | None = None
    curve: Curve | None = None
    marginal: Interval | None = None
    why: Why | None = None


def responses(sessions: Spending, rng: np.random.Generator, *, level: float = LEVEL
              ) -> tuple[Found, ...]:
    """Return what spend brings: all pooled first, then every subject.

    Only hosts with drawn sessions enter the model, and there only the draw carries the curve:
    sessions whose spend somebody chose say how sales run otherwise.

    Args:
        sessions: sessions whose spend is known, of everyone.
        rng: draws from what is believed.
        level: of the ranges.
    """
    everyone = [_bare(sessions, at) for at in range(len(sessions.names))]
    able = np.array([one.drawn >= OWN_DRAWN and one.at_spend is not None
                     and one.usual_sales is not None for one in everyone], dtype=np.bool_)
    enough = able & _ladders(sessions, able)
    found: dict[int, Curve | None] = {}
    if enough.any():
        hosts = np.flatnonzero(enough)
        parts = np.array_split(hosts, -(-len(hosts) // TOGETHER))
        for part in parts:
            kept = np.isin(sessions.subject, part)
            found |= dict(zip(part.tolist(), _curves(sessions.of(kept), rng), strict=True))
    told = tuple(_told(one, found[at], level) if at in found else one
                 for at, one in enumerate(everyone))
    curves = {at: curve for at, curve in found.items() if curve is not None}
    return (_pooled(sessions, told, curves, level), *told)


def _bare(sessions: Spending, at: int) -> Found:
    """Return what is known of a host without a curve."""
    mine = sessions.subject == at
    paid, sold = mine & (sessions.spend > 0), sessions.sold[mine & (sessions.sold > 0)]
    drawn = int((mine & sessions.drawn).sum())
    why = Why.NO_SPEND if not paid.any() else Why.FEW_DRAWN if drawn else Why.NOT_DRAWN
    return Found(
        name=sessions.names[at], n=int(mine.sum()), drawn=drawn, why=why,
        at_spend=float(np.median(sessions.spend[paid])) if paid.any() else None,
        tried_to=_tried(sessions.spend[mine & sessions.drawn]),
        usual_sales=float(np.median(sold)) if len(sold) else None)


def _tried(drawn: Floats) -> float:
    """Return how far the drawn spends reach, their largest tenth left out: those are few."""
    return float(np.quantile(drawn, 0.9)) if len(drawn) else 0.0


def _ladders(sessions: Spending, able: Bools) -> bool:
    """Return whether the hosts that can be pooled have enough drawn sessions between them."""
    if not able.any():
        return False
    count = np.bincount(sessions.rung[sessions.drawn & able[sessions.subject]], minlength=3)
    return bool(count.sum() >= LEAST_DRAWN and (count >= LEAST_RUNG).sum() > 1)


def _curves(sessions: Spending, rng: np.random.Generator) -> list[Curve | None]:
    """Return the curve of every subject, over what is believed of how far hosts lie apart.

    None: too wide to be told.
    """
    data = terms(sessions)
    fits = [fitted(data, between=between) for between in BETWEEN]
    weight = np.cumsum(np.exp([fit.evidence - max(one.evidence for one in fits) for fit in fits]))
    seed = int(rng.integers(2**32))
    draws = [fit.draws(np.random.default_rng(seed), DRAWS) for fit in fits]  # alike but for the fit
    chosen = np.searchsorted(weight, rng.random(DRAWS) * weight[-1])
    drawn = np.stack(draws)[chosen, np.arange(DRAWS)]
    curves = [curve_of(data, drawn, at, rng) for at in range(data.subjects)]
    return [None if wide else one for one, wide in zip(curves, _wide(data, drawn), strict=True)]


def _wide(data: Terms, drawn: Floats) -> list[bool]:
    """Return of which subjects the draws say no more than was thought before.

    Asked of the lift, which is what they measure. The spread of a return, or of its log, grows or
    shrinks with the return, so by these hosts would be told for their luck.
    """
    n = data.subjects
    lift = drawn[:, 2 * n:3 * n] + drawn[:, 3 * n:3 * n + 1]
    return [bool(one) for one in lift.std(axis=0) > TELLING * np.hypot(LIFT_PRIOR[1], APART[0])]


def curve_of(data: Terms, drawn: Floats, at: int, rng: np.random.Generator) -> Curve:
    """Return the curve of one subject from draws of a fit's parameters, in minor units."""
    n = data.subjects
    lift, *shape = drawn[:, 3 * n:3 * n + CURVE_TERMS].T
    half, slope, logit = (shared + rng.normal(0.0, apart, len(shared))
                          for shared, apart in zip(shape, BENDS, strict=True))
    return _shaped(lift + drawn[:, 2 * n + at], half, slope, logit, sales=data.sales_unit[at],
                   spend=data.spend_unit[at], gap=data.gap[at])


def prior_curve(rng: np.random.Generator, *, sales: float, spend: float, gap: float = 1.0
                ) -> Curve:
    """Return what is thought of a host before any experiment: very little, how hosts differ in it.

    Args:
        rng: the draws.
        sales: usual sales of a session, minor units.
        spend: usual spend of a session, minor units.
        gap: days between sessions.
    """
    shared = (LIFT_PRIOR, HALF_PRIOR, SLOPE_PRIOR, CARRY_PRIOR)
    lift, half, slope, logit = (rng.normal(middle, np.hypot(spread, apart), DRAWS)
                                for (middle, spread), apart in zip(shared, APART, strict=True))
    return _shaped(lift, half, slope, logit, sales=sales, spend=spend, gap=gap)


def _shaped(lift: Floats, half: Floats, slope: Floats, logit: Floats, *, sales: float,
            spend: float, gap: float) -> Curve:
    carry = 1.0 / (1.0 + np.exp(-logit))
    reached = hill(TWICE, half=np.exp(half), slope=np.exp(slope))
    return Curve(ceiling=lift * sales * TWICE / reached,
                 half=np.exp(half) * spend * (1.0 - carry ** gap), slope=np.exp(slope))


def _told(one: Found, curve: Curve | None, level: float) -> Found:
    if curve is None or one.at_spend is None:
        return replace(one, why=Why.TOO_WIDE)
    return replace(one, why=None, curve=curve, marginal=curve.marginal(one.at_spend, level=level))


def _pooled(sessions: Spending, told: tuple[Found, ...], curves: dict[int, Curve], level: float
            ) -> Found:
    """Return the answer over all hosts that have a curve: one yuan more, spread in proportion."""
    paid = sessions.spend[sessions.spend > 0]
    bare = Found(name="", n=len(sessions), drawn=int(sessions.drawn.sum()),
                 at_spend=float(np.median(paid)) if len(paid) else None,
                 why=_whole_why(told, bool(len(paid))))
    if not curves:
        return bare
    usual = np.array([told[at].at_spend for at in curves], dtype=np.float64)
    middle = float(np.median(usual))
    share = usual / usual.sum()
    rates = sum(part * one.rates(np.array([spend]))[:, 0]
                for one, spend, part in zip(curves.values(), usual, share, strict=True))
    return Found(
        name="", n=sum(told[at].n for at in curves), drawn=sum(told[at].drawn for at in curves),
        at_spend=middle, tried_to=middle * float(np.median(
            [told[at].tried_to / spend for at, spend in zip(curves, usual, strict=True)])),
        usual_sales=float(np.median([told[at].usual_sales for at in curves])),
        curve=_mean_curve(list(curves.values()), usual, middle),
        marginal=expected_of(np.asarray(rates), level=level))


def _mean_curve(curves: list[Curve], usual: Floats, middle: float) -> Curve:
    """Return a curve like the mean of several: halves in the unit of the middle spend."""
    share = usual / usual.sum()
    scale = middle / usual
    ceiling = sum(part * factor * one.ceiling
                  for one, part, factor in zip(curves, share, scale, strict=True))
    half = np.exp(sum(part * np.log(one.half * factor)
                      for one, part, factor in zip(curves, share, scale, strict=True)))
    slope = sum(part * one.slope for one, part in zip(curves, share, strict=True))
    return Curve(ceiling=np.asarray(ceiling), half=np.asarray(half), slope=np.asarray(slope))


def _whole_why(told: tuple[Found, ...], spent: bool) -> Why:  # noqa: FBT001
    reasons = {one.why for one in told}
    order = (Why.TOO_WIDE, Why.FEW_DRAWN, Why.NOT_DRAWN)
    return next((why for why in order if spent and why in reasons), Why.NO_SPEND)
