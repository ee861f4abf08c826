"""The import desk (导入台): uploads, what they would do, the record of what was taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from caopan.store.store import Store
from caopan.units.clock import now
from caopan.workspace import column_map as column_maps
from caopan.workspace import correcting, import_record, looking
from caopan.workspace import freshness as fresh
from caopan.workspace import mapping as mappings
from caopan.workspace.column_map import ColumnMap
from caopan.workspace.correcting import Cell
from caopan.workspace.freshness import Freshness
from caopan.workspace.import_record import ImportRecord
from caopan.workspace.incoming import Incoming, Upload
from caopan.workspace.look import Look
from caopan.workspace.progress import Progress, silent
from caopan.workspace.records import ImportResult
from caopan.workspace.remembering import Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDesk:
    """What an operator does with files before and after they are facts; ``Workspace.imports``."""

    store: Store

    @property
    def incoming(self) -> Incoming:
        """The shelf of uploads: files that were received and are no import yet."""
        return Incoming(root=self.store.folder.root / "incoming")

    def look(self, upload: Upload, *, progress: Progress = silent) -> Look:
        """Say what an upload would do, keep the answer beside its files, and write no fact.

        Raises:
            CaopanError: as ``Workspace.import_files``.
        """
        return looking.look(self.store, self.incoming, upload, now=now(), progress=progress)

    def take_in(self, upload: Upload, *, progress: Progress = silent) -> ImportResult:
        """Import an upload as one batch and let its files go.

        Raises:
            CaopanError: as ``Workspace.import_files``, or no file could be imported.
        """
        return looking.take_in(self.store, self.incoming, upload, now=now(), progress=progress)

    def active(self) -> tuple[int, ...]:
        """Return the imports that count, in the order they were made."""
        return looking.against(self.store)

    def column_map(self, upload: Upload, file: str, *, table: str | None = None,
                   sheet: str | None = None) -> ColumnMap:
        """Return what the columns of an uploaded file, or of one sheet of it, probably are.

        Raises:
            CaopanError: there is no such file or sheet, or it is no table.
        """
        found = looking.upload_file(self.incoming, upload, file)
        saved = mappings.saved_mappings(self.store)
        shown = column_maps.column_map(found, table=table, name="", sheet=sheet, saved=saved)
        among = shown.sheet or "" if len(shown.sheets) > 1 else ""
        return replace(shown, name=column_maps.suggested(file, taken=saved, sheet=among))

    def save_column_map(self, shown: ColumnMap, *, name: str, to: Sequence[str],
                        handling: Sequence[str]) -> str:
        """Save what a person chose for each column; files with these columns are known then.

        Raises:
            CaopanError: a column is unanswered, one is lacking, or one must not be stored.
        """
        return column_maps.save(self.store, shown, name=name, to=to, handling=handling).name

    def correct(self, upload: Upload, cell: Cell, *, new: str) -> Upload:
        """Read something else in place of one cell; the file stays as it is.

        The change is kept with the upload and counts from the next look on.

        Raises:
            CaopanError: there is no such cell, or too many were mended.
        """
        return self._kept(correcting.correct(self.incoming, upload, cell, new=new))

    def take_back(self, upload: Upload, number: int) -> Upload:
        """Read a cell as it is written again; ``number`` counts the corrections from 0.

        Raises:
            CaopanError: there is no such correction.
        """
        return self._kept(correcting.taken_back(upload, number))

    def freshness(self) -> tuple[Freshness, ...]:
        """Return the latest moment of every source and how old it is."""
        return fresh.freshness(self.store, now=now())

    def records(self) -> tuple[ImportRecord, ...]:
        """Return every import, the newest first, and what must be undone before it."""
        return import_record.records(self.store)

    def record(self, batch: int) -> tuple[ImportRecord, Remembered]:
        """Return one import and what it said when it was made.

        Raises:
            CaopanError: there is no such import.
        """
        return import_record.record(self.store, batch)

    def _kept(self, upload: Upload) -> Upload:
        self.incoming.keep(upload)
        return upload
