"""Followers over time (粉丝走势) and what a new one costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir
import pyarrow as pa

from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.metrics.value import values
from caopan.report.document import amount
from caopan.store.question import Question, Tables, Words
from caopan.store.store import Store
from caopan.units.period import Period
from caopan.workspace.grain import Grain
from caopan.workspace.profile import weeks_until
from caopan.workspace.room import Room

GAINED = ("new_followers", "lost_followers", "spend_per_new_follower")
COST = "cost_per_fan"
COUNTED = "followers_change"
SHOWS = "shows_of_room"
"""Under this name stand the ids of all sessions of the room."""


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
    asked = _Asked(room=room, span=span, sessions=room.counted())
    gained = asked.weekly(store, GAINED, _as_they_are)
    cost = asked.weekly(store, (COST,), _ads)
    counted = asked.weekly(store, (COUNTED,), _counts)
    weeks = tuple(Week(
        monday=monday, gained=gained.get(monday, {}).get("new_followers"),
        lost=gained.get(monday, {}).get("lost_followers"),
        counted=counted.get(monday, {}).get(COUNTED), cost=cost.get(monday, {}).get(COST),
        spend_each=gained.get(monday, {}).get("spend_per_new_follower")) for monday in mondays)
    return Following(weeks=weeks, days=_days(store, room, span),
                     metrics={name: METRICS[name] for name in (*GAINED, COST, COUNTED)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One room and the weeks that are asked for."""

    room: Room
    span: Period
    sessions: pa.Table

    def weekly(self, store: Store, names: tuple[str, ...],
               narrowed: Callable[[Grain, Tables, Words], Tables],
               ) -> dict[date, dict[str, float | None]]:
        """Return metrics by week, over tables that are narrowed to the room."""
        metrics, grain, span = [METRICS[name] for name in names], self.room.grain, self.span

        def made(tables: Tables, words: Words) -> ir.Table:
            return values(metrics, narrowed(grain, tables, words), by=("week",), period=span)

        rows = store.ask(Question(
            name=("by week", names, grain, span), make=made, words=_words(self.room),
            rows={"sessions": self.sessions, SHOWS: self.room.rows.select(["session_id"])}))
        return {row["week"]: row for row in rows.to_pylist()}


def _words(room: Room) -> dict[str, str]:
    return {"id": room.id, "currency": room.currency}


def _as_they_are(grain: Grain, tables: Tables, words: Words) -> Tables:
    del grain, words
    return tables


def _ads(grain: Grain, tables: Tables, words: Words) -> Tables:
    """Narrow the ad rows to those that name the room, or one of its sessions."""
    ads = tables["ad_spend"]
    owner = ads[grain.key]
    mine = (owner == words["id"]) | (
        owner.isnull() & ads.session_id.isin(tables[SHOWS].session_id))
    kept = ads.filter(mine & (ads.currency.isnull() | (ads.currency == words["currency"])))
    return {**tables, "ad_spend": kept}


def _counts(grain: Grain, tables: Tables, words: Words) -> Tables:
    counts = tables["followers_daily"]
    if grain is Grain.STREAMER:
        return {**tables, "followers_daily": counts.filter(counts.streamer_id == words["id"])}
    streamers = tables["streamers"]
    mine = streamers.filter(streamers.merchant_id == words["id"])
    return {**tables, "followers_daily": counts.semi_join(
        mine, counts.streamer_id == mine.streamer_id)}


def _days(store: Store, room: Room, span: Period) -> tuple[tuple[date, int], ...]:
    if room.grain is not Grain.STREAMER:
        return ()

    def made(tables: Tables, words: Words) -> ir.Table:
        counts = _counts(Grain.STREAMER, tables, words)["followers_daily"]
        kept = counts.filter(counts.followers.notnull(), counts.day >= span.start,
                             counts.day < span.end)
        return kept.select("day", "followers").order_by("day")

    rows = store.ask(Question(name=("followers by day", span), make=made, words=_words(room)))
    return tuple((row["day"], row["followers"]) for row in rows.to_pylist())
