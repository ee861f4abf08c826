"""The list of batches, as the ledger remembers them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caopan.facts.schema import TABLES
from caopan.store.batch import Batch, Counts
from caopan.store.models import BatchRow, CountRow, LeaningRow

TICK = timedelta(microseconds=1)
"""The least that one change of the ledger is later than the one before."""


def batches(session: Session) -> tuple[Batch, ...]:
    """Return every batch, undone ones too, in the order they were made."""
    counts: dict[int, dict[str, Counts]] = defaultdict(dict)
    for row in session.scalars(select(CountRow)):
        counts[row.batch_id][row.table_name] = Counts(
            added=row.added, replaced=row.replaced, unchanged=row.unchanged,
            repeated=row.repeated, overruled=row.overruled)
    leanings: dict[int, list[int]] = defaultdict(list)
    for leaning in session.scalars(select(LeaningRow).order_by(LeaningRow.earlier_id)):
        leanings[leaning.batch_id].append(leaning.earlier_id)
    rows = session.scalars(select(BatchRow).order_by(BatchRow.id))
    return tuple(
        Batch(id=row.id, made_at=row.made_at, note=row.note, files=tuple(row.files),
              tables={name: counts[row.id][name] for name in TABLES if name in counts[row.id]},
              leans_on=tuple(leanings[row.id]), undone_at=row.undone_at)
        for row in rows)


def revision(session: Session) -> int:
    """Return how many imports and undos the ledger has seen; it never goes back."""
    made, undone = session.execute(
        select(func.count(BatchRow.id), func.count(BatchRow.undone_at))).one()
    return int(made) + int(undone)


def after(session: Session, now: datetime) -> datetime:
    """Return ``now``, or the first instant after the ledger's last change where that is later.

    So every change has its own instant and "as known then" has one answer.
    """
    made, undone = session.execute(
        select(func.max(BatchRow.made_at), func.max(BatchRow.undone_at))).one()
    return max([now, *(last + TICK for last in (made, undone) if last is not None)])
