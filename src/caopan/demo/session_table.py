"""The tables of shows and their minutes, products and spend."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from caopan.demo.block import Block
from caopan.demo.frame import (
    MICROSECONDS_A_SECOND,
    frame,
    ids,
    midnight_microseconds,
    number,
    words,
)
from caopan.demo.goods import ROLES
from caopan.demo.label import labelled
from caopan.demo.lineup import NO_STOCK_LIMIT
from caopan.demo.names import PLATFORMS
from caopan.demo.provider import OPERATORS_EACH
from caopan.demo.ragged import Flags, Floats, Ints, groups, ranks, spread
from caopan.demo.schedule import LEVELS
from caopan.demo.setting import Setting
from caopan.demo.tally import whole

TITLES = ("日常直播", "品牌专场", "大促盛典")


def sessions(world: Setting, made: Block, followers: Ints) -> pa.Table:
    """Return the sessions of a block; ``followers``: shape (shows,), at the start of each."""
    shows, came, counts, spent = made.shows, made.audience, made.tally, made.spend
    blank = ~shows.cart
    watched = made.minutes.watched()
    refunded = whole(made.sales.show, made.refunds.amount, len(shows.host))
    served = made.demand.engagement
    operator = np.append(world.served.operator, 0)[served]
    views = came.views
    return frame("sessions", {
        **head(world, shows.number, shows.host, shows.start, shows.level),
        "ended_at": instants(world, shows.start + shows.seconds),
        "campaign_id": ids("c", shows.number, absent=shows.level == 0),
        "title": words(tuple(labelled(title) for title in TITLES), shows.level),
        "room_impressions": came.impressions, "room_viewers_exposed": came.exposed,
        "views": views, "viewers": came.viewers,
        "avg_online": watched / made.minutes.counts, "peak_online": made.minutes.peak(),
        "avg_watch_seconds": number(watched * 60 / np.maximum(came.viewers, 1),
                                    absent=came.viewers == 0),
        "product_impressions": number(counts.product_impressions, absent=blank),
        "product_viewers": number(came.product_viewers, absent=blank),
        "product_clicks": number(counts.product_clicks, absent=blank),
        "product_clickers": number(came.clickers, absent=blank),
        "orders": number(counts.orders, absent=blank),
        "buyers": number(counts.buyers, absent=blank),
        "units": number(counts.units, absent=blank),
        "gmv": number(counts.gmv, absent=blank),
        "refund_amount": number(refunded, absent=blank),
        "refund_as_of": instants(world, np.full(len(views), world.size.days * 86_400)),
        "new_followers": counts.new_followers, "lost_followers": counts.lost_followers,
        "comments": counts.comments, "likes": counts.likes, "shares": counts.shares,
        "private_views": came.views_private, "public_views": came.views_public,
        "paid_views": came.views_paid, "ad_spend": spent.actual,
        "planned_ad_spend": spent.planned,
        "planned_products": number(shows.planned_listed, absent=shows.false_start | blank),
        "planned_minutes": number(shows.planned_minutes.astype(np.float64),
                                  absent=shows.false_start),
        "followers_at_start": followers,
        "engagement_id": ids("e", served, absent=served < 0),
        "operator_id": ids("op", operator, absent=served < 0),
        "currency": ["CNY"] * len(views),
    })


def head(
    world: Setting, numbers: Ints, host: Ints, start: Ints, level: Ints,
) -> dict[str, pa.Array]:
    """Return the columns that a show has before it goes live."""
    owner = world.hosts.merchant[host]
    return {
        "session_id": ids("s", numbers), "streamer_id": ids("h", host),
        "merchant_id": ids("m", owner), "platform": words(PLATFORMS, owner % len(PLATFORMS)),
        "started_at": instants(world, start), "level": words(LEVELS, level),
    }


def session_products(world: Setting, made: Block) -> pa.Table:
    """Return the line-ups of a block with what each product sold."""
    line, counts, shows = made.lineup, made.entries, made.shows
    show = groups(line.counts)
    gone = made.sales.sold_out
    return frame("session_products", {
        "session_id": ids("s", shows.number[show]), "product_id": ids("p", line.product),
        "role": words(ROLES, line.role), "live_price": line.price, "position": line.position,
        "explained_seconds": line.explained.astype(np.float64),
        "impressions": counts.impressions, "clicks": counts.clicks, "orders": counts.orders,
        "units": counts.units, "gmv": counts.gmv,
        "refund_amount": whole(made.sales.entry, made.refunds.amount, len(show)),
        "stock_planned": number(line.stock, absent=line.stock == NO_STOCK_LIMIT),
        "sold_out_at": instants(world, shows.start[show] + gone, absent=gone < 0),
        "currency": ["CNY"] * len(show),
    })


def session_minutes(made: Block, rng: np.random.Generator) -> pa.Table:
    """Return the minutes of a block; each column adds up to its show."""
    per, sold, counts = made.minutes, made.sales, made.tally
    show, size = groups(per.counts), int(per.counts.sum())
    begins = np.cumsum(per.counts) - per.counts
    at = begins[sold.show] + sold.second // 60
    orders = np.bincount(at, minlength=size)
    idle = counts.product_clicks - counts.orders
    clicks = orders + spread(idle, per.online.astype(np.float64), per.counts, rng)
    blank = (~made.shows.cart)[show]
    return frame("session_minutes", {
        "session_id": ids("s", made.shows.number[show]), "minute": ranks(per.counts),
        "online": per.online, "entries": per.entries, "entries_private": per.entries_private,
        "entries_public": per.entries_public, "entries_paid": per.entries_paid,
        "clicks": number(clicks, absent=blank), "orders": number(orders, absent=blank),
        "units": number(whole(at, sold.quantity, size), absent=blank),
        "gmv": number(whole(at, sold.amount, size), absent=blank),
        "ad_spend": per.ad_spend, "comments": per.comments,
    })


def instants(world: Setting, seconds: Ints | Floats, *, absent: Flags | None = None) -> pa.Array:
    """Return instants from seconds after the first midnight, null where absent."""
    zero = midnight_microseconds(world.first_day)
    return number(zero + seconds.astype(np.int64) * MICROSECONDS_A_SECOND, absent=absent)


def operators_of(provider: int) -> range:
    """Return the operators of a provider.

    >>> list(operators_of(1))
    [3, 4, 5]
    """
    return range(provider * OPERATORS_EACH, (provider + 1) * OPERATORS_EACH)
