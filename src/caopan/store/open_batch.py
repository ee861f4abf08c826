"""An import under way: rows come in, and become visible together or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, Table, func, insert, select

from caopan.facts.schema import TABLES
from caopan.store.batch import Batch
from caopan.store.batches import after
from caopan.store.changes import Change, changes
from caopan.store.current import Role, State, current_sql, state
from caopan.store.damaged import reading_facts
from caopan.store.difference import Difference, difference
from caopan.store.engine import IMPORT_MEMORY, connect
from caopan.store.ledger import Ledger
from caopan.store.models import BATCHES, COUNTS, FILES, LEANINGS, SUPERSEDED
from caopan.store.monthly import writable
from caopan.store.staging import Staged, Staging, UnknownTableError
from caopan.store.unwritable import writing_to
from caopan.store.workspace_folder import WorkspaceFolder, sync
from caopan.store.writing import write_held, write_rows, write_superseded

Settled = tuple[Difference, dict[str, Role]]
"""What became of one table: how it differs, and the files that were written for it."""


@dataclass(slots=True, kw_only=True)
class OpenBatch:
    """One import under way (导入中); made by ``Store.importing``, which holds the lock."""

    ledger: Ledger
    folder: WorkspaceFolder
    now: datetime
    note: str = ""
    files: tuple[str, ...] = ()
    _staging: Staging = field(init=False)
    _result: Batch | None = field(init=False, default=None)
    _changes: list[Change] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Open the parking place."""
        self.folder.staging.mkdir()
        self._staging = Staging(folder=self.folder.staging)

    def add(self, table: str, rows: pa.Table, *, derived: bool = False) -> None:
        """Take in rows of one canonical table; memory holds only a bounded part of them.

        ``derived`` rows, inferred from another table's columns, only fill keys that are absent.

        Raises:
            UnknownTableError: the table is not canonical.
            UnknownColumnsError: a column is neither canonical nor ``x_…``.
            WrongKindError: a value does not fit its column's kind.
            MissingKeyError: a required column of the key is empty somewhere.
            UnwritableError: the rows do not fit on the disk or in memory.
        """
        if table not in TABLES:
            raise UnknownTableError(table)
        with writing_to(self.folder.root):
            self._staging.add(TABLES[table], rows, derived=derived)

    def mark(self) -> dict[str, int]:
        """Return the place the batch has reached, for ``discard``."""
        return self._staging.mark()

    def discard(self, mark: Mapping[str, int]) -> None:
        """Take back every row added since a mark: a file that broke off leaves nothing."""
        self._staging.discard(mark)

    def came_from(self, file: str) -> None:
        """Remember the name of a file whose rows are in this batch."""
        self.files = (*self.files, file)

    @property
    def result(self) -> Batch:
        """Return what the import did; only after its ``with`` block has ended well."""
        if self._result is None:
            raise UnfinishedImportError
        return self._result

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the first values of each table that a rehearsed import would replace."""
        return tuple(self._changes)

    def commit(self) -> None:
        """Compare, write the files, then the ledger's rows in one transaction.

        Raises:
            UnwritableError: the disk is full, memory ran out, or the system forbids it.
            DamagedWorkspaceError: what was imported before does not read.
        """
        with writing_to(self.folder.root), reading_facts(self.folder.facts):
            self._settle(writes=True)

    def preview(self) -> None:
        """Compare only: ``result`` says what ``commit`` would do; nothing is written.

        Raises:
            UnwritableError: even the comparison does not fit on the disk or in memory.
            DamagedWorkspaceError: what was imported before does not read.
        """
        with writing_to(self.folder.root), reading_facts(self.folder.facts):
            self._settle(writes=False)

    def close(self) -> None:
        """Close the parked files; a full disk may refuse even that, and they are dropped anyway."""
        with suppress(OSError):
            self._staging.close()

    def _settle(self, *, writes: bool) -> None:
        parked = self._staging.finish()
        with self.ledger.reading() as connection:
            known, batch = state(connection), _next_id(connection)
            made_at = after(connection, self.now)
        with closing(connect(spill=self.folder.staging / "spill", memory=IMPORT_MEMORY)) as duck:
            rows = {name: self._one_table(duck, name, staged, known, batch if writes else None)
                    for name, staged in parked.items()}
        made = Batch(id=batch, made_at=made_at, note=self.note, files=self.files,
                     tables={name: found.counts for name, (found, _) in rows.items()},
                     leans_on=_leans_on(rows))
        if writes:
            with self.ledger.writing() as connection:
                for table, held in _ledger_rows(made, rows):
                    connection.execute(insert(table), held)
        self._result = made

    def _one_table(self, duck: duckdb.DuckDBPyConnection, name: str, staged: Staged,
                   known: State, batch: int | None) -> Settled:
        """Return one table's difference and the files that were written for it."""
        table = TABLES[name]
        current = current_sql(table, known.files(name), root=self.folder.root, connection=duck)
        found = difference(duck, table, parked=staged, current=current)
        if batch is None:
            self._changes += changes(duck, table) if found.counts.replaced else ()
            return found, {}
        place = self.folder.batch(name, batch)
        files = (write_held(table, found.held, batch=batch, folder=place)
                 if found.held is not None and writable(table, found.held) else
                 write_rows(duck, table, fresh=found.fresh, batch=batch, folder=place))
        written: dict[Path, Role] = dict.fromkeys(files, Role.ROWS)
        if found.counts.replaced:
            written[write_superseded(duck, superseded=found.superseded, folder=place)] = (
                Role.SUPERSEDED)
        if written:
            sync(place.parent)
            sync(self.folder.facts)
        return found, {path.relative_to(self.folder.root).as_posix(): role
                       for path, role in written.items()}


def _next_id(connection: Connection) -> int:
    return (connection.scalar(select(func.max(BATCHES.c.id))) or 0) + 1


def _leans_on(rows: Mapping[str, Settled]) -> tuple[int, ...]:
    return tuple(sorted(frozenset[int]().union(*(found.leans_on for found, _ in rows.values()))))


def _ledger_rows(made: Batch, rows: Mapping[str, Settled],
                 ) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Yield the rows that tell of a batch, table by table of the ledger; none is empty."""
    told: dict[Table, list[dict[str, Any]]] = {
        BATCHES: [{"id": made.id, "made_at": made.made_at, "undone_at": None, "note": made.note,
                   "files": list(made.files)}],
        COUNTS: [{"table_name": table, **asdict(counts)}
                 for table, counts in made.tables.items()],
        FILES: [{"path": path, "table_name": table, "role": role.value}
                for table, (_, files) in rows.items() for path, role in files.items()],
        SUPERSEDED: [{"table_name": table, "earlier_id": earlier, "rows": n}
                     for table, (found, _) in rows.items()
                     for earlier, n in found.superseded_counts.items()],
        LEANINGS: [{"earlier_id": earlier} for earlier in made.leans_on],
    }
    for table, held in told.items():
        if held:
            yield table, held if table is BATCHES else [
                {"batch_id": made.id, **row} for row in held]


class UnfinishedImportError(RuntimeError):
    """Raised when an import's result is asked for before it has ended well."""
