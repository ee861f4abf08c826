"""Service providers and their operators, with the true lift of each provider."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.category import CATEGORIES
from caopan.demo.ragged import Floats, Ints

KINDS = ("mcn", "belt", "merchant", "brand")
TIERS = ("none", "quality", "core", "strategic")
OPERATORS_EACH = 3
LIFT_MEAN, LIFT_SPREAD = 0.12, 0.15
"""True log lift of GMV over providers: mean and spread."""
ENGAGEMENT_SPREAD = 0.06
"""Spread (log) of the lift over the engagements of one provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """The providers (服务商); every array has shape (providers,)."""

    kind: Ints
    tier: Ints
    place: Ints
    """A category, whose belt's city is the provider's."""
    admitted: Ints
    """Days before the first day of history."""
    lift: Floats
    """True mean log lift of GMV of the merchants served."""


def providers(merchants: int, rng: np.random.Generator) -> Providers:
    """Return the providers of a world of that many merchants.

    >>> len(providers(60, np.random.default_rng(1)).lift)
    4
    """
    n = int(np.clip(merchants // 15, 2, 400))
    lift = rng.normal(LIFT_MEAN, LIFT_SPREAD, n)
    tier = np.clip(np.round((lift - LIFT_MEAN) / LIFT_SPREAD + rng.normal(0.8, 1.2, n)), 0, 3)
    return Providers(
        kind=rng.integers(0, len(KINDS), n),
        tier=tier.astype(np.int64),
        place=rng.integers(0, len(CATEGORIES), n),
        admitted=rng.integers(20, 700, n),
        lift=lift,
    )
