"""Followers over time (粉丝走势) and what a new one costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.metrics.value import values
from caopan.report.document import amount
from caopan.store.store import Store
from caopan.units.period import Period
from caopan.workspace.gathering import Tables
from caopan.workspace.grain import Grain
from caopan.workspace.profile import weeks_until
from caopan.workspace.room import Room

GAINED = ("new_followers", "lost_followers", "spend_per_new_follower")
COST = "cost_per_fan"
COUNTED = "followers_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of followers; None where not known.

    ``gained`` and ``lost`` in the room, ``counted`` the change of the daily counts, ``cost`` and
    ``spend_each`` in minor units.
    """

    monday: date
    gained: float | None
    lost: float | None
    counted: float | None
    cost: float | None
    spend_each: float | None

    def document(self, *, currency: str) -> dict[str, object]:
        """Return the week as a JSON row."""
        return {"monday": self.monday, "gained": self.gained, "lost": self.lost,
                "counted": self.counted, "cost": amount(self.cost, currency=currency),
                "spend_each": amount(self.spend_each, currency=currency)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """The last weeks, and a host's followers by day.

    Of a merchant they are not added up: one person may follow two of its hosts.
    """

    weeks: tuple[Week, ...]
    days: tuple[tuple[date, int], ...]
    metrics: dict[str, Metric]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is known of followers."""
        return not self.days and all(
            week.gained is None and week.counted is None and week.cost is None
            for week in self.weeks)

    def document(self, *, currency: str) -> dict[str, object]:
        """Return it as JSON; ``definitions`` says what each figure of a week is."""
        named = {"gained": "new_followers", "lost": "lost_followers", "counted": COUNTED,
                 "cost": COST, "spend_each": "spend_per_new_follower"}
        return {"currency": currency,
                "weeks": [week.document(currency=currency) for week in self.weeks],
                "days": [{"day": day, "followers": count} for day, count in self.days],
                "definitions": {figure: name for figure, name in named.items()
                                if name in self.metrics}}


def following(store: Store, room: Room) -> Following:
    """Return the followers of a room over the last weeks of the data."""
    mondays = weeks_until(room.whole)
    span = Period(start=mondays[0], end=room.whole.end)
    tables = room.tables(store.tables())
    gained = _weekly(store, GAINED, tables, span)
    cost = _weekly(store, (COST,), {**tables, "ad_spend": _ads(tables, room)}, span)
    counts = _counts(tables, room)
    counted = _weekly(store, (COUNTED,), {**tables, "followers_daily": counts}, span)
    weeks = tuple(Week(
        monday=monday, gained=gained.get(monday, {}).get("new_followers"),
        lost=gained.get(monday, {}).get("lost_followers"),
        counted=counted.get(monday, {}).get(COUNTED), cost=cost.get(monday, {}).get(COST),
        spend_each=gained.get(monday, {}).get("spend_per_new_follower")) for monday in mondays)
    return Following(weeks=weeks, days=_days(store, counts, room, span),
                     metrics={name: METRICS[name] for name in (*GAINED, COST, COUNTED)})


def _weekly(store: Store, names: tuple[str, ...], tables: Tables,
            span: Period) -> dict[date, dict[str, float | None]]:
    metrics = [METRICS[name] for name in names]
    rows = store.fetch(values(metrics, tables, by=("week",), period=span)).to_pylist()
    return {row["week"]: row for row in rows}


def _ads(tables: Tables, room: Room) -> ir.Table:
    """Return the ad rows of a room: those that name it, or one of its sessions."""
    ads = tables["ad_spend"]
    owner = ads[room.grain.key]
    mine = owner == room.id
    if room.rows.num_rows:
        mine = mine | (owner.isnull() & ads.session_id.isin(room.rows["session_id"].to_pylist()))
    return ads.filter(mine & (ads.currency.isnull() | (ads.currency == room.currency)))


def _counts(tables: Tables, room: Room) -> ir.Table:
    counts = tables["followers_daily"]
    if room.grain is Grain.STREAMER:
        return counts.filter(counts.streamer_id == room.id)
    streamers = tables["streamers"]
    mine = streamers.filter(streamers.merchant_id == room.id)
    return counts.semi_join(mine, counts.streamer_id == mine.streamer_id)


def _days(store: Store, counts: ir.Table, room: Room,
          span: Period) -> tuple[tuple[date, int], ...]:
    if room.grain is not Grain.STREAMER:
        return ()
    kept = counts.filter(counts.followers.notnull(), counts.day >= span.start,
                         counts.day < span.end)
    rows = store.fetch(kept.select("day", "followers").order_by("day")).to_pylist()
    return tuple((row["day"], row["followers"]) for row in rows)


