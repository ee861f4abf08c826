"""The main job: import, diagnose, write the page one sends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from caopan.diagnose.diagnosis import Diagnosis
from caopan.metrics.reconcile import reconcile
from caopan.report.document import reconciliation
from caopan.report.page import ImportSummary, Page, Reconciliation, grouped
from caopan.report.render import render
from caopan.store.store import Store
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Language, Text
from caopan.units.period import Period
from caopan.workspace import diagnosing, importing
from caopan.workspace.defining import definitions
from caopan.workspace.diagnosing import DiagnoseResult
from caopan.workspace.progress import Progress
from caopan.workspace.records import RunResult
from caopan.workspace.remembering import remembered
from caopan.workspace.synthetic import SYNTHETIC

WRITING = Text(zh="写报告", en="writing the report")
TOLERANCE = 0.3
"""How far product or order totals may lie from session totals (measured: third-party product
tables of eleven of twelve hosts lie within 30 % of their session totals)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the report says about the facts as a whole."""

    span: Period | None
    orders: int
    sessions: int
    refunds_as_of: datetime | None


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
    progress(WRITING, 0, None)
    report, path = _write(store, result, language=language, now=now)
    return RunResult(imported=imported, diagnoses=result.diagnoses, report=report,
                     document_path=path, result=result)


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
    page, body = _made(store, result, language=language, now=now)
    return OneReport(page=page, document=_text(body))


def _diagnosed(store: Store, *, imported: bool, progress: Progress) -> DiagnoseResult:
    """Return the diagnoses; none where an import brought no sessions, which the report says.

    Raises:
        NoSessionsError: nothing was imported now, and nothing there can be diagnosed.
    """
    try:
        return diagnosing.diagnose(store, progress=progress)
    except diagnosing.NoSessionsError:
        if not imported:
            raise
        return DiagnoseResult(diagnoses=(), issues=(), synthetic=False)


def _write(
    store: Store, result: DiagnoseResult, *, language: Language, now: datetime,
) -> tuple[Path, Path]:
    page, body = _made(store, result, language=language, now=now)
    root = Path(store.folder.root)
    report, document = root / "report.html", root / "report.json"
    _replace(report, page)
    _replace(document, _text(body))
    store.put_document("diagnosis", {"report": body}, inputs_hash=_inputs(store), now=now)
    return report, document


def _made(
    store: Store, result: DiagnoseResult, *, language: Language, now: datetime,
) -> tuple[str, dict[str, object]]:
    """Return the page of a result, and the same as data."""
    known = definitions(result.diagnoses)
    page = Page(diagnoses=result.diagnoses, definitions=tuple(known.values()),
                imports=_summary(store, result, now=now))
    body = {"made_at": now.isoformat(), "workspace": Path(store.folder.root).name,
            **result.document(language), "forecasts": [],
            "reconciliation": reconciliation(page.imports.reconciliation),
            "skipped": [{"file": skipped.file, "reason": skipped.reason.say(language)}
                        for skipped in page.imports.skipped]}
    return render(page, language=language), body


def _text(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1, default=str)


def _summary(store: Store, result: DiagnoseResult, *, now: datetime) -> ImportSummary:
    told = remembered(store)
    facts = _facts(store)
    own = grouped(result.issues)
    return ImportSummary(
        workspace=Path(store.folder.root).name, made_at=now, imported=told.files,
        skipped=told.skipped,
        issues=(*own, *told.issues), joins=told.joins,
        reconciliation=_reconciled(store, result),
        span=facts.span, synthetic=result.synthetic, orders=facts.orders or None,
        sessions=facts.sessions, refunds_as_of=facts.refunds_as_of)


def _facts(store: Store) -> _Facts:
    tables = store.tables()
    sessions, orders = tables["sessions"], tables["orders"]
    shows = store.fetch(sessions.aggregate(
        n=sessions.count(), first=sessions.started_at.min(), last=sessions.started_at.max(),
        as_of=sessions.refund_as_of.max())).to_pylist()[0]
    lines = store.fetch(orders.aggregate(n=orders.count(), last=orders.refunded_at.max())
                        ).to_pylist()[0]
    span = None
    if shows["first"] is not None:
        first, last = (shows[end].astimezone(BUSINESS_ZONE).date() for end in ("first", "last"))
        span = Period(start=first, end=last + timedelta(days=1))
    known = [moment for moment in (shows["as_of"], lines["last"]) if moment is not None]
    return _Facts(span=span, orders=lines["n"], sessions=shows["n"],
                  refunds_as_of=max(known) if known else None)


def _reconciled(store: Store, result: DiagnoseResult) -> tuple[Reconciliation, ...]:
    """Return the standing check of product and order totals for the subjects shown."""
    rows = store.fetch(reconcile(store.tables(), tolerance=TOLERANCE)).to_pylist()
    names = {one.subject.id: one.subject.name for one in result.diagnoses}
    found = [Reconciliation(
        subject=names[row["subject"]], product_total=row["witness_gmv"],
        session_total=row["sessions_gmv"], ratio=row["ratio"], within=not row["off"],
        currency=row["currency"] or "CNY", witness=row["witness"], sessions=row["sessions"],
        period=Period(start=row["start"], end=row["end"]) if row["start"] else None)
        for row in rows
        if row["subject"] in names and row["witness"] != "orders"]
    return tuple(found)


def _replace(path: Path, text: str) -> None:
    """Write a file whole: a reader never sees half of it."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _inputs(store: Store) -> str:
    """Return what the result was made from: the imports that count."""
    return ",".join(str(batch.id) for batch in store.batches() if batch.is_active)
