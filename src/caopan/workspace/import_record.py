"""The record of imports (导入记录): what each brought, and whether it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caopan.store.batch import Batch
from caopan.store.store import Store
from caopan.store.undo import UnknownBatchError
from caopan.workspace.remembering import Remembered, said


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One import: its batch, and the later ones that must be undone before it, newest first."""

    batch: Batch
    first: tuple[int, ...]

    @property
    def can_undo(self) -> bool:
        """Return whether it can be taken back now."""
        return self.batch.is_active and not self.first

    @property
    def rows(self) -> int:
        """Return the rows it wrote."""
        return sum(counts.added + counts.replaced for counts in self.batch.tables.values())

    def document(self) -> dict[str, object]:
        """Return the import as a JSON row; ``undo_first`` are the batches to undo before it."""
        return {**self.batch.document(), "rows": self.rows, "can_undo": self.can_undo,
                "leans_on": list(self.batch.leans_on), "undo_first": list(self.first)}


def records(store: Store) -> tuple[ImportRecord, ...]:
    """Return every import, the newest first."""
    batches = store.batches()
    return tuple(ImportRecord(batch=batch, first=leaning(batch.id, batches))
                 for batch in reversed(batches))


def record(store: Store, number: int) -> tuple[ImportRecord, Remembered]:
    """Return one import and what it said when it was made.

    Raises:
        UnknownBatchError: there is no such import.
    """
    for each in records(store):
        if each.batch.id == number:
            return each, said(store, number)
    raise UnknownBatchError(number)


def leaning(number: int, batches: Sequence[Batch]) -> tuple[int, ...]:
    """Return the active batches that lean on one, directly or through others, newest first."""
    reached = {number}
    for batch in batches:
        if batch.is_active and reached & set(batch.leans_on):
            reached.add(batch.id)
    return tuple(sorted(reached - {number}, reverse=True))
