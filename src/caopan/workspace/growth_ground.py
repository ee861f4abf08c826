"""What a growth plan is judged on: one subject's sessions of the last months, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from caopan.diagnose.cleaning import Apart, set_apart
from caopan.diagnose.inputs import Products, Sessions, number_of
from caopan.diagnose.sides import Sides, sides
from caopan.diagnose.windows import fixed
from caopan.plan.growth_misses import FEWEST_SESSIONS
from caopan.plan.growth_proposal import Standing
from caopan.stats.arrays import Bools, Floats, grouped_sum
from caopan.store.store import Store
from caopan.units.period import Period
from caopan.workspace.answers import Kept, counting
from caopan.workspace.directory import last_days
from caopan.workspace.gathering import gather
from caopan.workspace.room import Room

DAYS = 30
WEEK = 7
NO_PRODUCTS = Products(session=np.zeros(0, dtype=np.int64), product=np.zeros(0, dtype=np.int64),
                       units=np.zeros(0), gmv=np.zeros(0), names=())


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthGround:
    """One subject in one currency: its sessions and products, and which rows count.

    ``period``: the last thirty days of the workspace's data; ``rows``: what else is known of each
    session, by id.
    """

    room: Room
    sessions: Sessions
    products: Products
    counts: Bools
    rows: dict[str, dict[str, Any]]
    period: Period

    @property
    def until(self) -> date:
        """Return the day after the last that anything is known of."""
        return self.period.end

    def both(self, period: Period | None = None) -> Sides:
        """Return the sessions of a period and of the one before it, of those that count."""
        windows = fixed(period or self.period, None, subjects=1)
        side = windows.side(self.sessions.subject, self.sessions.day)
        return sides(self.sessions, np.where(self.counts, side, -1), subjects=1)

    def lately(self) -> Bools:
        """Return which sessions that count fell into the last thirty days, shape (n,)."""
        day = self.sessions.day
        return np.asarray(self.counts & (day >= number_of(self.period.start))
                          & (day < number_of(self.period.end)))

    def daily(self, days: int) -> Floats:
        """Return the known GMV of each of the last days, minor units, shape (days,)."""
        gmv = np.nan_to_num(self.sessions.columns["gmv"])
        back = number_of(self.until) - self.sessions.day
        mine = self.counts & (back >= 1) & (back <= days)
        return grouped_sum(gmv[mine], days - back[mine], days)

    def rate(self) -> tuple[float | None, int]:
        """Return the sales an hour of the last thirty days, minor units, and of how many sessions.

        None for fewer than three sessions.
        """
        mine = self.lately()
        gmv, hours = (self.sessions.columns["gmv"][mine],
                      self.sessions.columns["minutes"][mine] / 60.0)
        known = np.isfinite(gmv) & (hours > 0)
        n = int(known.sum())
        return (float(gmv[known].sum() / hours[known].sum()) if n >= FEWEST_SESSIONS else None), n

    def unknown(self) -> int:
        """Return how many sessions of the last thirty days do not say their GMV."""
        return int((self.lately() & np.isnan(self.sessions.columns["gmv"])).sum())

    def standing(self) -> Standing:
        """Return what it sold and held in the last thirty days."""
        mine = self.lately()
        gmv, minutes, spend = (self.sessions.columns[name][mine]
                               for name in ("gmv", "minutes", "ad_spend"))
        listed = np.bincount(self.products.session, minlength=len(self.sessions))[mine]
        total = float(np.nansum(gmv))
        return Standing(
            grain=self.room.grain.value, subject=self.room.id, currency=self.room.currency,
            monthly_gmv=round(total) if np.isfinite(gmv).any() and total > 0 else None,
            sessions_per_week=int(mine.sum()) * WEEK / DAYS if mine.any() else None,
            hours=_middle(minutes / 60.0), spend=_whole(_middle(spend)),
            products=_whole(_middle(np.where(listed > 0, listed, np.nan))))


def growth_ground(store: Store, kept: Kept, room: Room) -> GrowthGround:
    """Return the ground of a room, remembered while the same imports count."""
    question = ("growth ground", room.grain, room.id, room.currency)
    return kept.answer(counting(store), question, lambda: _ground(store, room))


def _ground(store: Store, room: Room) -> GrowthGround:
    inputs = gather(store.tables(), store.fetch, grain=room.grain, only=room.id)
    owner = next((at for at, one in enumerate(inputs.subjects)
                  if one.currency == room.currency), -1)
    apart = set_apart(inputs.sessions)
    counts = np.asarray((inputs.sessions.subject == owner) & (apart == int(Apart.KEPT)))
    whole = inputs.sessions
    mine = Sessions(subject=np.zeros(len(whole), dtype=np.int64), session_id=whole.session_id,
                    started_at=whole.started_at, columns=whole.columns, dated=whole.dated,
                    measure=whole.measure)
    rows = {row["session_id"]: row for row in room.rows.select(
        ["session_id", "streamer_id", "level", "ended_at"]).to_pylist()}
    return GrowthGround(room=room, sessions=mine, counts=counts, rows=rows,
                        products=inputs.products or NO_PRODUCTS, period=last_days(room.whole))


def _middle(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
