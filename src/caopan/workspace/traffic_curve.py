"""How many people are there when in a show (流量曲线): from the host's own minutes, or assumed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from caopan.stats.arrays import Floats
from caopan.store.store import Store
from caopan.units.message import Text

PARTS = 12
LATEST, FEWEST = 30, 3
"""Sessions of a host that tell its curve: the latest, and at least so many."""
SHORTEST = 20
"""Minutes of a session that says something of a curve, at least."""


class CurveFrom(StrEnum):
    """Where a curve is from."""

    HOST = "host"
    EVERYONE = "everyone"
    ASSUMED = "assumed"


WORDS = {
    CurveFrom.HOST: Text(zh="流量曲线取自该主播最近 {n} 场的分钟数据",
                         en="the traffic curve is from the minutes of this host's last {n} "
                            "sessions"),
    CurveFrom.EVERYONE: Text(zh="流量曲线取自全部主播最近 {n} 场的分钟数据（这位主播自己的不够）",
                             en="the traffic curve is from the minutes of everyone's last {n} "
                                "sessions (this host has too few)"),
    CurveFrom.ASSUMED: Text(zh="流量曲线是假设的（没有分钟数据），见手册 lineup.toml",
                            en="the traffic curve is assumed (there are no minutes): see "
                               "lineup.toml of the handbook"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The curve: ``parts`` of a show, equal in time, mean 1; ``n`` sessions it is from."""

    parts: Floats
    source: CurveFrom
    n: int


def curve_of(store: Store, host: str, *, assumed: tuple[float, ...]) -> Curve:
    """Return a host's curve of people online by part of the show.

    Args:
        store: the workspace's store.
        host: the streamer.
        assumed: what stands in where nobody has minutes.
    """
    for source, who in ((CurveFrom.HOST, host), (CurveFrom.EVERYONE, None)):
        rows = _shows(store, who)
        if len(rows) >= FEWEST:
            mean = rows.mean(axis=0)
            return Curve(parts=mean / mean.mean(), source=source, n=len(rows))
    flat = np.array(assumed, dtype=float)
    return Curve(parts=flat / flat.mean(), source=CurveFrom.ASSUMED, n=0)


def _shows(store: Store, host: str | None) -> Floats:
    """Return the latest shows' people online by part, each with mean 1, shape (n, parts)."""
    tables = store.tables()
    shows, minutes = tables["sessions"], tables["session_minutes"]
    mine = shows if host is None else shows.filter(shows.streamer_id == host)
    told = minutes.filter(minutes.online.notnull()).select("session_id").distinct()
    latest = mine.semi_join(told, "session_id").order_by(
        mine.started_at.desc(), mine.session_id).limit(LATEST).select("session_id")
    rows = store.fetch(minutes.filter(minutes.online.notnull()).semi_join(
        latest, "session_id").select("session_id", "minute", "online"))
    names, at = np.unique(np.array(rows["session_id"].to_pylist(), dtype=str),
                          return_inverse=True)
    minute = rows["minute"].to_numpy().astype(float)
    online = rows["online"].to_numpy().astype(float)
    found = []
    for one in range(len(names)):
        mine_now = at == one
        length = minute[mine_now].max() + 1.0
        if length < SHORTEST or online[mine_now].sum() <= 0:
            continue
        part = np.minimum((minute[mine_now] / length * PARTS).astype(np.int64), PARTS - 1)
        count = np.bincount(part, minlength=PARTS)
        if (count > 0).all():
            mean = np.bincount(part, weights=online[mine_now], minlength=PARTS) / count
            found.append(mean / mean.mean())
    return np.array(found).reshape(len(found), PARTS)
