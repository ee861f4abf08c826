"""One subject's pages ready to be laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import Diagnosis, Subject
from caopan.report.calendar import Day, calendar, days
from caopan.report.dates import day, short_span, span
from caopan.report.evidence import Evidence, evidence
from caopan.report.fall import Fall, fall, tree
from caopan.report.findings import Found, Point, by_money, found, next_moves, unclear
from caopan.report.headline import Figure, figures
from caopan.report.known import sides, without_zeros
from caopan.report.page import Definition
from caopan.report.readings import ReadingView, readings
from caopan.report.stage_view import StageView, stage_view
from caopan.report.steps import StepRow, step_rows
from caopan.report.waterfall import NO_LINKS
from caopan.report.words import Words, clean
from caopan.units import number
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

NAME = 60
TREES, DAYS, OPEN = 4, 62, 12
"""How much of each is printed; the rest is in report.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How much evidence is printed: findings, and rows of each; the rest is in report.json."""

    findings: int = 12
    rows: int = 8


ALONE, AMONG_MANY = Depth(), Depth(findings=6, rows=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Everything the pages of one subject show, in words of one language."""

    key: str
    name: str
    vs: str
    days: int
    measure: str
    """What sales are counted in: ``gmv`` or ``units``."""
    headline: str
    unknown: str
    figures: tuple[Figure, ...]
    fall: Fall
    found: Found
    unclear: tuple[Point, ...]
    moves: tuple[Point, ...]
    stage: StageView
    steps: tuple[StepRow, ...]
    prices: tuple[StepRow, ...]
    n_peers: int
    calendar: Markup | None
    undated: bool
    """Whether there are sessions, and of none of them the day is known."""
    calendar_rows: tuple[tuple[str, ...], ...]
    readings: tuple[ReadingView, ...]
    readings_sub: str
    trees: tuple[Fall, ...]
    change: str
    evidence: tuple[Evidence, ...]
    evidence_more: int
    notes: tuple[tuple[str, str], ...]


def named(subject: Subject, *, words: Words) -> str:
    """Return a subject's name for people, its id where it has none.

    >>> named(Subject(kind="streamer", id="s1", name="", currency="CNY"),
    ...       words=Words(language="zh"))
    's1'
    """
    return clean(subject.name, most=NAME) or clean(subject.id, most=NAME) or words("unnamed")


def section(
    diagnosis: Diagnosis, *, key: str, definitions: Mapping[str, Definition], words: Words,
    depth: Depth = ALONE, links: Mapping[str, str] = NO_LINKS,
) -> Section:
    """Return one subject's pages; ``key`` makes every id on them unique.

    ``links`` says where a factor of the waterfall leads to, by its id.
    """
    diagnosis = without_zeros(diagnosis)
    subject, name = diagnosis.subject, named(diagnosis.subject, words=words)
    ranked = [*by_money(diagnosis.findings, Verdict.SUPPORTED),
              *by_money(diagnosis.findings, Verdict.CANNOT_TELL)]
    change = diagnosis.change
    sold = days(diagnosis.sessions, measure=change.measure)
    steps = step_rows(diagnosis.funnel, definitions=definitions, currency=subject.currency,
                      words=words)
    return Section(
        key=key, name=name, vs=compared(diagnosis, words=words), days=diagnosis.period.days,
        measure=change.measure, headline=words.said(diagnosis.headline),
        unknown=words.said(diagnosis.unknown),
        figures=figures(diagnosis, words=words),
        fall=fall(change, subject=subject, name=name, key=f"{key}w", words=words, links=links),
        found=found(diagnosis, words=words), unclear=unclear(diagnosis, words=words)[:OPEN],
        moves=next_moves(diagnosis, words=words), stage=stage_view(diagnosis, words=words),
        steps=tuple(row for row in steps if not row.money),
        prices=tuple(row for row in steps if row.money),
        n_peers=max((step.n_peers for step in diagnosis.funnel if step.peers), default=0),
        undated=bool(diagnosis.sessions) and not sold,
        calendar=calendar(diagnosis, words=words), calendar_rows=_days(sold, diagnosis, words),
        readings=readings(diagnosis, definitions=definitions, words=words),
        readings_sub=words("figures.sub", n=change.n_after),
        trees=tuple(tree(other, subject=subject, words=words)
                    for other in diagnosis.trees[:TREES]),
        change=number.change(change.after - change.before if any(sides(change)) else None,
                             unit=change.unit, currency=subject.currency, language=words.language),
        evidence=tuple(evidence(finding, diagnosis, definitions=definitions, words=words,
                                most=depth.rows) for finding in ranked[: depth.findings]),
        evidence_more=max(len(ranked) - depth.findings, 0),
        notes=tuple((words.told(note), words.advised(note)) for note in diagnosis.notes))


def compared(diagnosis: Diagnosis, *, words: Words) -> str:
    """Return the period and what it is compared with."""
    key = "vs.peers" if diagnosis.change.against == "peers" else "vs"
    return words(key, period=span(diagnosis.period, language=words.language),
                 compared=short_span(diagnosis.compared_period, language=words.language))


def _days(
    found: tuple[Day, ...], diagnosis: Diagnosis, words: Words,
) -> tuple[tuple[str, ...], ...]:
    currency, unit = diagnosis.subject.currency, diagnosis.change.unit
    return tuple(
        (day(sold.when, language=words.language), str(sold.sessions),
         number.value(sold.sold, unit=unit, currency=currency, language=words.language),
         number.value(sold.minutes, unit=Unit.MINUTES, language=words.language),
         str(sold.aside) if sold.aside else "")
        for sold in found[-DAYS:])
