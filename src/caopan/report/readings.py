"""The figures of the period (本期数字): each with its sample, its definition, or why it is —."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report import columns
from caopan.report.page import Definition
from caopan.report.words import Words
from caopan.units import number


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One figure; ``under`` says over how many sessions, or why there is no value."""

    name: str
    value: str
    under: str
    formula: str


def readings(
    diagnosis: Diagnosis, *, definitions: Mapping[str, Definition], words: Words,
) -> tuple[ReadingView, ...]:
    """Return the figures of the period in the order of the diagnosis."""
    count = diagnosis.change.n_after
    return tuple(_reading(name, value, diagnosis, definitions.get(name), words, count)
                 for name, value in diagnosis.figures.items())


def _reading(
    name: str, value: float | None, diagnosis: Diagnosis, known: Definition | None,
    words: Words, count: int,
) -> ReadingView:
    definitions = {name: known} if known else {}
    said = columns.cell(name, value, definitions=definitions,
                        currency=diagnosis.subject.currency, language=words.language)
    if said != number.MISSING:
        under = words("sessions", n=count)
    else:
        under = words("figures.no_column" if count else "figures.no_session")
    return ReadingView(
        name=columns.label(name, definitions=definitions, language=words.language), value=said,
        under=under, formula=words.said(known.formula) if known else "")
