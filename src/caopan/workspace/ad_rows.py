"""Ad rows by session (投放明细): those that name theirs, and those that ran while it was live."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from caopan.diagnose.inputs import Inputs
from caopan.store.store import Store

BEFORE = timedelta(minutes=10)
"""How long before its session a plan may be launched."""
COLUMNS = ("session_id", "streamer_id", "starts_at", "tool", "spend", "attributed_gmv",
           "experiment")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdRows:
    """What was spent by session, and how far the ad rows reach sessions (关联覆盖率).

    ``sessions``: spend and attributed revenue (minor units, None = nobody said), and the rung
    that all of a session's rows share. ``rows`` in all, ``by_time`` of them found their session
    by host and time, ``left`` found none: what these spent, ``left_spend``, is learnt nothing
    from. ``tools``: by host, what was spent through each tool, minor units.
    """

    sessions: dict[str, dict[str, Any]]
    rows: int
    by_time: int
    left: int
    left_spend: float
    tools: dict[str, dict[str, float]]


def ad_rows(store: Store, inputs: Inputs) -> AdRows:
    """Return the ad rows added up by session; a session of two rungs has none.

    A row that names no session belongs to the one of its host that was live, or about to be,
    when it began; where that fits none or two, to none.
    """
    live = _live(inputs)
    host_of = {str(one): inputs.subjects[int(at)].id for one, at in zip(
        inputs.sessions.session_id.tolist(), inputs.sessions.subject.tolist(), strict=True)}
    found: dict[str, dict[str, Any]] = {}
    tools: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    by_time, left, lost = 0, 0, 0.0
    rows = store.fetch(store.tables()["ad_spend"].select(*COLUMNS)).to_pylist()
    for row in rows:
        session = row["session_id"]
        if session is None:
            session = _running(live.get(row["streamer_id"], ()), row["starts_at"])
            by_time += session is not None
        if session is None:
            left, lost = left + 1, lost + (row["spend"] or 0)
            continue
        _add(found, session, row)
        if row["tool"] and row["spend"]:
            tools[host_of.get(session, row["streamer_id"])][row["tool"]] += row["spend"]
    return AdRows(sessions=found, rows=len(rows), by_time=by_time, left=left, left_spend=lost,
                  tools={host: dict(mine) for host, mine in tools.items()})


def _live(inputs: Inputs) -> dict[str, list[tuple[datetime, datetime, str]]]:
    """Return when each host's sessions were live, by start."""
    sessions = inputs.sessions
    minutes = np.nan_to_num(sessions.columns["minutes"])
    found: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    for at in np.argsort(sessions.started_at, kind="stable").tolist():
        start = sessions.started_at[at].astype("datetime64[us]").item().replace(tzinfo=UTC)
        found[inputs.subjects[int(sessions.subject[at])].id].append(
            (start - BEFORE, start + timedelta(minutes=float(minutes[at])),
             str(sessions.session_id[at])))
    return found


def _running(sessions: list[tuple[datetime, datetime, str]] | tuple[()], at: datetime
             ) -> str | None:
    """Return the one session that was live at an instant; None where it fits none or two."""
    begun = sessions[:bisect_right(sessions, at, key=lambda one: one[0])]
    fits = [name for _, end, name in begun[-3:] if at < end]
    return fits[0] if len(fits) == 1 else None


def _add(found: dict[str, dict[str, Any]], session: str, row: dict[str, Any]) -> None:
    mine = found.setdefault(session, {"spend": None, "attributed_gmv": None,
                                      "experiment": row["experiment"]})
    for name in ("spend", "attributed_gmv"):
        if row[name] is not None:
            mine[name] = (mine[name] or 0) + row[name]
    if mine["experiment"] != row["experiment"]:
        mine["experiment"] = None
