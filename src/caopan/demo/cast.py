"""Who lives in the world: merchants and their hosts, with their true parameters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from caopan.demo.category import CATEGORIES, FRUIT
from caopan.demo.ragged import Flags, Floats, Ints
from caopan.demo.size import Size

CONTROLLED_SHOWS = 5.0
"""A merchant must expect this many shows in 28 days to have a change planted or ruled out."""

CHANGED_SHARE = 0.3
STEADY_SHARE = 0.25
"""Shares of merchants with a planted change, and with nothing changing at all."""

TRUST_LIFT = 1.12
"""Trust rights (信任权益) multiply the return probability by this."""

BELT_SHARE = 0.4
STOCKED_SHARE = 0.7
"""Shares of merchants in an industrial belt, and with their stock recorded."""

ADVERTISER_SHARE = 0.6
MORNING_SHARE, MORNING_CADENCE = 0.2, 3.0
"""Shares of hosts; morning shows are held by hosts with more main shows a week than this."""

KINDS = ("brand", "factory", "reseller", "talent")
RIGHTS = ("return_freight", "fake_compensation", "instant_refund")


class Life(IntEnum):
    """What happens to a merchant in the last two windows."""

    LIVING = 0
    """Trend, season, festivals, weekly shocks, providers: everything moves."""
    CHANGED = 1
    """One factor moves by a known amount in the last window, nothing else."""
    STEADY = 2
    """Nothing moves: whatever a diagnosis finds here is a false alarm."""
    FRUIT = 3
    """The fruit story: traffic falls, conversion stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchants:
    """The merchants (商家); every array has shape (merchants,)."""

    category: Ints
    belt: Flags
    kind: Ints
    life: Ints
    joined: Ints
    """Days before the first day of history."""
    rights: Flags
    """Shape (merchants, rights)."""
    trend: Floats
    """Log growth of traffic a day."""
    stocked: Flags
    """Whether stock is recorded, and so can run out."""
    return_probability: Floats
    refund_rate: Floats
    goods: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """The hosts (主播); every array has shape (hosts,), merchants in order."""

    merchant: Ints
    talent: Flags
    cadence: Floats
    """Main shows a week."""
    double: Flags
    """Whether there is a morning show as well."""
    hour: Floats
    """Hour of the day the main show starts."""
    hours: Floats
    """Median planned length of a daily show."""
    traffic: Floats
    """Log of organic views an hour, before scaling to the size."""
    private_share: Floats
    enter_private: Floats
    enter_public: Floats
    enter_paid: Floats
    prod_expo_rate: Floats
    prod_ctr: Floats
    click_pay_rate: Floats
    follow_rate: Floats
    stay_minutes: Floats
    followers: Ints
    listed: Floats
    """Median number of products in a show."""
    advertises: Flags


def cast(size: Size, rng: np.random.Generator) -> tuple[Merchants, Hosts]:
    """Return the merchants and hosts of a world.

    >>> from caopan.demo.size import size_named
    >>> merchants, hosts = cast(size_named("toy"), np.random.default_rng(1))
    >>> len(merchants.life), len(hosts.merchant)
    (6, 8)
    """
    owner = _owners(size)
    cadence = _cadence(size, len(owner), rng)
    life = _life(size, np.bincount(owner, cadence, size.merchants).astype(np.float64), rng)
    merchants = _merchants(size, life, rng)
    return merchants, _hosts(size, merchants, owner, cadence, rng)


def _owners(size: Size) -> Ints:
    second = np.linspace(size.merchants - 1, 1, size.hosts - size.merchants).round()
    return np.sort(np.concatenate([np.arange(size.merchants), second])).astype(np.int64)


def _cadence(size: Size, hosts: int, rng: np.random.Generator) -> Floats:
    spread = 0.35 if size.sessions > size.hosts * size.days / 10 else 1.0
    shape = np.exp(rng.normal(0, spread, hosts))
    shows = shape / shape.sum() * size.sessions / size.days * 7
    capped: Floats = np.minimum(shows, 6.5)
    return capped


def _life(size: Size, shows_a_week: Floats, rng: np.random.Generator) -> Ints:
    life = np.full(size.merchants, Life.LIVING, dtype=np.int64)
    eligible = np.flatnonzero(shows_a_week * 4 >= CONTROLLED_SHOWS)
    eligible = eligible[eligible > 0] if size.fruit else eligible
    chosen = rng.permutation(eligible)
    changed = min(round(size.merchants * CHANGED_SHARE), len(eligible) // 2)
    steady = min(round(size.merchants * STEADY_SHARE), len(eligible) // 3)
    life[chosen[:changed]] = Life.CHANGED
    life[chosen[changed:changed + steady]] = Life.STEADY
    if size.fruit:
        life[0] = Life.FRUIT
    return life


def _merchants(size: Size, life: Ints, rng: np.random.Generator) -> Merchants:
    n = size.merchants
    category = rng.integers(0, len(CATEGORIES), n)
    category[life == Life.FRUIT] = FRUIT
    rights = rng.random((n, len(RIGHTS))) < (0.45, 0.3, 0.25)
    back = np.array([c.return_probability for c in CATEGORIES])[category]
    refund = np.array([c.refund_rate for c in CATEGORIES])[category]
    fruit = life == Life.FRUIT
    return Merchants(
        category=category,
        belt=rng.random(n) < BELT_SHARE,
        kind=rng.choice(len(KINDS), n, p=(0.3, 0.3, 0.35, 0.05)),
        life=life,
        joined=rng.integers(30, 900, n),
        rights=rights,
        trend=np.where(life == Life.LIVING, rng.normal(0.0015, 0.003, n), 0.0),
        stocked=(rng.random(n) < STOCKED_SHARE) | fruit,
        return_probability=np.minimum(back * size.loyalty
                                      * np.where(rights.any(1), TRUST_LIFT, 1.0), 0.9),
        refund_rate=np.clip(refund * np.exp(rng.normal(0, 0.15, n)), 0.01, 0.9),
        goods=np.where(fruit, 1, np.maximum(rng.poisson(size.goods, n), 4)),
    )


def _hosts(
    size: Size, merchants: Merchants, owner: Ints, cadence: Floats, rng: np.random.Generator,
) -> Hosts:
    n = len(owner)
    second = np.concatenate([[False], owner[1:] == owner[:-1]])
    fruit = merchants.life[owner] == Life.FRUIT
    living = merchants.life[owner] == Life.LIVING
    pay = np.array([c.click_pay_rate for c in CATEGORIES])[merchants.category[owner]]
    scale = rng.normal(0, 0.9, size.merchants)[owner] + rng.normal(0, 0.3, n)
    hours = np.clip(size.show_hours * np.exp(rng.normal(0, 0.25, n)), 0.5, 5.0)
    return Hosts(
        merchant=owner,
        talent=second & (np.cumsum(second) % 2 == 1),
        cadence=np.where(fruit, 1.0, cadence),
        double=(rng.random(n) < MORNING_SHARE) & (cadence > MORNING_CADENCE) & ~fruit,
        hour=rng.choice((12.0, 15.0, 18.5, 19.0, 20.0), n, p=(0.14, 0.12, 0.36, 0.23, 0.15)),
        hours=np.where(fruit, 2.0, hours),
        traffic=scale,
        private_share=rng.beta(4, 4, n),
        enter_private=rng.uniform(0.18, 0.32, n),
        enter_public=rng.uniform(0.05, 0.10, n),
        enter_paid=rng.uniform(0.05, 0.11, n),
        prod_expo_rate=rng.uniform(0.55, 0.85, n),
        prod_ctr=rng.uniform(0.16, 0.34, n),
        click_pay_rate=np.where(fruit, 0.5, pay * np.exp(rng.normal(0, 0.2, n))),
        follow_rate=rng.uniform(0.008, 0.022, n),
        stay_minutes=rng.uniform(0.7, 2.2, n),
        followers=np.where(fruit, 900, np.exp(scale + rng.normal(9.5, 0.6, n))).astype(np.int64),
        listed=np.maximum(merchants.goods[owner] * rng.uniform(0.45, 0.75, n), 1.0),
        advertises=((rng.random(n) < ADVERTISER_SHARE) | (second & living)) & ~fruit,
    )
