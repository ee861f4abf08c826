"""Verbs of run sheets; a part of ``Workspace``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from caopan.plan.run_sheet import RunSheet
from caopan.store.store import Store
from caopan.units.clock import now
from caopan.units.message import Language
from caopan.workspace.answers import Kept
from caopan.workspace.progress import silent

if TYPE_CHECKING:
    from caopan.plan.lint import Lint
    from caopan.plan.sheet_difference import SheetDifference
    from caopan.plan.sheet_edit import Edit
    from caopan.workspace.lineup import LineUpResult
    from caopan.workspace.live.rehearse import RehearsedShow
    from caopan.workspace.planned_show import PlannedShow
    from caopan.workspace.run_sheets import Head, KeptSheet
    from caopan.workspace.sheet_files import SheetFile
    from caopan.workspace.sheet_look import SheetLook
    from caopan.workspace.sheet_proposal import Proposal


class SheetVerbs:
    """What a person does with the run sheets of planned sessions (节目单)."""

    __slots__ = ()

    store: Store
    kept: Kept

    def run_sheets(self, session: str | None = None) -> tuple[KeptSheet, ...]:
        """Return the kept versions of a session's run sheet, or of all, oldest first."""
        from caopan.workspace import run_sheets

        return run_sheets.kept(self.store, session)

    def run_sheet(self, session: str | None = None, *, version: int | None = None) -> KeptSheet:
        """Return a kept version, the last where none is said.

        Raises:
            CaopanError: there is none.
        """
        from caopan.workspace import run_sheets

        return run_sheets.one(self.store, session, version)

    def run_sheet_heads(self, session: str) -> tuple[Head, ...]:
        """Return what there is of a session's run sheet, oldest first, without its items."""
        from caopan.workspace import run_sheets

        return run_sheets.heads(self.store, session)

    def last_run_sheets(self) -> dict[str, KeptSheet]:
        """Return the last version of every session's run sheet, by session."""
        from caopan.workspace import run_sheets

        return run_sheets.latest(self.store)

    def look_at_sheet(self, session: str, *, beside: int | None = None) -> SheetLook:
        """Return a session's run sheet as it stands: its times, its sums, what is wrong.

        Args:
            session: of which session.
            beside: the version its times are compared with; None: the first.

        Raises:
            CaopanError: none is kept.
        """
        from caopan.workspace import sheet_look

        return sheet_look.look(self.store, session, beside=beside)

    def planned_show(self, session: str) -> PlannedShow:
        """Return what is known of a session: as it is planned, else as it was held."""
        from caopan.workspace import planned_show

        return planned_show.planned_show(self.store, session)

    def planned_shows(self) -> tuple[PlannedShow, ...]:
        """Return the planned sessions that are still to come or on air, the next first."""
        from caopan.workspace import planned_show

        return planned_show.coming(self.store, now=now())

    def keep_run_sheet(self, session: str, sheet: RunSheet | Mapping[str, object], *,
                       after: int | None = None) -> KeptSheet:
        """Keep a run sheet as the next version of a session's.

        Args:
            session: of which session.
            sheet: the run sheet, or its JSON.
            after: the version it was made from; another one meanwhile is refused.

        Raises:
            CaopanError: the JSON has faults, or somebody kept another version meanwhile.
        """
        from caopan.workspace import run_sheets

        return run_sheets.keep(self.store, session, sheet, now=now(), after=after)

    def run_sheet_difference(self, session: str, *, before: int, after: int) -> SheetDifference:
        """Return what differs between two versions.

        Raises:
            CaopanError: there is no such version.
        """
        from caopan.workspace import run_sheets

        return run_sheets.compared(self.store, session, before, after)

    def check_run_sheet(self, sheet: RunSheet | Mapping[str, object], *,
                        start: datetime | None = None,
                        minutes: float | None = None) -> tuple[Lint, ...]:
        """Return what is wrong with a run sheet, each with the change that mends it.

        Args:
            sheet: the run sheet, or its JSON.
            start: when the session begins; None: anchors are not looked at.
            minutes: how long it is planned to last; None: an over-run is not looked at.

        Raises:
            CaopanError: the JSON has faults.
        """
        from caopan.workspace import sheet_checks

        return sheet_checks.checked(self.store, sheet, start=start, minutes=minutes)

    def propose_changes(self, session: str, *, language: Language = "zh",
                        result: LineUpResult | None = None) -> Proposal:
        """Return what a line-up proposed for a session changes of its run sheet, each by itself.

        Args:
            session: of which planned session.
            language: of the titles of what is no product.
            result: a line-up that was worked out already; None: it is now.

        Raises:
            CaopanError: no sheet is kept, nothing can be put in order, or the demands clash.
        """
        from caopan.workspace import lineup, sheet_proposal

        sheet = self.run_sheet(session).sheet
        found = result or lineup.run(self.store, None, now=now(), language=language,
                                     session_id=session, kept=self.kept, progress=silent)
        return sheet_proposal.proposal(sheet, found)

    def planned_sheet(self, session: str) -> RunSheet:
        """Return the planned products of a session as a run sheet, in their planned order."""
        from caopan.workspace import planned_show

        return planned_show.planned_sheet(self.store, session)

    def rehearsed_show(self, session: str) -> RehearsedShow:
        """Return a session's kept run sheet as a rehearsal takes it.

        Raises:
            CaopanError: none is kept.
        """
        from caopan.workspace.live.rehearse import RehearsedShow

        show = self.planned_show(session)
        return RehearsedShow(title=show.name, streamer_id=show.streamer_id or session,
                             sheet=self.run_sheet(session).sheet, starts_at=show.starts_at)

    def run_sheet_book(self, session: str, *, version: int | None = None) -> bytes:
        """Return a kept version as a workbook.

        Raises:
            CaopanError: there is none.
        """
        from caopan.workspace import sheet_book

        return sheet_book.workbook(self.run_sheet(session, version=version).sheet,
                                   session_id=session)

    def export_run_sheet(self, file: Path | str, *, session: str | None = None,
                         version: int | None = None) -> KeptSheet:
        """Write a kept version as a workbook and return it.

        Raises:
            CaopanError: there is none.
        """
        from caopan.workspace import sheet_files

        return sheet_files.to_file(self.store, Path(file), session_id=session, version=version)

    def import_run_sheet(self, file: Path | str, *, session: str | None = None) -> KeptSheet:
        """Do what a workbook changes on the version it was written from, and keep that.

        ``session`` goes before what the file says; an unchanged workbook keeps nothing.

        Raises:
            CaopanError: the file is no such workbook, rows of it have faults, or somebody else
                changed the same since.
        """
        from caopan.workspace import sheet_files

        return sheet_files.from_file(self.store, Path(file), session_id=session, now=now())

    def look_at_run_sheet(self, file: Path | str, *, session: str | None = None) -> SheetFile:
        """Return what a workbook would change; nothing is kept.

        Raises:
            CaopanError: the file is no such workbook, or rows of it have faults.
        """
        from caopan.workspace import sheet_files

        return sheet_files.looked(self.store, Path(file), session_id=session)

    def edit_run_sheet(self, session: str, edits: Iterable[Edit], *,
                       after: int | None = None) -> KeptSheet:
        """Do edits to a session's run sheet and keep what comes of it as the next version.

        Args:
            session: of which session.
            edits: in their order.
            after: the version they were made on; what others changed since stays.

        Raises:
            CaopanError: somebody else changed the same since, or an edit cannot be done.
        """
        from caopan.workspace import run_sheets

        return run_sheets.edit(self.store, session, edits, now=now(), after=after)

    def restore_run_sheet(self, session: str, version: int, *, after: int) -> KeptSheet:
        """Keep a version of before as the next one.

        Raises:
            CaopanError: there is no such version, or somebody kept another one after ``after``.
        """
        from caopan.workspace import run_sheets

        return run_sheets.restore(self.store, session, version, now=now(), after=after)
