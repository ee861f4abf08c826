"""The store (数据仓): open a workspace, import into it, read it, undo, export.

What reads or writes facts loads DuckDB, Arrow and Ibis itself: the ledger does without them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from caopan.store.batch import Batch
from caopan.store.batches import batches, revision
from caopan.store.current import State, active_batches, state
from caopan.store.damaged import DamagedWorkspaceError, reading_facts
from caopan.store.documents import Document, documents, latest_document, put_document
from caopan.store.engine import IMPORT_MEMORY, READ_MEMORY, connect
from caopan.store.identity import tie
from caopan.store.ledger import Ledger, ledger_of
from caopan.store.lock import WAIT_SECONDS, holding
from caopan.store.migrate import migrate
from caopan.store.models import BATCHES
from caopan.store.settings import (
    MAPPING_PREFIX,
    SALT,
    made_once,
    set_setting,
    setting,
    settings,
    take_setting,
)
from caopan.store.undo import UnknownBatchError, undo
from caopan.store.workspace_folder import WorkspaceFolder, remove_leftovers

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from caopan.store.analytics import Analytics
    from caopan.store.export import Format
    from caopan.store.open_batch import OpenBatch
    from caopan.store.question import Question


@dataclass(slots=True, kw_only=True)
class Store:
    """One open workspace; ``close`` it, or use it in a ``with`` block.

    >>> import tempfile; from datetime import UTC, datetime; import pyarrow as pa
    >>> with Store.open(tempfile.mkdtemp()) as store:
    ...     with store.importing(now=datetime(2026, 3, 1, tzinfo=UTC), note="belts") as batch:
    ...         batch.add("belts", pa.table({"belt_id": ["b1", "b2"], "city": ["义乌", "曹县"]}))
    ...     belts = store.tables()["belts"]
    ...     store.fetch(belts.filter(belts.city == "曹县").belt_id).to_pylist()
    [{'belt_id': 'b2'}]
    """

    folder: WorkspaceFolder
    ledger: Ledger
    memory: str = READ_MEMORY
    _analytics: Analytics | None = field(default=None, init=False)
    _opening: Lock = field(default_factory=Lock, init=False)

    @classmethod
    def open(cls, path: Path | str, *, url: str | None = None, memory: str = READ_MEMORY,
             wait_seconds: float = WAIT_SECONDS) -> Self:
        """Open the workspace in a folder; make it, or bring it up to date, where needed.

        Args:
            path: the folder; made where it is missing.
            url: a PostgreSQL database that keeps the ledger; None: a SQLite file in the folder.
            memory: the ceiling of what analysis holds in memory, as DuckDB writes it (``3GB``).
            wait_seconds: how long a migration waits for an import that is running.

        Raises:
            NewerWorkspaceError: a later version of Caopan made this workspace.
            StrangeLedgerError: the ledger and the folder's facts do not belong together.
            WorkspaceBusyError: the workspace must be migrated and an import is running.
            DamagedWorkspaceError: the ledger or the folder's marker does not read.
        """
        folder = WorkspaceFolder(root=Path(path).absolute())
        folder.facts.mkdir(parents=True, exist_ok=True)
        ledger = ledger_of(folder, url=url)
        try:
            migrate(ledger, folder=folder, wait_seconds=wait_seconds)
            tie(ledger, folder)
        except BaseException:
            ledger.close()
            raise
        return cls(folder=folder, ledger=ledger, memory=memory)

    def again(self) -> Self:
        """Open the same workspace once more, with connections of its own; close it too."""
        return self.open(self.folder.root, url=self.ledger.url, memory=self.memory)

    def close(self) -> None:
        """Close every connection; harmless when done twice."""
        if self._analytics is not None:
            self._analytics.close()
            self._analytics = None
        self.ledger.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        """Close the store."""
        self.close()

    @contextmanager
    def importing(self, *, now: datetime, note: str = "", files: Sequence[str] = (),
                  wait_seconds: float = WAIT_SECONDS) -> Iterator[OpenBatch]:
        """Import: what is added inside the block becomes visible at its end, or never.

        Readers go on undisturbed. After the block ``batch.result`` says what changed.

        Args:
            now: the instant of the import; moved to just after the last change where it is
                not later than that.
            note: words for people.
            files: the names of the files the rows come from.
            wait_seconds: how long to wait for another import.

        Raises:
            WorkspaceBusyError: another import is still running.
            UnwritableError: the disk is full, memory ran out, or the system forbids it.
        """
        with self._open_batch(now, note, files, wait_seconds) as batch:
            yield batch
            batch.commit()

    @contextmanager
    def previewing(self, *, now: datetime, files: Sequence[str] = (),
                   wait_seconds: float = WAIT_SECONDS) -> Iterator[OpenBatch]:
        """Rehearse an import: ``batch.result`` says what would change; nothing is kept.

        Raises:
            WorkspaceBusyError: another import is still running.
        """
        with self._open_batch(now, "", files, wait_seconds) as batch:
            yield batch
            batch.preview()

    def batches(self) -> tuple[Batch, ...]:
        """Return every batch, undone ones too, in the order they were made."""
        with self.ledger.reading() as connection:
            return batches(connection)

    def counting(self) -> tuple[int, ...]:
        """Return the ids of the batches that count now, in order; one query."""
        with self.ledger.reading() as connection:
            return active_batches(connection)

    def batch(self, number: int) -> Batch:
        """Return one batch.

        Raises:
            UnknownBatchError: the ledger has no such batch.
        """
        for batch in self.batches():
            if batch.id == number:
                return batch
        raise UnknownBatchError(number)

    def revision(self) -> int:
        """Return how many imports and undos this ledger has seen; one query, cheap to repeat."""
        with self.ledger.reading() as connection:
            return revision(connection)

    def undo(self, number: int, *, now: datetime, wait_seconds: float = WAIT_SECONDS) -> Batch:
        """Undo one batch, exactly, and return it as it now stands.

        Raises:
            UnknownBatchError: the ledger has no such batch.
            AlreadyUndoneError: the batch does not count any more.
            LeanedOnError: later batches were compared with its rows and must go first.
            WorkspaceBusyError: an import is running.
        """
        with (holding(self.folder, wait_seconds=wait_seconds),
              self.ledger.writing() as connection):
            undo(connection, number, now=now)
        return self.batch(number)

    def tables(self, *, as_of: datetime | None = None) -> dict[str, ibis.Table]:
        """Return every canonical table as it is now, or as it was known at an instant.

        Each has all its canonical columns, ``extra`` (the ``x_…`` columns as JSON text) and
        ``_batch`` (the import that brought the row). The tables of one call agree with each
        other, and stay as they are while later imports go on.
        """
        analytics = self._reader()
        with self.ledger.reading() as connection:
            known = analytics.known(active_batches(connection, as_of=as_of))
            return known or analytics.tables(state(connection, as_of=as_of))

    def fetch(self, expression: ibis.Expr) -> pa.Table:
        """Run an expression over this store's tables and return its rows."""
        return self._reader().fetch(expression)

    def ask(self, question: Question) -> pa.Table:
        """Answer a question over this store's tables as they are now.

        Unlike an expression it is not built anew for other values: that takes longest of all.
        """
        return self._reader().ask(question, self.tables())

    def export(self, to: Path | str, *, form: Format | None = None,
               as_of: datetime | None = None) -> dict[str, int]:
        """Write every non-empty table in the canonical format; return the rows of each.

        Raises:
            StaleExportError: the folder holds canonical tables this export would not replace.
        """
        from caopan.store.export import Format, export

        with self.ledger.reading() as connection:
            now_true: State = state(connection, as_of=as_of)
        target = Path(to)
        target.mkdir(parents=True, exist_ok=True)
        with (reading_facts(self.folder.facts),
              closing(connect(spill=target / ".spill", memory=IMPORT_MEMORY)) as duck):
            return export(duck, now_true, root=self.folder.root, to=target, form=form or Format.CSV)

    def put_document(self, kind: str, body: Mapping[str, Any], *, inputs_hash: str, now: datetime,
                     schema_version: int = 1) -> Document:
        """Append a document (JSON, no NaN) and return it with its id."""
        with self.ledger.writing() as connection:
            return put_document(connection, kind=kind, body=body, inputs_hash=inputs_hash, now=now,
                                schema_version=schema_version)

    def documents(self, kind: str, *, as_of: datetime | None = None,
                  inputs_hash: str | None = None) -> list[Document]:
        """Return the documents of a kind, oldest first, made from given inputs where it is said.

        With ``as_of`` those made until then.
        """
        with self.ledger.reading() as connection:
            return documents(connection, kind=kind, as_of=as_of, inputs_hash=inputs_hash)

    def latest_document(self, kind: str, *, inputs_hash: str | None = None) -> Document | None:
        """Return the newest document of a kind, made from given inputs where a hash is given."""
        with self.ledger.reading() as connection:
            return latest_document(connection, kind=kind, inputs_hash=inputs_hash)

    def setting(self, key: str) -> Any:  # noqa: ANN401 - any JSON
        """Return a setting's JSON value; None where it was never set."""
        with self.ledger.reading() as connection:
            return setting(connection, key)

    def set_setting(self, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Set a setting to a JSON value."""
        with self.ledger.writing() as connection:
            set_setting(connection, key, value)

    def take_setting(self, key: str, value: Any) -> bool:  # noqa: ANN401 - any JSON
        """Remove a setting that has a value and return whether it had it; one caller wins."""
        with self.ledger.writing() as connection:
            return take_setting(connection, key, value)

    def mappings(self) -> dict[str, Any]:
        """Return the saved mappings of unknown files, by name."""
        with self.ledger.reading() as connection:
            return settings(connection, prefix=MAPPING_PREFIX)

    def save_mapping(self, name: str, mapping: Mapping[str, Any]) -> None:
        """Save a mapping under a name, replacing the earlier one of that name."""
        self.set_setting(MAPPING_PREFIX + name, dict(mapping))

    def salt(self) -> bytes:
        """Return this workspace's 32 secret random bytes, made once."""
        found = self.setting(SALT)
        if found is None:
            with self.ledger.writing() as connection:
                found = made_once(connection, SALT)
        return bytes.fromhex(found)

    @contextmanager
    def _open_batch(self, now: datetime, note: str, files: Sequence[str],
                    wait_seconds: float) -> Iterator[OpenBatch]:
        from caopan.store.open_batch import OpenBatch
        from caopan.store.unwritable import UnwritableError, writing_to

        with holding(self.folder, wait_seconds=wait_seconds):
            self._clear()
            with writing_to(self.folder.root):
                batch = OpenBatch(ledger=self.ledger, folder=self.folder, now=now, note=note,
                                  files=tuple(files))
            try:
                yield batch
            except MemoryError as fault:
                raise UnwritableError(self.folder.root, fault) from fault
            except (UnwritableError, DamagedWorkspaceError):
                batch.close()
                self._clear()
                raise
            finally:
                batch.close()
                if self.folder.staging.exists():
                    shutil.rmtree(self.folder.staging)

    def _clear(self) -> None:
        """Remove what imports without a row in the ledger left behind; hold the lock."""
        with self.ledger.reading() as connection:
            known = frozenset(connection.scalars(select(BATCHES.c.id)))
        remove_leftovers(self.folder, known=known)

    def _reader(self) -> Analytics:
        from caopan.store.analytics import Analytics

        with self._opening:
            if self._analytics is None:
                self._analytics = Analytics(folder=self.folder, memory=self.memory)
            return self._analytics
