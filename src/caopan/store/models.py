"""The ledger's rows: batches, their files and counts, documents, settings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_ROWID = BigInteger().with_variant(Integer, "sqlite")
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


class Row(DeclarativeBase):
    """The base of every ledger row."""

    metadata = MetaData(naming_convention={
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    })


class BatchRow(Row):
    """One import (批次); it exists from the moment this row is committed."""

    __tablename__ = "batches"
    __table_args__ = (PrimaryKeyConstraint("id", name="pk_batches"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text)
    files: Mapped[list[str]] = mapped_column(JSON)


class CountRow(Row):
    """What one batch did to one table."""

    __tablename__ = "batch_counts"

    batch_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("batches.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(Text, primary_key=True)
    added: Mapped[int] = mapped_column(BigInteger)
    replaced: Mapped[int] = mapped_column(BigInteger)
    unchanged: Mapped[int] = mapped_column(BigInteger)
    repeated: Mapped[int] = mapped_column(BigInteger)
    overruled: Mapped[int] = mapped_column(BigInteger)


class FileRow(Row):
    """One Parquet file of one batch; ``path`` is relative to the workspace, with ``/``."""

    __tablename__ = "batch_files"

    batch_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("batches.id"), primary_key=True)
    path: Mapped[str] = mapped_column(Text, primary_key=True)
    table_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    """``rows``, or ``superseded``: the earlier rows that this batch replaced."""


class SupersededRow(Row):
    """How many rows of an earlier batch's table a batch replaced."""

    __tablename__ = "superseded"

    batch_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("batches.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(Text, primary_key=True)
    earlier_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("batches.id"), primary_key=True)
    rows: Mapped[int] = mapped_column(BigInteger)


class LeaningRow(Row):
    """A batch that counted, replaced or filled around rows of an earlier one."""

    __tablename__ = "leanings"

    batch_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("batches.id"), primary_key=True)
    earlier_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("batches.id"), primary_key=True)


class DocumentRow(Row):
    """One version of one result; never changed."""

    __tablename__ = "documents"
    __table_args__ = (PrimaryKeyConstraint("id", name="pk_documents"), Index(None, "kind", "id"))

    id: Mapped[int] = mapped_column(_ROWID, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    schema_version: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[datetime] = mapped_column(Instant)
    inputs_hash: Mapped[str] = mapped_column(Text)
    body: Mapped[Any] = mapped_column(JSON)


class SettingRow(Row):
    """One setting of the workspace."""

    __tablename__ = "settings"
    __table_args__ = (PrimaryKeyConstraint("key", name="pk_settings"),)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
