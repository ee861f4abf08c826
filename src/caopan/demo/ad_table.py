"""The table of ad spend, with the revenue that a platform attributes to it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from caopan.demo.block import Block
from caopan.demo.frame import frame, ids, words
from caopan.demo.names import PLATFORMS
from caopan.demo.ragged import Floats
from caopan.demo.session_table import instants
from caopan.demo.setting import Setting
from caopan.demo.spend import EXPERIMENTS

TOOLS = {"kuaishou": ("fentiao", "jinniu"), "douyin": ("qianchuan", "qianchuan")}
INFLATION = 1.8
"""The platform attributes this multiple of the share of GMV that paid viewers really bring."""
REBATE = 0.05
FOLLOWER_PLANS = 0.15
ATTRIBUTION_DAYS = 1.0


def ad_spend(world: Setting, made: Block, rng: np.random.Generator) -> pa.Table:
    """Return a row of spend for each show with ads, or with an experiment that withheld them."""
    shows, spent = made.shows, made.spend
    rows = np.flatnonzero((spent.actual > 0) | (spent.experiment > 0))
    n, host = len(rows), shows.host[rows]
    owner = shows.merchant[rows]
    fans = rng.random(n) < FOLLOWER_PLANS
    attributed = made.tally.gmv * np.minimum(INFLATION * _paid_part(world, made), 1.0)
    tools = [tool for platform in PLATFORMS for tool in TOOLS[platform]]
    paid_part = made.audience.views_paid / np.maximum(made.audience.views, 1)
    return frame("ad_spend", {
        "plan_id": ids("a", shows.number[rows]), "starts_at": instants(world, shows.start[rows]),
        "ends_at": instants(world, (shows.start + shows.seconds)[rows]),
        "session_id": ids("s", shows.number[rows]), "merchant_id": ids("m", owner),
        "streamer_id": ids("h", host),
        "tool": words(tuple(tools), owner % len(PLATFORMS) * 2 + ~fans),
        "goal": words(("gmv", "followers"), fans.astype(np.int64)),
        "spend": spent.actual[rows],
        "net_spend": np.round(spent.actual[rows] * (1 - REBATE)).astype(np.int64),
        "impressions": made.audience.impressions_paid[rows],
        "entries": made.audience.views_paid[rows],
        "new_followers": rng.binomial(made.tally.new_followers, paid_part)[rows],
        "attributed_gmv": np.floor(attributed[rows]).astype(np.int64),
        "attribution_window_days": np.full(n, ATTRIBUTION_DAYS),
        "experiment": words(EXPERIMENTS, spent.experiment[rows]),
        "currency": ["CNY"] * n,
    })


def _paid_part(world: Setting, made: Block) -> Floats:
    """Return the share of each show's GMV that paid viewers are expected to bring."""
    paid = made.audience.views_paid * world.response.conversion[made.shows.host]
    part: Floats = paid / np.maximum(paid + made.audience.views - made.audience.views_paid, 1)
    return part
