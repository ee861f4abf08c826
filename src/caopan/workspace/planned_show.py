"""What is known of the session a run sheet is for: when it begins, how long it is, whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from caopan.store.store import Store
from caopan.units.clock import to_the_minute

RECENT = timedelta(hours=12)
"""A session that began so long ago is still offered: it may be on air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedShow:
    """A session a run sheet is for; None where nobody said.

    ``planned``: whether it is imported as planned, so that a line-up can be proposed.
    """

    session_id: str
    streamer_id: str | None = None
    title: str | None = None
    starts_at: datetime | None = None
    minutes: float | None = None
    currency: str | None = None
    planned: bool = False

    @property
    def name(self) -> str:
        """Return what a person calls it: its title, else its host and start, else its id.

        >>> PlannedShow(session_id="s1").name
        's1'
        """
        if self.title:
            return self.title
        if self.streamer_id is None:
            return self.session_id
        return " ".join([self.streamer_id, *([to_the_minute(self.starts_at)]
                                             if self.starts_at else [])])


def planned_show(store: Store, session_id: str) -> PlannedShow:
    """Return what is known of a session: as it is planned, else as it was held, else its id."""
    for name, planned in (("planned_sessions", True), ("sessions", False)):
        table = store.tables()[name]
        rows = store.fetch(table.filter(table.session_id == session_id).limit(1)).to_pylist()
        if rows:
            return _show(rows[0], planned=planned)
    return PlannedShow(session_id=session_id)


def coming(store: Store, *, now: datetime) -> tuple[PlannedShow, ...]:
    """Return the planned sessions that are still to come or on air, the next first."""
    table = store.tables()["planned_sessions"]
    rows = store.fetch(table.filter(table.started_at >= now - RECENT).order_by(
        ["started_at", "session_id"])).to_pylist()
    return tuple(_once(_show(row, planned=True) for row in rows))


def _once(shows: Iterator[PlannedShow]) -> Iterator[PlannedShow]:
    seen: set[str] = set()
    for one in shows:
        if one.session_id not in seen:
            seen.add(one.session_id)
            yield one


def _show(row: Mapping[str, Any], *, planned: bool) -> PlannedShow:
    start, end = row["started_at"], row.get("ended_at")
    minutes = row.get("planned_minutes") or (
        None if start is None or end is None else (end - start).total_seconds() / 60)
    return PlannedShow(
        session_id=row["session_id"], streamer_id=row["streamer_id"], title=row.get("title"),
        starts_at=start and start.astimezone(UTC), minutes=minutes, currency=row.get("currency"),
        planned=planned)
