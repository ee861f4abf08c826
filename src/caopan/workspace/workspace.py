"""The public Python entry: one method per verb.

A verb loads what it needs itself: an import must not wait for the numbers, nor the first page of
the console for either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from caopan.store.store import Store
from caopan.units.clock import now
from caopan.units.message import Language
from caopan.workspace import entering, working
from caopan.workspace.answers import Kept
from caopan.workspace.asked import EVERYONE, Asked
from caopan.workspace.campaign_verbs import CampaignVerbs
from caopan.workspace.folder import UnusableFolderError
from caopan.workspace.growth_verbs import GrowthVerbs
from caopan.workspace.plan_verbs import PlanVerbs
from caopan.workspace.progress import Progress, silent
from caopan.workspace.result_verbs import ResultVerbs
from caopan.workspace.rule_verbs import RuleVerbs
from caopan.workspace.sheet_verbs import SheetVerbs
from caopan.workspace.spend_verbs import SpendVerbs
from caopan.workspace.synthetic import SYNTHETIC

if TYPE_CHECKING:
    from caopan.metrics.metric import Metric
    from caopan.store.batch import Batch
    from caopan.workspace.backtesting import BacktestResult
    from caopan.workspace.diagnosing import DiagnoseResult, DiagnoseStream
    from caopan.workspace.forecast_result import ForecastResult
    from caopan.workspace.import_desk import ImportDesk
    from caopan.workspace.mapping import Proposal
    from caopan.workspace.measuring import MetricResult
    from caopan.workspace.records import DemoResult, ImportResult, RunResult
    from caopan.workspace.rooms import Rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace(ResultVerbs, RuleVerbs, PlanVerbs, SheetVerbs, SpendVerbs, CampaignVerbs,
                GrowthVerbs):
    """A workspace (工作区): one folder with everything known of some rooms.

    >>> import tempfile
    >>> with Workspace.open(tempfile.mkdtemp()) as workspace:
    ...     workspace.batches()
    ()
    """

    path: Path
    store: Store
    kept: Kept = field(default_factory=Kept, repr=False, compare=False)

    @classmethod
    def open(cls, path: Path | str, *, url: str | None = None) -> Self:
        """Open the workspace in a folder, made where it is missing.

        Args:
            path: the folder.
            url: a PostgreSQL database for the ledger; None: a SQLite file in the folder.

        Raises:
            CaopanError: the folder holds a workspace this version cannot open.
        """
        try:
            return cls(path=Path(path), store=Store.open(path, url=url))
        except OSError as fault:
            raise UnusableFolderError(Path(path), fault) from fault

    def close(self) -> None:
        """Close every connection."""
        self.store.close()

    def __enter__(self) -> Self:
        """Return the workspace itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        """Close the workspace."""
        self.close()

    def import_files(
        self, paths: Sequence[Path | str], *, source: str | None = None,
        mapping: Path | str | Mapping[str, Any] | None = None, account: str | None = None,
        timezone: str | None = None, year: int | None = None, currency: str | None = None,
        strict: bool = False, dry_run: bool = False, progress: Progress = silent,
    ) -> ImportResult:
        """Import every file under the paths as one batch.

        Args:
            paths: files and folders; folders are walked.
            source: a layout or a platform; None: recognised by content.
            mapping: a mapping file, the name of a saved one, or the mapping itself.
            account: whose files these are, where the files do not say.
            timezone: IANA name of the files' local time.
            year: the year of dates that carry none.
            currency: ISO 4217 code of amounts that carry none.
            strict: refuse the whole batch when any file or row is broken.
            dry_run: say what would happen and write nothing.
            progress: hears how far the import is.

        Raises:
            CaopanError: an option is wrong, another import is running, or the workspace is a
                synthetic one.
        """
        from caopan.workspace import importing

        request = importing.Request(source=source, mapping=mapping, account=account,
                                    timezone=timezone, year=year, currency=currency)
        return importing.import_files(
            self.store, [Path(path) for path in paths], request=request, now=now(), strict=strict,
            dry_run=dry_run, progress=progress)

    @property
    def imports(self) -> ImportDesk:
        """The import desk: uploads, what they would do, and the record of imports."""
        from caopan.workspace.import_desk import ImportDesk

        return ImportDesk(store=self.store)

    def mapping(
        self, file: Path | str, *, table: str | None = None, use: Path | None = None,
        columns: Sequence[str] = (), save: str | None = None, sheet: str | None = None,
    ) -> Proposal:
        """Propose how a file's columns map to a canonical table; save it under a name.

        Args:
            file: the file.
            table: the canonical table; None: the one that fits best.
            use: a mapping file to begin with instead of the guess.
            columns: corrections ``header=column``; an empty column drops the header.
            save: the name to save the mapping under.
            sheet: the sheet of a workbook; None: the first that nobody knows.

        Raises:
            CaopanError: the file cannot be read, or the mapping names what does not exist.
        """
        from caopan.workspace import mapping as mappings

        return mappings.propose(self.store, Path(file), table=table, use=use, columns=columns,
                                 save=save, sheet=sheet)

    def batches(self) -> tuple[Batch, ...]:
        """Return every import, undone ones too, in the order they were made."""
        return self.store.batches()

    def undo(self, batch: int) -> Batch:
        """Take one import back, exactly.

        Raises:
            CaopanError: there is no such batch, it is undone, or later ones lean on it.
        """
        return self.store.undo(batch, now=now())

    def export(self, folder: Path | str, *, parquet: bool = False) -> dict[str, int]:
        """Write everything as canonical tables and return the rows of each.

        Raises:
            CaopanError: the folder holds other canonical tables.
        """
        from caopan.store.export import Format

        form = Format.PARQUET if parquet else Format.CSV
        try:
            return self.store.export(folder, form=form)
        except OSError as fault:
            raise UnusableFolderError(Path(folder), fault) from fault

    def metrics(self) -> tuple[Metric, ...]:
        """Return the catalogue."""
        from caopan.metrics.catalogue import METRICS

        return tuple(METRICS.values())

    def metric(
        self, name: str, *, by: Sequence[str] = (), start: date | None = None,
        end: date | None = None, as_of: datetime | None = None,
    ) -> MetricResult:
        """Return one metric's value by groups.

        Args:
            name: the metric's id.
            by: grouping columns, for example ``("streamer_id", "week")``.
            start: first business day; None: from the beginning.
            end: the day after the last; None: to the end.
            as_of: the instant whose knowledge counts; None: now.

        Raises:
            CaopanError: no such metric or grouping, or the period is empty.
        """
        from caopan.workspace import measuring

        return measuring.measure(self.store, name, by=by, start=start, end=end, as_of=as_of)

    def diagnose(self, asked: Asked = EVERYONE, *, progress: Progress = silent) -> DiagnoseResult:
        """Diagnose one subject, or every one of a grain.

        Args:
            asked: who, over which days and against what.
            progress: hears how far the work is.

        Raises:
            CaopanError: nothing was imported, or nobody has that id.
        """
        return self.diagnoses(asked, progress=progress).whole()

    def diagnoses(self, asked: Asked = EVERYONE, *, progress: Progress = silent) -> DiagnoseStream:
        """Diagnose as ``diagnose`` does, one by one while they are read: for very many subjects.

        Raises:
            CaopanError: nothing was imported, or nobody has that id.
        """
        from caopan.workspace import diagnosing

        return diagnosing.stream(self.store, asked, progress=progress)

    def backtest(self, *, outcome: str = "gmv", level: float = 0.8, start: date | None = None,
                 progress: Progress = silent) -> BacktestResult:
        """Return how good the forecast would have been on the own history.

        Args:
            outcome: ``gmv``, ``units``, ``orders`` or ``viewers``.
            level: of the central range, at most 0.9.
            start: the first business day that is scored; None: after a third of the history.
            progress: hears how far the work is.

        Raises:
            CaopanError: nothing of that name is forecast, or no session says it.
        """
        from caopan.workspace import backtesting

        return backtesting.run(self.store, outcome=outcome, level=level, start=start, now=now(),
                               progress=progress)

    def forecast(self, plan: Path | str | None = None, *, level: float = 0.8,
                 progress: Progress = silent) -> ForecastResult:
        """Return what each planned session may bring: a distribution an outcome.

        Args:
            plan: a file of ``planned_sessions``, or a folder that may also hold
                ``planned_products``; None: the imported plan, as far as it is to come.
            level: of the central range, at most 0.9.
            progress: hears how far the work is.

        Raises:
            CaopanError: not one row of the plan can be used, or there is no range of that level.
        """
        from caopan.workspace import forecasting

        return forecasting.run(self.store, plan=None if plan is None else Path(plan), level=level,
                               now=now(), progress=progress, kept=self.kept)

    @property
    def rooms(self) -> Rooms:
        """Return what is known of every host, merchant and session, remembered between calls."""
        from caopan.workspace.rooms import Rooms

        return Rooms(store=self.store, kept=self.kept)

    def again(self) -> Self:
        """Open the same workspace once more, with connections of its own; close it too."""
        return type(self)(path=self.path, store=self.store.again())

    def key(self, purpose: str) -> bytes:
        """Return a secret key of this workspace for one purpose, the same at every call."""
        return entering.key_of(self.store, purpose)

    def new_ticket(self) -> str:
        """Return a one-time ticket for the console; earlier ones end."""
        return entering.new_ticket(self.store, now=now())

    def redeem(self, ticket: str) -> bool:
        """Return whether a ticket opens the console; it does so once."""
        return entering.redeem(self.store, ticket, now=now())

    def revision(self) -> int:
        """Return how many imports and undos this workspace has seen, by whichever process."""
        return working.revision(self.store)

    def keep_job(self, name: str, body: Mapping[str, Any]) -> None:
        """Write down how a piece of long work stands, so that a restart can tell of it."""
        working.keep(self.store, name, body, now=now())

    def kept_job(self, name: str) -> Mapping[str, Any] | None:
        """Return how a piece of long work stood when it was last written down."""
        return working.kept(self.store, name)

    @property
    def synthetic(self) -> bool:
        """Whether this workspace holds the synthetic world."""
        return bool(self.store.setting(SYNTHETIC))

    def demo(self, *, size: str = "toy", seed: int = 7,
             progress: Progress = silent) -> DemoResult:
        """Fill an empty workspace with the synthetic world; ``truth.json`` holds its truth.

        Raises:
            CaopanError: the workspace holds real data, or there is no such size.
        """
        from caopan.workspace import demonstrating

        return demonstrating.demonstrate(self.store, size=size, seed=seed, now=now(),
                                         progress=progress)

    def run(
        self, paths: Sequence[Path | str] = (), *, account: str | None = None,
        timezone: str | None = None, year: int | None = None, currency: str | None = None,
        language: Language = "zh", progress: Progress = silent,
    ) -> RunResult:
        """Import the paths, diagnose every streamer, write ``report.html`` and ``report.json``.

        Args:
            paths: files and folders; none: report on what is there.
            account: whose files these are, where the files do not say.
            timezone: IANA name of the files' local time.
            year: the year of dates that carry none.
            currency: ISO 4217 code of amounts that carry none.
            language: the report's language.
            progress: hears how far the work is.

        Raises:
            CaopanError: as ``import_files``.
        """
        from caopan.workspace import importing, running

        request = importing.Request(account=account, timezone=timezone, year=year,
                                    currency=currency)
        return running.run(self.store, [Path(path) for path in paths], request=request,
                           language=language, now=now(), progress=progress)
