"""The first ledger: batches with their files and counts, documents, settings.

Why: imports become visible, and are undone, by one row; everything else hangs off it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _batches()
    _documents()


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("undone_at", _INSTANT),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_made_at", "batches", ["made_at"])
    counts = ("added", "replaced", "unchanged", "repeated", "overruled")
    _of_batch("batch_counts", sa.Column("table_name", sa.Text, primary_key=True),
              *(sa.Column(name, sa.BigInteger, nullable=False) for name in counts))
    _of_batch("batch_files", sa.Column("path", sa.Text, primary_key=True),
              sa.Column("table_name", sa.Text, nullable=False),
              sa.Column("role", sa.Text, nullable=False))
    _of_batch("superseded", sa.Column("table_name", sa.Text, primary_key=True),
              _earlier("superseded"), sa.Column("rows", sa.BigInteger, nullable=False))
    _of_batch("leanings", _earlier("leanings"))


def _of_batch(table: str, *columns: sa.Column[Any]) -> None:
    owner = sa.ForeignKey("batches.id", name=f"fk_{table}_batch_id")
    op.create_table(table, sa.Column("batch_id", sa.BigInteger, owner, primary_key=True), *columns)


def _earlier(table: str) -> sa.Column[int]:
    earlier = sa.ForeignKey("batches.id", name=f"fk_{table}_earlier_id")
    return sa.Column("earlier_id", sa.BigInteger, earlier, primary_key=True)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("inputs_hash", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )
    op.create_index("ix_documents_kind_id", "documents", ["kind", "id"])
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
