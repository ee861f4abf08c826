"""A batch (批次): one import as the ledger remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
