"""What is sold: the products of every merchant, their role, price, pull and supply."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.cast import Life, Merchants
from caopan.demo.category import CATEGORIES
from caopan.demo.ragged import Floats, Ints, groups, starts, total

ROLES = ("welfare", "traffic", "hero", "profit", "image", "regular")
WELFARE, TRAFFIC, HERO, PROFIT, IMAGE, REGULAR = range(6)
ROLE_SHARE = (0.06, 0.14, 0.18, 0.24, 0.06, 0.32)
ROLE_PRICE = (0.15, 0.55, 1.0, 1.35, 3.0, 0.95)
ROLE_PULL = (1.2, 2.2, 4.0, 1.0, 0.12, 0.8)
ROLE_COST = (1.5, 1.25, 1.0, 0.8, 0.7, 0.95)
ROLE_TALK = (0.6, 1.0, 2.2, 1.5, 0.8, 0.7)
"""By role: share of the products, price, pull on buyers, cost share, and time explained."""

FRUIT_PRICE = 4_990
"""Fen for a box, in the fruit story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """The products (商品); every array has shape (products,), merchants in order."""

    merchant: Ints
    item: Ints
    role: Ints
    price: Ints
    """List price in fen."""
    cost: Ints
    """Unit cost in fen."""
    pull: Floats
    """Weight among the products of a show when a buyer chooses."""
    counts: Ints
    """Products of each merchant; shape (merchants,)."""

    @property
    def first(self) -> Ints:
        """Return the first product of each merchant."""
        return starts(self.counts)

    def mean_price(self) -> Floats:
        """Return what a merchant's average unit sold costs, in fen; shape (merchants,)."""
        prices: Floats = total(self.pull * self.price, self.counts) / total(self.pull, self.counts)
        return prices


def goods(merchants: Merchants, rng: np.random.Generator) -> Goods:
    """Return the products of the merchants.

    >>> from caopan.demo.cast import cast
    >>> from caopan.demo.size import size_named
    >>> rng = np.random.default_rng(1)
    >>> made = goods(cast(size_named("toy"), rng)[0], rng)
    >>> bool((made.price > 0).all()), len(made.counts)
    (True, 6)
    """
    counts = merchants.goods
    owner = groups(counts)
    n = len(owner)
    fruit = merchants.life[owner] == Life.FRUIT
    role = np.where(fruit, HERO, _roles(counts, rng))
    category = merchants.category[owner]
    base = np.array([c.price for c in CATEGORIES])[category]
    level = np.exp(rng.normal(0, 0.3, len(counts)))[owner]
    yuan = base * level * np.array(ROLE_PRICE)[role] * np.exp(rng.normal(0, 0.25, n))
    price = np.where(fruit, FRUIT_PRICE, np.maximum(np.round(yuan), 1).astype(np.int64) * 100 - 10)
    share = np.array([c.cost_share for c in CATEGORIES])[category] * np.array(ROLE_COST)[role]
    cost = np.maximum(price * share * np.exp(rng.normal(0, 0.06, n)), 1).astype(np.int64)
    return Goods(
        merchant=owner, item=rng.integers(0, 6, n), role=role, price=price, cost=cost,
        pull=np.array(ROLE_PULL)[role] * np.exp(rng.normal(0, 0.5, n)), counts=counts,
    )


def _roles(counts: Ints, rng: np.random.Generator) -> Ints:
    """Return a role for each product; the first of a merchant is always a hero (主推)."""
    role = rng.choice(len(ROLES), int(counts.sum()), p=ROLE_SHARE)
    role[starts(counts)] = HERO
    return role
