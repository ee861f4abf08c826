"""The ledger's tables of live rooms: they stand beside those of imports, in one database."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from caopan.store.models import METADATA, ROWID, Instant


def _room() -> Column[int]:
    return Column("room", BigInteger, ForeignKey("live_rooms.number"), primary_key=True,
                  autoincrement=False)


def _counted(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


ROOMS = Table(
    "live_rooms", METADATA,
    Column("number", ROWID, nullable=False),
    Column("id", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("heard", JSON, nullable=False),
    PrimaryKeyConstraint("number", name="pk_live_rooms"),
    UniqueConstraint("id", name="uq_live_rooms_id"))
"""Rooms (直播间): what one is, its revision, and the last values of its gauges (``heard``)."""

COMMANDS = Table(
    "live_commands", METADATA, _room(), _counted("seq"),
    Column("id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    UniqueConstraint("room", "id", name="uq_live_commands_room_id"))
"""The log (决策日志) of a room: rows are only added; ``rev`` is the room's after the command."""

EVENTS = Table(
    "live_events", METADATA, _room(), Column("id", Text, primary_key=True),
    sqlite_with_rowid=False)
"""The ids of the events that were taken: what is here was summed."""

MINUTES = Table(
    "live_minutes", METADATA, _room(), _counted("minute"), Column("body", JSON, nullable=False))
"""Sums by minute (from the epoch), as ``live.tally.Minute`` packs them."""

FACTS = Table(
    "live_facts", METADATA, _room(), _counted("rev"), Column("body", JSON, nullable=False))
"""Orders, refunds, prices and warnings one by one, a list a batch; buyers are hashed."""
