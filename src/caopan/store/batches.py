"""The list of batches, as the ledger remembers them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from caopan.facts.schema import TABLES
from caopan.store.batch import Batch, Counts
from caopan.store.models import BATCHES, COUNTS, LEANINGS

TICK = timedelta(microseconds=1)
"""The least that one change of the ledger is later than the one before."""


def batches(connection: Connection) -> tuple[Batch, ...]:
    """Return every batch, undone ones too, in the order they were made."""
    counts: dict[int, dict[str, Counts]] = defaultdict(dict)
    for row in connection.execute(select(COUNTS)):
        counts[row.batch_id][row.table_name] = Counts(
            added=row.added, replaced=row.replaced, unchanged=row.unchanged,
            repeated=row.repeated, overruled=row.overruled)
    leanings: dict[int, list[int]] = defaultdict(list)
    for leaning in connection.execute(select(LEANINGS).order_by(LEANINGS.c.earlier_id)):
        leanings[leaning.batch_id].append(leaning.earlier_id)
    rows = connection.execute(select(BATCHES).order_by(BATCHES.c.id))
    return tuple(
        Batch(id=row.id, made_at=row.made_at, note=row.note, files=tuple(row.files),
              tables={name: counts[row.id][name] for name in TABLES if name in counts[row.id]},
              leans_on=tuple(leanings[row.id]), undone_at=row.undone_at)
        for row in rows)


def revision(connection: Connection) -> int:
    """Return how many imports and undos the ledger has seen; it never goes back."""
    made, undone = connection.execute(
        select(func.count(BATCHES.c.id), func.count(BATCHES.c.undone_at))).one()
    return int(made) + int(undone)


def after(connection: Connection, now: datetime) -> datetime:
    """Return ``now``, or the first instant after the ledger's last change where that is later.

    So every change has its own instant and "as known then" has one answer.
    """
    latest: Sequence[datetime | None] = connection.execute(
        select(func.max(BATCHES.c.made_at), func.max(BATCHES.c.undone_at))).one()
    return max([now, *(last + TICK for last in latest if last is not None)])
