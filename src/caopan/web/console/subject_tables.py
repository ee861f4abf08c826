"""主播/商家档案 · The tables of a profile's parts to take away: followers, how refunds ripen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from caopan.units.message import Text
from caopan.web.console.tables import Table, major
from caopan.web.visit import Visit
from caopan.workspace.room import Room

DAYS = (1, 3, 7, 14, 30)
"""Days after payment that a table of refunds shows."""


def tables(room: Room) -> Mapping[str, Callable[[Visit], Table]]:
    """Return the tables of a profile's parts by name.

    >>> tables.__name__
    'tables'
    """
    return {"followers": partial(_followers, room), "refunds": partial(_refunds, room)}


def _followers(room: Room, visit: Visit) -> Table:
    found = visit.workspace.rooms.following(room)
    names = [found.metrics[name].name for name in (
        "new_followers", "lost_followers", "followers_change", "cost_per_fan",
        "spend_per_new_follower")]
    return Table(
        head=(Text(zh="周一", en="Monday"), *names, Text(zh="币种", en="Currency")),
        rows=([week.monday, week.gained, week.lost, week.counted, major(week.cost, room.currency),
               major(week.spend_each, room.currency), room.currency]
              for week in reversed(found.weeks)))


def _refunds(room: Room, visit: Visit) -> Table:
    return Table(
        head=(Text(zh="付款月份", en="Month of payment"), Text(zh="订单行", en="Order lines"),
              *(Text(zh=f"第 {day} 天", en=f"Day {day}") for day in DAYS)),
        rows=([f"{curve.month:%Y-%m}", curve.lines, *(curve.shares[day] for day in DAYS)]
              for curve in reversed(visit.workspace.rooms.maturity(room).curves)))
