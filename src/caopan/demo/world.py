"""The synthetic world: canonical tables in pieces, and the truth behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from caopan.demo import follower, truth
from caopan.demo.ad_table import ad_spend
from caopan.demo.block import Block, block
from caopan.demo.goods_table import products, videos
from caopan.demo.order_table import orders
from caopan.demo.people_table import people
from caopan.demo.plan_table import plans
from caopan.demo.session_table import session_minutes, session_products, sessions
from caopan.demo.setting import Setting, setting
from caopan.demo.size import Size, size_named

PLANNED = ("planned_sessions", "planned_products")
"""The tables of shows after the last day of history: a plan to forecast from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A synthetic world (合成世界), always labelled as such.

    ``chunks`` can be walked any number of times and gives the same tables each time; one block of
    merchants is held in memory at a time.
    """

    setting: Setting

    @property
    def truth(self) -> dict[str, Any]:
        """Return the true parameters as plain values, ready for JSON."""
        return truth.truth(self.setting)

    def chunks(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield (name of a canonical table, rows): the history, and the plan for two weeks more.

        A table may come in several pieces; every canonical table but ``product_channels`` comes.
        """
        yield from people(self.setting)
        yield "products", products(self.setting, np.random.default_rng([self.setting.seed, 3]))
        for number, merchants in enumerate(self.setting.blocks):
            made = block(self.setting, number, merchants)
            yield from _history(self.setting, made)
            yield from zip(PLANNED, plans(self.setting, made), strict=True)


def make(size: str | Size, *, seed: int, until: date) -> World:
    """Return a world of a named or own size whose history ends before the day ``until``.

    The same size, seed and day give the same world.

    >>> world = make("toy", seed=7, until=date(2026, 5, 1))
    >>> next(world.chunks())[0], world.truth["synthetic"]
    ('belts', True)

    Raises:
        UnknownSizeError: no size has that name.
    """
    chosen = size if isinstance(size, Size) else size_named(size)
    return World(setting=setting(chosen, seed=seed, until=until))


def _history(world: Setting, made: Block) -> Iterator[tuple[str, pa.Table]]:
    draws = iter(np.random.default_rng([world.seed, 4, made.number]).spawn(5))
    yield "sessions", sessions(world, made, follower.at_start(world, made))
    yield "session_products", session_products(world, made)
    yield "session_minutes", session_minutes(made, next(draws))
    yield "orders", orders(world, made, next(draws))
    yield "ad_spend", ad_spend(world, made, next(draws))
    yield "followers_daily", follower.followers_daily(world, made, next(draws))
    yield "videos", videos(world, made, next(draws))
