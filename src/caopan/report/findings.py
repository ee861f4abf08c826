"""Findings (发现) split by verdict: what is supported, what is unclear, and what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import Diagnosis, Factor, Finding
from caopan.report.evidence import sample
from caopan.report.findings_axis import axis_for, axis_labels, prize_bar
from caopan.report.words import WORDS, Words, capital
from caopan.units import number
from caopan.units.verdict import Verdict

SHOWN, LISTED = 6, 4
"""Findings on the first page, and points in each of the two columns below them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One finding on the axis of money, or of units."""

    rule: str
    verdict: Verdict
    title: str
    under: str
    amount: str
    span: str
    tone: str
    bar: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The supported findings and their axis."""

    rows: tuple[FoundRow, ...]
    axis: Markup | None
    effect: str
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A short statement and what stands under it."""

    lead: str
    under: str
    range: str = ""


def by_money(findings: tuple[Finding, ...], verdict: Verdict) -> list[Finding]:
    """Return the findings of one verdict, most at stake first, those without a price last.

    >>> by_money((), Verdict.SUPPORTED)
    []
    """
    chosen = [finding for finding in findings if finding.verdict is verdict]
    return sorted(chosen, key=lambda finding: -abs(finding.stake.mid) if finding.stake else 1.0)


def found(diagnosis: Diagnosis, *, words: Words) -> Found:
    """Return the supported findings, ranked by what is at stake, on one axis."""
    supported = by_money(diagnosis.findings, Verdict.SUPPORTED)
    return _on_one_axis(supported[:SHOWN], diagnosis, words, more=len(supported) - SHOWN)


def every(diagnosis: Diagnosis, *, words: Words) -> Found:
    """Return all findings on one axis: the supported ones first, then those nobody can tell."""
    ranked = [*by_money(diagnosis.findings, Verdict.SUPPORTED),
              *by_money(diagnosis.findings, Verdict.CANNOT_TELL)]
    return _on_one_axis(ranked, diagnosis, words, more=0)


def _on_one_axis(shown: list[Finding], diagnosis: Diagnosis, words: Words, *, more: int) -> Found:
    axis = axis_for(finding.stake for finding in shown)
    levels = {finding.stake.level for finding in shown if finding.stake}
    effect = words("found.effect_level", level=number.level(levels.pop())) if len(
        levels) == 1 else words("found.effect")
    rows = []
    for finding in shown:
        amount, span = _worth(finding, diagnosis, words)
        title = capital(words.said(finding.title))
        bar = Markup("") if axis is None else prize_bar(
            finding.stake, axis=axis, verdict=finding.verdict,
            title=words("found.bar", title=title, amount=amount, span=span))
        rows.append(FoundRow(rule=finding.rule, verdict=finding.verdict, title=title, amount=amount,
                             under=_under(finding, words), span=span, tone=_tone(finding),
                             bar=bar))
    return Found(rows=tuple(rows), axis=axis_labels(axis, words=words, unit=diagnosis.change.unit)
                 if axis else None, effect=effect, more=max(more, 0))


def unclear(diagnosis: Diagnosis, *, words: Words) -> tuple[Point, ...]:
    """Return what cannot be told: findings first, then the factors nobody can tell, grouped."""
    points = [
        Point(lead=capital(words.said(finding.title)),
              under=capital(words.said(finding.settle)) or words("open.more"),
              range=_worth(finding, diagnosis, words)[1])
        for finding in by_money(diagnosis.findings, Verdict.CANNOT_TELL)]
    refused = diagnosis.change.refused
    if refused is not None:
        parts = (words.told(refused), words.advised(refused))
        points.append(Point(lead=words("refused.open"),
                            under=words("semicolon").join(part for part in parts if part)))
    for key, factors in _open_factors(diagnosis).items():
        names = words("and").join(words.said(factor.name) for factor in factors)
        points.append(Point(lead=capital(names), under=words(f"unclear.{key}")))
    return tuple(points)


def next_moves(diagnosis: Diagnosis, *, words: Words) -> tuple[Point, ...]:
    """Return the advice of supported findings, one action each, then the stage's first moves."""
    points: dict[str, Point] = {}
    for finding in by_money(diagnosis.findings, Verdict.SUPPORTED):
        lead, rest = first_sentence(words.said(finding.advice))
        if lead:
            under = rest or words.said(finding.title)
            points.setdefault(lead, Point(lead=capital(lead), under=capital(under)))
    if not points and diagnosis.stage.first_moves is not None:
        lead, rest = first_sentence(words.said(diagnosis.stage.first_moves))
        points[lead] = Point(lead=capital(lead), under=capital(rest))
    return tuple(points.values())


def first_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence without its full stop, and the rest.

    >>> first_sentence("提早开播。抽签试 6 场。"), first_sentence("Start at 19.30. Try six.")
    (('提早开播', '抽签试 6 场。'), ('Start at 19.30', 'Try six.'))
    """
    parts = re.split(r"[。；]|\. |; ", text, maxsplit=1)
    lead = parts[0].rstrip("。.； ")
    return lead, parts[1].strip() if len(parts) > 1 else ""


def _open_factors(diagnosis: Diagnosis) -> dict[str, list[Factor]]:
    said = {finding.signal.metric for finding in diagnosis.findings}
    groups: dict[str, list[Factor]] = {}
    for factor in diagnosis.change.factors:
        if factor.verdict is Verdict.CANNOT_TELL and factor.id not in said:
            key = ("no_interval" if factor.interval is None
                   else "crosses" if factor.interval.holds(0.0) else "weak")
            groups.setdefault(key, []).append(factor)
    return groups


def _worth(finding: Finding, diagnosis: Diagnosis, words: Words) -> tuple[str, str]:
    """Return what a finding is worth in the unit of the change, and its range."""
    stake, change = finding.stake, diagnosis.change
    if stake is None:
        return number.MISSING, words.of("found.no_prize", change.measure)
    amount = number.change(stake.mid, unit=change.unit, currency=diagnosis.subject.currency,
                           language=words.language)
    return amount, number.change_span(stake, unit=change.unit, language=words.language)


def _tone(finding: Finding) -> str:
    if finding.stake is None or finding.verdict is Verdict.CANNOT_TELL:
        return "unknown"
    return "loss" if finding.stake.mid < 0 else "gain"


def _under(finding: Finding, words: Words) -> str:
    key = f"severity.{finding.severity}"
    severity = words(key) if key in WORDS else finding.severity
    return f"{severity} · {sample(finding.signal, words=words)}"
