"""What a workspace knows of a room, read from its facts."""

from __future__ import annotations

import numpy as np

from caopan.live.background import Background, Calm, Usual
from caopan.live.room import Room
from caopan.stats.arrays import Floats
from caopan.stats.cusum import FEWEST_CLEAN, Fall, size, statistic, threshold
from caopan.store.store import Store
from caopan.workspace.live.known import Known
from caopan.workspace.live.pacing import pacing

MOST_SESSIONS = 300
"""Past sessions of the host whose minutes are read: the latest ones."""
FEWEST_USUAL = 10
LOW, HIGH = 10, 95
"""Percentiles of own sessions at the same minute."""
TRAFFIC = ("clicks", "entries")
"""What orders are held against: the first that past minutes say."""
FEWEST_ORDERS = 20.0
READ = ("minute", "online", "entries", "clicks", "orders")


def known(store: Store, room: Room) -> Known:
    """Return what a workspace knows of a room."""
    minutes = _minutes(store, room)
    usual, calm = _usual(minutes), _calm(minutes)
    return Known(
        background=Background(planned_spend=_planned_spend(store, room), usual=usual, calm=calm),
        pacing=pacing(store, room), sessions=len(minutes["orders"]))


def _minutes(store: Store, room: Room) -> dict[str, Floats]:
    """Return the host's past sessions by minute, each column (sessions, minutes), NaN: not said."""
    sessions, table = store.tables()["sessions"], store.tables()["session_minutes"]
    before = room.started_at or room.planned_start
    mine = store.fetch(
        sessions.filter((sessions["streamer_id"] == room.streamer_id)
                        & (sessions["started_at"] < before))
        .select("session_id", "started_at"))
    # a rehearsal replays one of them: it must not know itself
    ids = [name for _, name in sorted(zip(mine["started_at"].to_pylist(),
                                          mine["session_id"].to_pylist(), strict=True))
           if name not in {room.session_id, room.replays}][-MOST_SESSIONS:]
    rows = store.fetch(table.filter(table["session_id"].isin(ids)).select("session_id", *READ))
    at = {name: number for number, name in enumerate(dict.fromkeys(
        rows["session_id"].to_pylist()))}
    owner = np.array([at[name] for name in rows["session_id"].to_pylist()], dtype=np.int64)
    minute = rows["minute"].to_numpy().astype(np.int64)
    found = {}
    for name in READ[1:]:
        grid = np.full((len(at), int(minute.max()) + 1 if len(minute) else 0), np.nan)
        grid[owner, minute] = rows[name].to_numpy(zero_copy_only=False).astype(np.float64)
        found[name] = grid
    return found


def _usual(minutes: dict[str, Floats]) -> Usual | None:
    """Return the low and the high of own sessions, by minute."""
    online, entries = minutes["online"], minutes["entries"]
    if len(online) < FEWEST_USUAL:
        return None
    return Usual(online_low=_percentile(online, LOW), entries_high=_percentile(entries, HIGH),
                 n=len(online))


def _percentile(grid: Floats, percent: float) -> Floats:
    """Return a percentile of every minute; NaN where fewer than ten sessions say it."""
    said = np.isfinite(grid).sum(axis=0) >= FEWEST_USUAL
    found = np.full(grid.shape[1], np.nan)
    found[said] = np.nanpercentile(grid[:, said], percent, axis=0)
    return found


def _calm(minutes: dict[str, Floats]) -> Calm | None:
    """Return how orders follow traffic, and the evidence that a clean session seldom reaches."""
    orders = minutes["orders"]
    traffic = next((name for name in TRAFFIC
                    if np.isfinite(minutes[name]).any() and np.nansum(minutes[name])), None)
    if traffic is None or not np.isfinite(orders).any():
        return None
    came = minutes[traffic]
    kept = (np.isfinite(orders) & np.isfinite(came)).any(axis=1)
    counts, seen = np.nan_to_num(orders[kept]), np.nan_to_num(came[kept])
    if len(counts) < FEWEST_CLEAN or counts.sum() < FEWEST_ORDERS or not seen.sum():
        return None
    rate = float(counts.sum() / seen.sum())
    fall = Fall(size=size(counts, seen * rate))
    limit = threshold(statistic(counts, seen * rate, fall).max(axis=1))
    return Calm(traffic=traffic, rate=rate, size=fall.size, limit=max(limit, 1.0),
                n=len(counts))


def _planned_spend(store: Store, room: Room) -> float | None:
    """Return what was planned to be spent on the room's session, minor units."""
    session = room.session_id or room.replays or ""
    for name in ("planned_sessions", "sessions"):
        table = store.tables()[name]
        rows = store.fetch(table.filter((table["session_id"] == session)
                                        & table["planned_ad_spend"].notnull())
                           .select("planned_ad_spend"))
        if rows.num_rows:
            return float(rows["planned_ad_spend"][0].as_py()) or None
    return None
