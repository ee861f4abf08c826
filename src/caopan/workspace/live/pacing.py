"""What a room will have sold in the end (进度), from its plan and its minutes so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from caopan.diagnose.cleaning import set_apart
from caopan.forecast.before import told_before
from caopan.forecast.outlook import By, Outlook
from caopan.forecast.pace import Past, learnt, pace
from caopan.live.pulse import aimed
from caopan.live.room import Room
from caopan.stats.arrays import Bools, Floats
from caopan.stats.quantiles import LEVELS, ends
from caopan.store.store import Store
from caopan.units.interval import Interval
from caopan.workspace.learning import Learning, ToCome, day_number, learning
from caopan.workspace.models import SEED
from caopan.workspace.pacing import LATELY, LEAST_SHARE, MOST, NO_SESSIONS

LEVEL = 0.8
TARGETS, FORECAST = "targets", "forecast"
"""Where the expectation before the room comes from: its run sheet's targets, or own history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """What is known of a room's final GMV before it, and past sessions to read its minutes by.

    ``prior``: minor units. ``spreads``: nineteen quantiles of the log ratio to it. ``priors``,
    ``totals``, ``lengths``: shape (n,) of past sessions. ``sold``: (n, minutes), summed up.
    ``misses``: log ratios of what came to what was forecast. ``one``: a usual order.
    """

    basis: str
    prior: float
    spreads: Floats | None
    priors: Floats
    totals: Floats
    lengths: Floats
    sold: Floats
    misses: Floats
    one: float

    @property
    def n(self) -> int:
        """Return how many past sessions the minutes are read by."""
        return len(self.totals)

    def told(self, *, share: float, so_far: float, lately: float) -> tuple[Interval, str]:
        """Return what will have been sold, minor units, and by which method.

        Args:
            share: of the planned time that is over, 0-1.
            so_far: sold by now, minor units.
            lately: what of that in the last ten minutes.
        """
        cut = np.clip(np.round(share * self.lengths), 1, self.sold.shape[1]).astype(np.int64) - 1
        rows = np.arange(self.n)
        before = cut - LATELY
        sum_ = self.sold[rows, cut] if self.n else np.empty(0)
        late = sum_ - np.where(before >= 0, self.sold[rows, np.maximum(before, 0)], 0.0) \
            if self.n else np.empty(0)
        past = Past(prior=self.priors, so_far=sum_, lately=late, total=self.totals, one=self.one)
        found = pace(learnt(past, misses=self.misses), prior=self.prior, so_far=so_far,
                     lately=lately, spreads=self.spreads)
        low, high = ends(found.quantiles[None, :], LEVEL)
        return Interval(low=float(low[0]), mid=found.mid, high=float(high[0]),
                        level=LEVEL), found.method.value


def pacing(store: Store, room: Room) -> Pacing | None:
    """Return what is known of a room's final; None where neither targets nor history say it."""
    known = learning(store)
    minutes = room.plan.seconds / 60
    before = np.datetime64((room.started_at or room.planned_start).replace(tzinfo=None), "us")
    earlier = _earlier(known, room, before)
    points, found = _forecast(known, earlier, room, minutes)
    sessions = known.inputs.sessions
    sold = sessions.columns["gmv"]
    chosen = np.flatnonzero(earlier & (np.nan_to_num(points) > 0) & (sold > 0))
    misses = np.log(sold[chosen] / points[chosen])
    chosen = chosen[np.argsort(sessions.started_at[chosen], kind="stable")][-MOST:]
    sums, has = _sums(store, [str(one) for one in sessions.session_id[chosen]])
    chosen = chosen[has]
    expected = _expected(room, found)
    if expected is None:
        return None
    basis, prior, spreads = expected
    return Pacing(basis=basis, prior=prior, spreads=spreads, priors=points[chosen],
                  totals=sold[chosen], lengths=_lengths(known)[chosen], sold=sums,
                  misses=misses, one=_one(known, chosen))


def _lengths(known: Learning) -> Floats:
    lasted = known.inputs.sessions.columns["minutes"]
    return np.where(np.nan_to_num(known.planned) > 0, known.planned, lasted)


def _earlier(known: Learning, room: Room, before: np.datetime64) -> Bools:
    """Return which sessions were over before the room, counted as ones, in its currency."""
    sessions, lengths = known.inputs.sessions, _lengths(known)
    currencies = np.array([one.currency for one in known.inputs.subjects], dtype=object)[
        sessions.subject]
    apart = np.isin(set_apart(sessions), [int(one) for one in NO_SESSIONS])
    over = (sessions.started_at - before) / np.timedelta64(1, "m") + np.nan_to_num(lengths) <= 0
    return np.asarray(over & ~apart & (currencies == room.sheet.currency) & (lengths > 0)
                      & (sessions.session_id != (room.session_id or room.replays or ""))
                      & (sessions.columns["gmv"] >= 0))


def _forecast(known: Learning, earlier: Bools, room: Room, minutes: float
              ) -> tuple[Floats, Outlook | None]:
    """Return what was told of every session before it began, and the room's own forecast."""
    subject = known.inputs.sessions.subject
    mine = next((at for at, one in enumerate(known.inputs.subjects)
                 if one.id == room.streamer_id), None)
    products = len({one.product_id for one in room.plan.items if one.product_id})
    coming = [] if mine is None or not minutes else [ToCome(
        subject=mine, start=day_number(room.started_at or room.planned_start),
        hours=minutes / 60, products=float(products) or np.nan, spend=np.nan, grade=np.nan)]
    history = known.history("gmv", earlier, coming)
    found, told = told_before(history, np.random.default_rng(SEED), by=By.RULE)
    points = np.full(len(earlier), np.nan)
    rows = np.flatnonzero(earlier)
    points[rows[np.argsort(subject[rows], kind="stable")]] = told[~history.to_come]
    return points, found if coming else None


def _expected(room: Room, found: Outlook | None) -> tuple[str, float, Floats | None] | None:
    """Return what is expected of the room before it: its targets, else the forecast."""
    target = aimed(room.planned)
    if target is not None and target.mid > 0:
        return TARGETS, target.mid, _around(target)
    if found is None:
        return None
    told = found.quantiles[0]
    prior = float(told[len(LEVELS) // 2])
    if not (np.isfinite(told).all() and prior > 0):
        return None
    return FORECAST, prior, np.log(np.maximum(told / prior, LEAST_SHARE))


def _around(target: Interval) -> Floats | None:
    """Return a target's range as nineteen quantiles of the log ratio; None where it has none."""
    if not 0 < target.low < target.mid < target.high:
        return None
    z = np.asarray(norm.ppf(LEVELS))
    edge = float(norm.ppf((1 + target.level) / 2))
    down, up = (abs(float(np.log(end / target.mid))) / edge for end in (target.low, target.high))
    return np.where(z < 0, z * down, z * up)


def _sums(store: Store, ids: list[str]) -> tuple[Floats, Bools]:
    """Return what sessions had sold by the end of every minute, and which of them say it."""
    table = store.tables()["session_minutes"]
    rows = store.fetch(table.filter(table["session_id"].isin(ids) & table["gmv"].notnull())
                       .select("session_id", "minute", "gmv"))
    at = {name: number for number, name in enumerate(ids)}
    owner = np.array([at[one] for one in rows["session_id"].to_pylist()], dtype=np.int64)
    minute = rows["minute"].to_numpy().astype(np.int64)
    sold = np.zeros((len(ids), int(minute.max()) + 1 if len(minute) else 1))
    sold[owner, minute] = rows["gmv"].to_numpy().astype(np.float64)
    has = np.bincount(owner, minlength=len(ids)) > 0
    return np.cumsum(sold[has], axis=1), np.asarray(has)


def _one(known: Learning, chosen: np.ndarray[tuple[int], np.dtype[np.int64]]) -> float:
    gmv, units = (known.inputs.sessions.columns[name][chosen] for name in ("gmv", "units"))
    both = np.isfinite(gmv) & np.isfinite(units) & (gmv > 0) & (units > 0)
    return float(np.median(gmv[both] / units[both])) if both.any() else 100.0
