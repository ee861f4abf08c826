"""A batch (批次): one import as the ledger remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caopan.units.clock import BUSINESS_ZONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one batch did to one table, in rows.

    ``added``: keys not known before. ``replaced``: known keys with other values. ``unchanged``:
    known keys with the same values, and derived rows whose key was already known. ``repeated``:
    further rows of a key within the batch itself; of these ``overruled`` had other values than
    the last one, which won.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    repeated: int = 0
    overruled: int = 0

    def document(self) -> dict[str, int]:
        """Return the counts as a JSON row.

        >>> Counts(added=2).document()
        {'rows_added': 2, 'rows_replaced': 0, 'rows_unchanged': 0}
        """
        return {"rows_added": self.added, "rows_replaced": self.replaced,
                "rows_unchanged": self.unchanged}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import: all of it is visible, or none of it.

    ``files``: the names of the files it came from. ``undone_at`` is None while it counts.
    """

    id: int
    made_at: datetime
    note: str
    files: tuple[str, ...]
    tables: dict[str, Counts]
    leans_on: tuple[int, ...]
    undone_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Return whether the batch counts."""
        return self.undone_at is None

    def document(self) -> dict[str, object]:
        """Return the batch as a JSON row; moments stand in the business zone with their offset."""
        return {"batch": self.id, "made_at": local(self.made_at),
                "undone_at": None if self.undone_at is None else local(self.undone_at),
                "note": self.note, "files": list(self.files),
                "tables": {name: counts.document() for name, counts in self.tables.items()}}


def local(moment: datetime) -> str:
    """Return a moment in the business zone with its offset, as ``--as-of`` reads it back.

    >>> from datetime import UTC
    >>> local(datetime(2026, 3, 1, 17, 0, tzinfo=UTC))
    '2026-03-02T01:00:00+08:00'
    """
    return moment.astimezone(BUSINESS_ZONE).isoformat()
