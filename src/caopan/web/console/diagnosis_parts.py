"""诊断 · Parts of a diagnosis page: the sessions behind a number, and what one takes away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response

from caopan.access.action import Action
from caopan.diagnose.diagnosis import Diagnosis
from caopan.report import columns
from caopan.report.document import amount, in_unit
from caopan.report.session_dots import Dot, Reading, session_dots
from caopan.report.words import Words
from caopan.units import number
from caopan.units.unit import Unit
from caopan.web.console.diagnosis import known
from caopan.web.console.diagnosis_query import PARTS, Asked
from caopan.web.console.diagnosis_steady import starts, steadiness, without_one
from caopan.web.csv_answer import csv_answer
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.behind import Behind
from caopan.workspace.defining import definition

FINDINGS = ("rule", "verdict", "severity", "title", "at_stake", "low", "high", "level", "unit",
            "currency", "metric", "value", "comparison", "n", "n_comparison", "n_of", "p_value",
            "advice", "settle", "source", "confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One session behind a reading, in words."""

    id: str
    started: str
    present: bool
    counts: bool
    above: str
    below: str
    value: str


def behind(visit: Visit) -> Response:
    """Show every session of both periods with what a metric reads of each."""
    asked = Asked.of(visit)
    metric = visit.query.get("metric", "")
    diagnosis = diagnosis_of(visit, asked)
    if diagnosis is None or not visit.is_fragment:
        return visit.go(asked.address())
    words = Words(language=visit.language)
    found = visit.workspace.behind(diagnosis, metric=metric)
    strongest = without_one(found)
    said = tuple(_read(value, found, diagnosis, words)
                 for value in (found.levels[0], strongest and strongest[1]))
    return visit.show("diagnosis/behind.html", w=words, asked=asked,
                      steady=steadiness(found, said=said, words=words),
                      starts=starts(found, diagnosis), drawing=_drawing(found, diagnosis, words),
                      rows=list(_rows(found, diagnosis, words)), asked_metric=metric,
                      heads=[label(name, words) for name in
                             (found.numerator, found.denominator, found.metric)],
                      reading=label(found.metric, words), other=found.metric != metric)


def report_page(visit: Visit) -> Response:
    """Return the report of this subject and period as one page to send."""
    asked = Asked.of(visit)
    diagnosis = diagnosis_of(visit, asked)
    if diagnosis is None:
        return visit.go(asked.address())
    made = visit.workspace.report_on(diagnosis, language=visit.language)
    return taken(made.page, "text/html; charset=utf-8", f"{file_of(diagnosis)}.html")


def report_data(visit: Visit) -> Response:
    """Return the report of this subject and period as data."""
    asked = Asked.of(visit)
    diagnosis = diagnosis_of(visit, asked)
    if diagnosis is None:
        return visit.go(asked.address())
    made = visit.workspace.report_on(diagnosis, language=visit.language)
    return taken(made.document, "application/json", f"{file_of(diagnosis)}.json")


def findings(visit: Visit) -> Response:
    """Return the findings as CSV; an empty cell cannot be told.

    What is at stake is in the major unit of the currency where ``unit`` says ``money``, else in
    units sold and without a currency; ratios are 0-1.
    """
    asked = Asked.of(visit)
    diagnosis = diagnosis_of(visit, asked)
    if diagnosis is None:
        return visit.go(asked.address())
    words = Words(language=visit.language)
    return csv_answer(f"{file_of(diagnosis)}-findings.csv", FINDINGS,
                      _finding_rows(diagnosis, words))


def _drawing(found: Behind, diagnosis: Diagnosis, words: Words) -> Markup | None:
    known_as = definition(found.metric)
    dots = [Dot(day=row.day, side=row.side, value=row.value, counts=row.counts)
            for row in found.rows if row.value is not None]
    reading = Reading(name=label(found.metric, words), levels=found.levels,
                      unit=known_as.unit if known_as else Unit.TIMES,
                      currency=diagnosis.subject.currency)
    return session_dots(dots, reading, key="dx-dots", words=words)


def _rows(found: Behind, diagnosis: Diagnosis, words: Words) -> Iterator[RowView]:
    def said(name: str, value: float | None) -> str:
        known_as = definition(name)
        whole = int(value) if value is not None and value.is_integer() and (
            known_as is None) else value
        return columns.cell(name, whole, definitions={name: known_as} if known_as else {},
                            currency=diagnosis.subject.currency, language=words.language)

    for row in reversed(found.rows):
        yield RowView(
            id=row.session_id, started=columns.written(row.started_at), present=bool(row.side),
            counts=row.counts, above=said(found.numerator, row.above),
            below=said(found.denominator, row.below),
            value=_read(row.value, found, diagnosis, words))


def _read(value: float | None, found: Behind, diagnosis: Diagnosis, words: Words) -> str:
    known_as = definition(found.metric)
    return number.value(value, unit=known_as.unit if known_as else Unit.TIMES,
                        currency=diagnosis.subject.currency, language=words.language)


def _finding_rows(diagnosis: Diagnosis, words: Words) -> Iterator[list[object]]:
    currency, unit = diagnosis.subject.currency, diagnosis.change.unit
    for one in diagnosis.findings:
        signal, stake = one.signal, one.stake
        known_as = definition(signal.metric)
        money = known_as is not None and known_as.unit is Unit.MONEY
        values = [amount(value, currency=currency) if money else value
                  for value in (signal.value, signal.comparison)]
        ends = [in_unit(end, unit, currency)
                for end in (stake.mid, stake.low, stake.high)] if stake else [None, None, None]
        yield [one.rule, one.verdict.value, one.severity, words.said(one.title),
               *(None if end is None else float(end) for end in ends),
               stake.level if stake else None, unit.value,
               None if unit is Unit.UNITS else currency, signal.metric,
               *(None if value is None else float(value) for value in values), signal.n,
               signal.n_comparison, signal.n_of, signal.p_value, words.said(one.advice),
               words.said(one.settle), words.said(one.source), one.confidence]


def diagnosis_of(visit: Visit, asked: Asked) -> Diagnosis | None:
    """Return the diagnosis that an address asks for; None where it must be worked out first."""
    found = known(visit, asked.question)
    return None if found is None else found.diagnosis


def label(name: str, words: Words) -> str:
    """Return what a metric or a sum is called above a column.

    >>> label("gmv_per_session", Words(language="en"))
    'GMV per session'
    """
    known_as = definition(name)
    return columns.label(name, definitions={name: known_as} if known_as else {},
                         language=words.language)


def file_of(diagnosis: Diagnosis) -> str:
    """Return what a file about a diagnosis is called, without its ending."""
    return f"caopan-{diagnosis.subject.id}-{diagnosis.period.start}-{diagnosis.period.end}"


def taken(text: str, kind: str, name: str) -> Response:
    """Return a text as a file to take away; its name loses what a header cannot hold.

    >>> taken("{}", "application/json", "林晚 1.json").headers["content-disposition"]
    'attachment; filename="___1.json"'
    """
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_"
                    for letter in name)
    return Response(text, media_type=kind, headers={
        "content-disposition": f'attachment; filename="{plain}"'})


SCREENS = (
    Screen(path=PARTS + "/behind/{grain}/{id:path}", action=Action.READ, show=behind),
    Screen(path=PARTS + "/report.html/{grain}/{id:path}", action=Action.EXPORT, show=report_page),
    Screen(path=PARTS + "/report.json/{grain}/{id:path}", action=Action.EXPORT, show=report_data),
    Screen(path=PARTS + "/findings.csv/{grain}/{id:path}", action=Action.EXPORT, show=findings),
)
