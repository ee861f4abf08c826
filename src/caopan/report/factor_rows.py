"""The waterfall as rows of a table: for narrow screens, and for every further way to split."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import Change
from caopan.report import svg
from caopan.report.factor_words import amount, ends, joined, tone
from caopan.report.levels import Ladder, Step, Total
from caopan.report.scale import Scale, Word
from caopan.report.svg import share
from caopan.report.waterfall import factor_word, ladder_of
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

HEIGHT = 26.0
MIDDLE = HEIGHT / 2
CAP = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One row: a total (``verdict`` None) or a factor, with its bar."""

    name: str
    values: str
    amount: str
    span: str
    tone: str
    verdict: Verdict | None
    bar: Markup
    factor: str = ""
    """The factor's id; empty for a total."""


def factor_rows(change: Change, *, currency: str, words: Words) -> tuple[FactorRow, ...]:
    """Return the rows of a decomposition from the total before to the total after.

    A refused change has no factors; only its two totals are returned.
    """
    return ladder_rows(ladder_of(change, words=words), currency=currency, words=words)


def ladder_rows(ladder: Ladder, *, currency: str, words: Words) -> tuple[FactorRow, ...]:
    """Return the rows of any two totals with the factors between them, first to last."""
    found = ladder.levels
    axis = Scale(low=found.low, high=found.high, start=0.0, end=100.0)
    word = factor_word(ladder.factors, words=words, unit=ladder.unit)
    shown = [number.value(total.minor, unit=ladder.unit, currency=currency,
                          language=words.language) for total in (ladder.before, ladder.after)]
    return (_total(ladder.before, "plan", found.before, axis, shown[0]),
            *(_factor(step, word, axis, ladder.unit, currency, words) for step in found.steps),
            _total(ladder.after, "now", found.after, axis, shown[1]))


def _factor(
    step: Step, word: Word, axis: Scale, unit: Unit, currency: str, words: Words,
) -> FactorRow:
    factor = step.factor
    pair = ends(factor, word=word, unit=unit)
    span = f"{pair[0]} – {pair[1]}" if pair else number.MISSING
    shown = amount(factor, word=word, unit=unit) + word.text
    values = joined(factor, currency=currency, language=words.language, gap=" ")
    name = capital(words.said(factor.name))
    left, right = sorted((axis.at(step.start), axis.at(step.end)))
    parts = [svg.tag("rect", x=share(left), y=MIDDLE - 7, width=share(max(right - left, 0.6)),
                     height=14.0, rx=2.0, class_=f"b {tone(factor)}")]
    if step.low is not None and step.high is not None:
        ends_ = [axis.at(end) for end in (step.low, step.high)]
        parts.append(lying_whisker(ends_[0], ends_[1], MIDDLE, caps=tuple(
            axis.low <= end <= axis.high for end in (step.low, step.high))))
    return FactorRow(name=name, values=values, amount=shown, span=span,
                     tone=tone(factor), verdict=factor.verdict, factor=factor.id,
                     bar=svg.strip(*parts, height=HEIGHT, title=f"{name} {shown} ({span})"))


def lying_whisker(
    left: float, right: float, y: float, *, caps: tuple[bool, ...] = (True, True),
) -> str:
    """Return a whisker along a row between two shares of the width; ``caps`` says which ends.

    >>> lying_whisker(10, 20, 8).count("<line")
    4
    """
    ends_ = (share(left), share(right))
    return (svg.line((ends_[0], y), (ends_[1], y), "cut")
            + svg.line((ends_[0], y), (ends_[1], y), "wh")
            + "".join(svg.line((end, y - CAP), (end, y + CAP), "wh")
                      for end, capped in zip(ends_, caps, strict=True) if capped))


def _total(total: Total, kind: str, place: float, axis: Scale, shown: str) -> FactorRow:
    left, right = sorted((axis.at(max(axis.low, 0.0)), axis.at(place)))
    parts = [svg.tag("rect", x=share(left), y=MIDDLE - 8, width=share(max(right - left, 0.6)),
                     height=16.0, rx=2.0, class_=f"b {kind}")]
    if axis.low > 0:
        zigzag = svg.tag("path", class_="paper", d="M2 1l5 6l-5 6l5 6l-5 6l5 0l5 -6l-5 -6l5 -6"
                         "l-5 -6l5 -6z")
        parts.append(svg.tag("svg", zigzag, x=share(left + 3), y=0.0, width=14.0, height=HEIGHT))
    bar = svg.strip(*parts, height=HEIGHT, title=f"{total.name} {shown}")
    return FactorRow(name=total.name, values=total.note, amount=shown, span="", tone="total",
                     verdict=None, bar=bar)
