"""The shows of the next two weeks as they are planned: the folder a forecast starts from."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from caopan.demo.block import Block
from caopan.demo.follower import by_day, hosts_of
from caopan.demo.frame import frame, ids, words
from caopan.demo.goods import ROLES
from caopan.demo.lineup import lineup
from caopan.demo.ragged import groups
from caopan.demo.rows import rows
from caopan.demo.session_table import head
from caopan.demo.setting import Setting


def plans(world: Setting, made: Block) -> tuple[pa.Table, pa.Table]:
    """Return the planned sessions of a block's merchants, and their planned products."""
    rng = np.random.default_rng([world.seed, 2, made.number])
    first, last = made.merchants
    ahead = ((world.shows.merchant >= first) & (world.shows.merchant < last)
             & (world.shows.day >= world.size.days))
    shows, expected = rows(world.shows, ahead), rows(world.demand, ahead)
    listed = lineup(shows, world.merchants, world.goods, expected,
                    world.changes[shows.merchant], rng)
    followers = np.zeros(len(world.hosts.merchant), dtype=np.int64)
    followers[hosts_of(world, made)] = by_day(world, made)[:, -1]
    show, product = groups(listed.counts), listed.product
    sessions = frame("planned_sessions", {
        **head(world, shows.number, shows.host, shows.start, shows.level),
        "planned_ad_spend": rows(world.spend, ahead).planned,
        "planned_products": listed.counts,
        "planned_minutes": shows.planned_minutes.astype(np.float64),
        "followers_at_start": followers[shows.host], "currency": ["CNY"] * len(shows.host),
    })
    return sessions, frame("planned_products", {
        "session_id": ids("s", shows.number[show]), "product_id": ids("p", product),
        "role": words(ROLES, listed.role), "live_price": listed.price, "position": listed.position,
        "planned_seconds": listed.explained.astype(np.float64),
        "unit_cost": world.goods.cost[product],
        "stock_on_hand": rng.poisson(30, len(product)),
    })
