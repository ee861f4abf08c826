"""Live rooms: their log of commands, the ids of their events, and the sums of their minutes.

Why: a batch of events is acknowledged when its ids and its sums are committed together, so that
it can be sent again without harm and nothing is lost when the process ends.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INSTANT = sa.DateTime(timezone=True)
_ROWID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "live_rooms",
        sa.Column("number", _ROWID, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("rev", sa.BigInteger, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("heard", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_live_rooms"),
        sa.UniqueConstraint("id", name="uq_live_rooms_id"),
    )
    _of_room("live_commands",
             sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
             sa.Column("id", sa.Text, nullable=False),
             sa.Column("at", _INSTANT, nullable=False),
             sa.Column("rev", sa.BigInteger, nullable=False),
             sa.Column("body", sa.JSON, nullable=False),
             sa.UniqueConstraint("room", "id", name="uq_live_commands_room_id"))
    _of_room("live_events", sa.Column("id", sa.Text, primary_key=True),
             sqlite_with_rowid=False)
    _of_room("live_minutes",
             sa.Column("minute", sa.BigInteger, primary_key=True, autoincrement=False),
             sa.Column("body", sa.JSON, nullable=False))
    _of_room("live_facts",
             sa.Column("rev", sa.BigInteger, primary_key=True, autoincrement=False),
             sa.Column("body", sa.JSON, nullable=False))


def _of_room(name: str, *columns: sa.schema.SchemaItem, **options: bool) -> None:
    room = sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False)
    key = sa.ForeignKeyConstraint(["room"], ["live_rooms.number"],
                                  name=f"fk_{name}_room")
    op.create_table(name, room, *columns, key, **options)
