"""Documents (文档): what a step found, append-only, so that "as known then" comes for free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from caopan.store.models import DocumentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one result. ``body`` is JSON; ``inputs_hash`` names what it was made from."""

    id: int
    kind: str
    schema_version: int
    made_at: datetime
    inputs_hash: str
    body: Mapping[str, Any]


def put_document(session: Session, *, kind: str, body: Mapping[str, Any], inputs_hash: str,
                 now: datetime, schema_version: int) -> Document:
    """Append a document and return it with its id. A body with NaN is refused by the ledger."""
    row = DocumentRow(kind=kind, schema_version=schema_version, made_at=now,
                      inputs_hash=inputs_hash, body=dict(body))
    session.add(row)
    session.flush()
    return _document(row)


def documents(session: Session, *, kind: str, as_of: datetime | None = None) -> list[Document]:
    """Return the documents of a kind, oldest first; with ``as_of`` those made until then."""
    query = select(DocumentRow).where(DocumentRow.kind == kind).order_by(DocumentRow.id)
    if as_of is not None:
        query = query.where(DocumentRow.made_at <= as_of)
    return [_document(row) for row in session.scalars(query)]


def latest_document(session: Session, *, kind: str,
                    inputs_hash: str | None = None) -> Document | None:
    """Return the newest document of a kind, made from given inputs where a hash is given."""
    query = select(DocumentRow).where(DocumentRow.kind == kind).order_by(DocumentRow.id.desc())
    if inputs_hash is not None:
        query = query.where(DocumentRow.inputs_hash == inputs_hash)
    row = session.scalars(query.limit(1)).first()
    return None if row is None else _document(row)


def _document(row: DocumentRow) -> Document:
    return Document(id=row.id, kind=row.kind, schema_version=row.schema_version,
                    made_at=row.made_at, inputs_hash=row.inputs_hash, body=row.body)
