"""What the verbs of a workspace answer with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from caopan.facts.issue import Issue
from caopan.ingest.correction import Correction
from caopan.ingest.described import Described
from caopan.store.batch import Counts
from caopan.store.changes import Change
from caopan.units.message import Language, Message, Text

if TYPE_CHECKING:
    from caopan.diagnose.diagnosis import Diagnosis
    from caopan.workspace.diagnosing import DiagnoseResult
    from caopan.workspace.forecast_result import Forecast
    from caopan.workspace.planned_ahead import PlannedAhead


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """One file that was understood: its layout, why it is that one, the rows it gave a table."""

    file: str
    layout: str
    title: Text
    reasons: tuple[Text, ...]
    rows: dict[str, int]
    parts: tuple[Described, ...] = ()
    """Its tables with what each column becomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """One file that was not loaded, and why."""

    file: str
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """How much of one table found its partner in another."""

    table: str
    to: str
    rows: int
    joined: int
    sentence: Text

    def document(self) -> dict[str, object]:
        """Return the join as a JSON row."""
        return {"table": self.table, "to": self.to, "rows": self.rows, "joined": self.joined,
                "sentence": {"zh": self.sentence.zh, "en": self.sentence.en}}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did; ``refused`` is set where it did nothing.

    ``changes`` are the first values that a rehearsal found it would replace, ``corrections`` what
    was read in place of single cells.
    """

    batch: int | None
    dry_run: bool = False
    files: tuple[ImportedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    tables: dict[str, Counts] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    joins: tuple[Join, ...] = ()
    changes: tuple[Change, ...] = ()
    corrections: tuple[Correction, ...] = ()
    refused: Message | None = None

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line and the API."""
        return {
            "batch": self.batch,
            "dry_run": self.dry_run,
            "imported": [{"file": file.file, "layout": file.layout, "rows": file.rows,
                          "reasons": [reason.plain(language) for reason in file.reasons]}
                         for file in self.files],
            "skipped": [{"file": skipped.file, "key": skipped.reason.key,
                         "reason": skipped.reason.say(language),
                         "hint": skipped.reason.advise(language)} for skipped in self.skipped],
            "tables": {name: counts.document() for name, counts in self.tables.items()},
            "issues": [issue.document(language) for issue in self.issues],
            "joins": [join.document() for join in self.joins],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """What the synthetic world put into the workspace."""

    truth: Path
    tables: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What the main job did; ``refused`` is set where there is nothing to report on."""

    imported: ImportResult | None
    diagnoses: tuple[Diagnosis, ...]
    report: Path | None
    document_path: Path | None
    result: DiagnoseResult | None = None
    refused: Message | None = None
    forecasts: tuple[Forecast, ...] = ()
    planned: PlannedAhead | None = None

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line and the API.

        ``findings`` are all subjects' findings in one list, ``forecasts`` every host's next
        session, an outcome each.
        """
        imported = self.imported.document(language) if self.imported else {}
        told = self.result.document(language) if self.result else {"subjects": []}
        subjects = told["subjects"]
        findings = [{"subject": subject["subject"], **finding}
                    for subject in (subjects if isinstance(subjects, list) else [])
                    for finding in subject["findings"]]
        return {"imported": [], "skipped": [], "issues": [], **imported, **told,
                "findings": findings,
                "forecasts": [one.document(language) for one in self.forecasts],
                **(self.planned.document(language) if self.planned else {}),
                "report": self.report,
                "report_json": self.document_path}
