"""The ledger's tables: batches, their files and counts, documents, settings.

Tables alone, without SQLAlchemy's mapper of objects: that takes as long to load as all the rest
of SQLAlchemy, at every start of every verb, and a row that is never changed needs none.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
)

ROWID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up by itself only on a column of type INTEGER."""


class Instant(TypeDecorator[datetime]):
    """A moment, aware in UTC on both sides, to the microsecond."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as the database takes it; refuse one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


METADATA = MetaData(naming_convention={
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
})


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _batch(name: str) -> Column[int]:
    return Column(name, BigInteger, ForeignKey("batches.id"), primary_key=True)


def _table_name() -> Column[str]:
    return Column("table_name", Text, primary_key=True)


BATCHES = Table(
    "batches", METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("made_at", Instant, nullable=False, index=True),
    Column("undone_at", Instant),
    Column("note", Text, nullable=False),
    Column("files", JSON, nullable=False),
    PrimaryKeyConstraint("id", name="pk_batches"))
"""Imports (批次); one exists from the moment its row is committed."""

COUNTS = Table(
    "batch_counts", METADATA, _batch("batch_id"), _table_name(),
    *map(_number, ("added", "replaced", "unchanged", "repeated", "overruled")))
"""What one batch did to one table."""

FILES = Table(
    "batch_files", METADATA, _batch("batch_id"),
    Column("path", Text, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("role", Text, nullable=False))
"""Parquet files of batches; ``path`` is relative to the workspace, with ``/``.

``role`` is ``rows``, or ``superseded``: the earlier rows that this batch replaced.
"""

SUPERSEDED = Table(
    "superseded", METADATA, _batch("batch_id"), _table_name(), _batch("earlier_id"),
    _number("rows"))
"""How many rows of an earlier batch's table a batch replaced."""

LEANINGS = Table("leanings", METADATA, _batch("batch_id"), _batch("earlier_id"))
"""The batches that counted, replaced or filled around rows of an earlier one."""

DOCUMENTS = Table(
    "documents", METADATA,
    Column("id", ROWID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("inputs_hash", Text, nullable=False),
    Column("body", JSON, nullable=False),
    PrimaryKeyConstraint("id", name="pk_documents"),
    Index(None, "kind", "id"))
"""Versions of results; a row is never changed."""

SETTINGS = Table(
    "settings", METADATA,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
    PrimaryKeyConstraint("key", name="pk_settings"))
"""The settings of the workspace."""
