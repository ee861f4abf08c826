"""The growth stage (成长阶段) ready to be laid out: the strip and the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report.stage_strip import limit_label, stage_strip
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.number import symbol
from caopan.units.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """Where the subject stands; ``name`` is empty where nobody can tell."""

    name: str
    range: str
    provisional: str
    """Why the stage is not certain; empty where it is."""
    expected: str
    strip: Markup | None
    points: tuple[tuple[str, str], ...]
    """Pairs of a heading and a text: bottleneck, first moves, gate."""


def stage_view(diagnosis: Diagnosis, *, words: Words) -> StageView:
    """Return the stage with its strip."""
    stage, currency = diagnosis.stage, diagnosis.subject.currency
    points = tuple((words(f"stage.{key}"), capital(words.said(text))) for key, text in (
        ("bottleneck", stage.bottleneck), ("moves", stage.first_moves), ("gate", stage.gate))
        if text is not None)
    expected = "" if stage.expected is None else number.interval(
        stage.expected, unit=Unit.MONEY, currency=currency, language=words.language)
    doubt = "" if stage.certain else words(
        "stage.no_interval" if stage.expected is None else "stage.uncertain")
    return StageView(name=words.said(stage.name) if stage.rung is not None else "",
                     range=_range(stage.low, stage.high, currency, words), provisional=doubt,
                     expected=expected, points=points,
                     strip=stage_strip(stage, currency=currency, words=words))


def _range(low: int | None, high: int | None, currency: str, words: Words) -> str:
    said = {key: limit_label(limit, words=words) if limit and high and key == "high" and low
            else symbol(currency) + limit_label(limit or 0, words=words)
            for key, limit in (("low", low), ("high", high))}
    if low and high:
        return words("stage.range", **said)
    if high:
        return words("stage.to", **said)
    return words("stage.from", **said) if low else ""
