"""Followers: what each show adds and loses, day by day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from caopan.demo.block import Block
from caopan.demo.frame import day_number, frame, ids
from caopan.demo.ragged import Ints, groups, starts
from caopan.demo.setting import Setting
from caopan.demo.tally import whole

ACTIVE_SHARE = 0.22


def at_start(world: Setting, made: Block) -> Ints:
    """Return the followers of the host when each show of a block begins; shape (shows,)."""
    shows = made.shows
    order = np.lexsort((shows.start, shows.host))
    host = shows.host[order]
    net = (made.tally.new_followers - made.tally.lost_followers)[order]
    before = np.cumsum(net) - net
    counts = np.bincount(host, minlength=len(world.hosts.merchant))
    base = np.append(before, 0)[np.minimum(starts(counts), len(before))]
    followers = np.empty_like(net)
    followers[order] = world.hosts.followers[host] + before - base[host]
    return followers


def hosts_of(world: Setting, made: Block) -> Ints:
    """Return the hosts of the merchants of a block."""
    owner = world.hosts.merchant
    return np.flatnonzero((owner >= made.merchants[0]) & (owner < made.merchants[1]))


def by_day(world: Setting, made: Block) -> Ints:
    """Return the followers at the end of each day; shape (hosts of the block, days)."""
    host, days = hosts_of(world, made), world.size.days
    place = (made.shows.host - host[0]) * days + made.shows.day
    gained = whole(place, made.tally.new_followers, len(host) * days)
    lost = whole(place, made.tally.lost_followers, len(host) * days)
    net = (gained - lost).reshape(len(host), days)
    return world.hosts.followers[host][:, None] + np.cumsum(net, axis=1)


def followers_daily(world: Setting, made: Block, rng: np.random.Generator) -> pa.Table:
    """Return the followers of the hosts of a block at the end of each day."""
    host, days = hosts_of(world, made), world.size.days
    followers = by_day(world, made).ravel()
    active = rng.binomial(followers, ACTIVE_SHARE)
    day = np.tile(np.arange(days), len(host)) + day_number(world.first_day)
    return frame("followers_daily", {
        "streamer_id": ids("h", host[groups(np.full(len(host), days))]), "day": day,
        "followers": followers, "active_followers": active,
    })
