"""The evidence (证据) of a finding: the reading, what it is compared with, and the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caopan.diagnose.diagnosis import Diagnosis, Finding
from caopan.playbook.signal import Against, Signal
from caopan.report import columns
from caopan.report.page import Definition
from caopan.report.words import WORDS, Words, capital
from caopan.units import number
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

ROWS, COLUMNS = 8, 7
"""Rows and columns of an evidence table that are printed unless told otherwise."""
COUNTED = frozenset({"sessions", "orders", "buyers", "products", "peers", "rows"})
"""What a reading may count; anything else is written as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One finding with all that carries it, ready to be laid out."""

    title: str
    verdict: Verdict
    facts: tuple[tuple[str, str], ...]
    """Pairs of a name and a value: reading, comparison, difference, sample, chance."""
    formula: str
    advice: str
    settle: str
    source: str
    heads: tuple[tuple[str, bool], ...]
    """Column names, and whether the column holds numbers."""
    rows: tuple[tuple[str, ...], ...]
    shown: str


def evidence(
    finding: Finding, diagnosis: Diagnosis, *, definitions: Mapping[str, Definition], words: Words,
    most: int = ROWS,
) -> Evidence:
    """Return one finding's evidence; a reading of an unknown metric is printed as a number."""
    names = tuple(dict.fromkeys(name for row in finding.rows for name in row))[:COLUMNS]
    currency = diagnosis.subject.currency
    rows = tuple(
        tuple(columns.cell(name, row.get(name), definitions=definitions, currency=currency,
                           language=words.language) for name in names)
        for row in finding.rows[:most])
    known = definitions.get(finding.signal.metric)
    return Evidence(
        title=capital(words.said(finding.title)), verdict=finding.verdict,
        facts=_facts(finding.signal, definitions, currency, words),
        formula=f"{words.said(known.name)} = {words.said(known.formula)}"
        if known and known.formula != known.name else "",
        advice=words.said(finding.advice), settle=words.said(finding.settle),
        source=_source(finding, words),
        heads=tuple((columns.label(name, definitions=definitions, language=words.language),
                     any(columns.is_number(row.get(name)) for row in finding.rows))
                    for name in names),
        rows=rows, shown=_shown(len(rows), len(finding.rows), words))


def _facts(
    signal: Signal, definitions: Mapping[str, Definition], currency: str, words: Words,
) -> tuple[tuple[str, str], ...]:
    unit = definitions[signal.metric].unit if signal.metric in definitions else None
    name = columns.label(signal.metric, definitions=definitions, language=words.language)
    pairs = [(name, _value(signal.value, unit, currency, words))]
    if signal.against is not Against.LEVEL:
        against = words(f"evidence.against.{signal.against.value}")
        pairs.append((against, _value(signal.comparison, unit, currency, words)))
    if signal.difference is not None:
        kind = "level" if signal.against is Against.LEVEL else "difference"
        write = number.interval if kind == "level" else number.change_interval
        pairs.append((words(f"evidence.{kind}"), write(
            signal.difference, unit=unit or Unit.TIMES, language=words.language)))
    pairs.append((words("evidence.n"), sample(signal, words=words)))
    if signal.p_value is not None:
        pairs.append((words("evidence.p"), number.percent(signal.p_value)))
    if signal.percentile is not None:
        pairs.append((words("evidence.percentile"), f"{100 * signal.percentile:.0f}"))
    return tuple(pairs)


def _value(value: float | None, unit: Unit | None, currency: str, words: Words) -> str:
    if unit is None:
        return number.times(value)
    return number.value(value, unit=unit, currency=currency, language=words.language)


def sample(signal: Signal, *, words: Words) -> str:
    """Return how much a reading rests on, both sides where there are two.

    >>> sample(Signal(metric="gmv", against=Against.PREVIOUS, value=1.0, n=12, n_comparison=13),
    ...        words=Words(language="zh"))
    '12 场 对 13 场'
    """
    now, before = (_counted(count, signal.n_of, words)
                   for count in (signal.n, signal.n_comparison))
    if signal.n_comparison:
        return words("evidence.n_both", now=now, before=before)
    return now


def _counted(count: int, of: str, words: Words) -> str:
    said = number.count(count, language=words.language)
    return words(of, n=said) if of in COUNTED else f"{said} {of}"


def _source(finding: Finding, words: Words) -> str:
    key = f"confidence.{finding.confidence}"
    confidence = words(key) if key in WORDS else finding.confidence
    parts = (words.said(finding.source), confidence, finding.rule)
    return " · ".join(part for part in parts if part)


def _shown(shown: int, total: int, words: Words) -> str:
    return words("evidence.shown", n=shown, total=total) if shown < total else ""
