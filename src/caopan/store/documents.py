"""Documents (文档): what a step found, append-only, so that "as known then" comes for free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from caopan.store.models import DOCUMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one result. ``body`` is JSON; ``inputs_hash`` names what it was made from."""

    id: int
    kind: str
    schema_version: int
    made_at: datetime
    inputs_hash: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The documents of one kind made from the same inputs, within one transaction."""

    connection: Connection
    kind: str
    inputs_hash: str

    def last(self) -> Document | None:
        """Return the newest, None where there is none."""
        return latest_document(self.connection, kind=self.kind, inputs_hash=self.inputs_hash)

    def every(self) -> list[Document]:
        """Return all, oldest first."""
        return documents(self.connection, kind=self.kind, inputs_hash=self.inputs_hash)

    def append(self, body: Mapping[str, Any], *, now: datetime) -> Document:
        """Append one and return it."""
        return put_document(self.connection, kind=self.kind, body=body, now=now,
                            inputs_hash=self.inputs_hash, schema_version=1)


def put_document(connection: Connection, *, kind: str, body: Mapping[str, Any], inputs_hash: str,
                 now: datetime, schema_version: int) -> Document:
    """Append a document and return it with its id. A body with NaN is refused by the ledger."""
    held: dict[str, Any] = {"kind": kind, "schema_version": schema_version, "made_at": now,
            "inputs_hash": inputs_hash, "body": dict(body)}
    made = connection.execute(insert(DOCUMENTS).returning(DOCUMENTS.c.id), held)
    return Document(id=made.scalar_one(), **held)


def documents(connection: Connection, *, kind: str, as_of: datetime | None = None,
              inputs_hash: str | None = None) -> list[Document]:
    """Return the documents of a kind, oldest first, made from given inputs where a hash is given.

    With ``as_of`` those made until then.
    """
    query = select(DOCUMENTS).where(DOCUMENTS.c.kind == kind).order_by(DOCUMENTS.c.id)
    if inputs_hash is not None:
        query = query.where(DOCUMENTS.c.inputs_hash == inputs_hash)
    if as_of is not None:
        query = query.where(DOCUMENTS.c.made_at <= as_of)
    return [_document(row) for row in connection.execute(query).mappings()]


def latest_document(connection: Connection, *, kind: str,
                    inputs_hash: str | None = None) -> Document | None:
    """Return the newest document of a kind, made from given inputs where a hash is given."""
    query = select(DOCUMENTS).where(DOCUMENTS.c.kind == kind).order_by(DOCUMENTS.c.id.desc())
    if inputs_hash is not None:
        query = query.where(DOCUMENTS.c.inputs_hash == inputs_hash)
    row = connection.execute(query.limit(1)).mappings().first()
    return None if row is None else _document(row)


def _document(row: RowMapping) -> Document:
    return Document(**row)
