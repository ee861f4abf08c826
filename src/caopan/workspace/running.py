"""The main job: import, diagnose, write the page one sends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report.document import reconciliation
from caopan.report.orders import orders_document
from caopan.report.page import Page
from caopan.report.render import render
from caopan.store.store import Store
from caopan.units.message import Language, Text
from caopan.workspace import diagnosing, forecasting, importing
from caopan.workspace.answers import Kept
from caopan.workspace.asked import EVERYONE
from caopan.workspace.defining import definitions
from caopan.workspace.diagnosing import DiagnoseResult
from caopan.workspace.forecast_result import ForecastResult
from caopan.workspace.ordering import orders_said
from caopan.workspace.planned_ahead import PlannedAhead, planned_ahead
from caopan.workspace.progress import Progress
from caopan.workspace.quality import quality
from caopan.workspace.records import RunResult
from caopan.workspace.synthetic import SYNTHETIC

WRITING = Text(zh="写报告", en="writing the report")


def run(
    store: Store, paths: Sequence[Path], *, request: importing.Request, language: Language,
    now: datetime, progress: Progress,
) -> RunResult:
    """Import, diagnose every streamer and write both reports; see ``Workspace.run``.

    Raises:
        CaopanError: as ``import_files``, or nothing there can be diagnosed.
    """
    imported = None
    if paths:
        imported = importing.import_files(store, paths, request=request, now=now, strict=False,
                                          dry_run=False, progress=progress)
        if imported.refused is not None:
            return RunResult(imported=imported, diagnoses=(), report=None, document_path=None,
                             refused=imported.refused)
    result = _diagnosed(store, imported=imported is not None, progress=progress)
    progress(forecasting.LOOKING_AHEAD, 0, None)
    kept = Kept()
    ahead = forecasting.next_sessions(store, now=now, kept=kept, progress=progress)
    planned = planned_ahead(store, now=now, kept=kept, progress=progress)
    progress(WRITING, 0, None)
    report, path = _write(store, result, ahead, planned, language=language, now=now)
    return RunResult(imported=imported, diagnoses=result.diagnoses, report=report,
                     document_path=path, result=result, forecasts=ahead.forecasts,
                     planned=planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneReport:
    """The report of one subject: the page one sends, and the same as data (JSON text)."""

    page: str
    document: str


def report_on(store: Store, diagnosis: Diagnosis, *, language: Language,
              now: datetime) -> OneReport:
    """Return the report of one kept diagnosis as ``run`` writes it; nothing is written."""
    result = DiagnoseResult(diagnoses=(diagnosis,), issues=(),
                            synthetic=bool(store.setting(SYNTHETIC)))
    page, body = _made(store, result, None, PlannedAhead(), language=language, now=now)
    return OneReport(page=page, document=_text(body))


def _diagnosed(store: Store, *, imported: bool, progress: Progress) -> DiagnoseResult:
    """Return the diagnoses; none where there are no sessions, which the report says.

    Raises:
        NoSessionsError: nothing was imported now, and no sessions and no orders are there.
    """
    try:
        return diagnosing.stream(store, EVERYONE, progress=progress).whole()
    except diagnosing.NoSessionsError:
        if not imported and not orders_said(store):
            raise
        return DiagnoseResult(diagnoses=(), issues=(), synthetic=False)


def _write(
    store: Store, result: DiagnoseResult, ahead: ForecastResult, planned: PlannedAhead, *,
    language: Language, now: datetime,
) -> tuple[Path, Path]:
    page, body = _made(store, result, ahead, planned, language=language, now=now)
    root = Path(store.folder.root)
    report, document = root / "report.html", root / "report.json"
    _replace(report, page)
    _replace(document, _text(body))
    store.put_document("diagnosis", {"report": body}, inputs_hash=_inputs(store), now=now)
    return report, document


def _made(
    store: Store, result: DiagnoseResult, ahead: ForecastResult | None, planned: PlannedAhead, *,
    language: Language, now: datetime,
) -> tuple[str, dict[str, object]]:
    """Return the page of a result, and the same as data."""
    known = definitions(result.diagnoses)
    told = ahead.forecasts if ahead else ()
    names = {one.subject.id: one.subject.name for one in result.diagnoses}
    page = Page(diagnoses=result.diagnoses, definitions=tuple(known.values()),
                imports=quality(store, issues=result.issues, subjects=names, now=now),
                orders=() if result.diagnoses else orders_said(store),
                ahead=tuple(one.ahead() for one in told), ahead_note=ahead.note if ahead else None,
                planned=planned.said())
    body = {"made_at": now.isoformat(), "workspace": Path(store.folder.root).name,
            **result.document(language),
            "forecasts": [one.document(language) for one in told], **planned.document(language),
            "orders": [orders_document(said) for said in page.orders],
            "reconciliation": reconciliation(page.imports.reconciliation),
            "skipped": [{"file": skipped.file, "reason": skipped.reason.say(language)}
                        for skipped in page.imports.skipped]}
    return render(page, language=language), body


def _text(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1, default=str)


def _replace(path: Path, text: str) -> None:
    """Write a file whole: a reader never sees half of it."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _inputs(store: Store) -> str:
    """Return what the result was made from: the imports that count."""
    return ",".join(str(batch.id) for batch in store.batches() if batch.is_active)
