"""The tables of products and of short videos."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from caopan.demo.block import Block
from caopan.demo.category import CATEGORIES
from caopan.demo.follower import hosts_of
from caopan.demo.frame import day_number, frame, ids, number
from caopan.demo.names import product_names
from caopan.demo.ragged import groups, ranks
from caopan.demo.session_table import instants
from caopan.demo.setting import Setting

LIKES, COMMENTS, SHARES, FOLLOWS = 0.03, 0.004, 0.003, 0.004
ENTRIES, PRODUCT_VIEWS, CLICKS, PAYS = 0.02, 0.25, 0.04, 0.03
"""What a view of a video leads to, each step from the one before."""
VIDEO_IDS = 1_000_000


def products(world: Setting, rng: np.random.Generator) -> pa.Table:
    """Return the products of all merchants with cost, price and supply."""
    made = world.goods
    category = world.merchants.category[made.merchant]
    life = np.array([c.shelf_life_days or np.nan for c in CATEGORIES])[category]
    salvage = np.array([c.salvage_share for c in CATEGORIES])[category] * made.cost
    lead = np.array([c.lead_time_days for c in CATEGORIES])[category]
    n = len(category)
    return frame("products", {
        "product_id": ids("p", np.arange(n)), "merchant_id": ids("m", made.merchant),
        "name": product_names(made, world.merchants.category),
        "category": [CATEGORIES[c].name for c in category],
        "belt_id": ids("t", category, absent=~world.merchants.belt[made.merchant]),
        "unit_cost": made.cost, "list_price": made.price,
        "lead_time_days": np.ceil(lead * np.exp(rng.normal(0, 0.25, n))),
        "shelf_life_days": number(life, absent=np.isnan(life)),
        "salvage_value": salvage.astype(np.int64),
        "stock_on_hand": rng.poisson(40, n), "currency": ["CNY"] * n,
    })


def videos(world: Setting, made: Block, rng: np.random.Generator) -> pa.Table:
    """Return the short videos of the hosts of a block, counted from publication to the end."""
    host = hosts_of(world, made)
    counts = rng.poisson(world.size.videos * world.size.days / 7, len(host))
    owner = host[groups(counts)]
    n, days = len(owner), world.size.days
    second = rng.integers(0, days * 86_400, n)
    scale = np.maximum(world.hosts.followers[owner] * 0.2, 50)
    views = rng.poisson(scale * np.exp(rng.normal(-0.5, 1.0, n)))
    shown = rng.binomial(views, PRODUCT_VIEWS)
    clicks = rng.binomial(shown, CLICKS)
    orders = rng.binomial(clicks, PAYS)
    price = world.goods.mean_price()[world.hosts.merchant[owner]].astype(np.int64)
    units = orders + rng.binomial(orders, 0.15)
    first = day_number(world.first_day)
    return frame("videos", {
        "video_id": ids("w", owner * VIDEO_IDS + ranks(counts)), "streamer_id": ids("h", owner),
        "published_at": instants(world, second), "from": first + second // 86_400,
        "to": np.full(n, first + days), "views": views, "likes": rng.binomial(views, LIKES),
        "comments": rng.binomial(views, COMMENTS), "shares": rng.binomial(views, SHARES),
        "new_followers": rng.binomial(views, FOLLOWS),
        "live_entries": rng.binomial(views, ENTRIES), "product_impressions": shown,
        "product_clicks": clicks, "orders": orders, "units": units, "gmv": units * price,
        "currency": ["CNY"] * n,
    })
