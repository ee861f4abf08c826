"""What the live endpoints answer."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class RoomMade(BaseModel):
    """A room that was made."""

    room: str


class RoomRow(BaseModel):
    """One room in the list."""

    room: str
    title: str
    streamer_id: str
    session_id: str | None
    status: str
    synthetic: bool
    planned_start: str
    started_at: str | None
    closed_at: str | None
    rev: int


class RoomList(BaseModel):
    """Every room, the newest first."""

    rooms: list[RoomRow]


class Refused(BaseModel):
    """An event that was refused."""

    index: int
    id: str | None
    key: str
    message: str
    hint: str | None


class Taken(BaseModel):
    """What a batch came to: the answer means that it is durable and summed."""

    accepted: int
    duplicates: int
    rejected: list[Refused]
    rev: int


class Snapshot(BaseModel):
    """A room as it stands; amounts are decimal text in ``currency``."""

    room: str
    rev: int
    server_epoch_ms: int
    title: str
    streamer_id: str
    session_id: str | None
    synthetic: bool
    rehearsal: bool
    speed: float
    status: str
    currency: str
    planned_start: str
    started_at: str | None
    closed_at: str | None
    ends_at: str
    now: dict[str, Any] | None
    next: dict[str, Any] | None
    time_offset_seconds: float | None
    money_offset: str | None
    money_due: str | None
    totals: dict[str, Any]
    forecast: dict[str, Any] | None
    known: dict[str, Any]
    stock: list[dict[str, Any]]
    alerts: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    incidents: list[dict[str, Any]]
    ages: dict[str, Any]


class Minutes(BaseModel):
    """Sums by minute, in the columns of ``session_minutes``."""

    currency: str
    rev: int
    minutes: list[dict[str, Any]]


class Sheet(BaseModel):
    """The run sheet as it is now, with times."""

    version: int
    currency: str
    items: list[dict[str, Any]]


class Log(BaseModel):
    """The decision log, the newest first, and the alerts that came up and went."""

    log: list[dict[str, Any]]
    alerts: list[dict[str, Any]]


class Done(BaseModel):
    """A command that was done: the room's revision after it; ``preview`` where it was asked."""

    rev: int
    preview: dict[str, Any] | None = None
