"""The three figures under the sentence: what was sold, how it changed, what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.diagnose.diagnosis import Change, Diagnosis
from caopan.report.known import sides
from caopan.report.words import Words
from caopan.units import number
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: its name, its value, and what stands under it."""

    label: str
    value: str
    under: str
    tone: str = ""
    """``loss``, ``gain``, ``unknown`` or empty: how the value is coloured."""


def figures(diagnosis: Diagnosis, *, words: Words) -> tuple[Figure, Figure, Figure]:
    """Return sales of the period, their change, and the next month at the present level."""
    return _sold(diagnosis, words), _changed(diagnosis, words), _next(diagnosis, words)


def told(change: Change) -> Verdict:
    """Return whether sales as a whole changed beyond the ordinary, as the diagnosis says.

    >>> from datetime import date
    >>> from caopan.units.message import Text
    >>> from caopan.units.period import Period
    >>> period = Period(start=date(2026, 3, 2), end=date(2026, 3, 3))
    >>> told(Change(identity="x", formula=Text(zh="", en=""), period=period,
    ...             compared_period=period.previous(), before=1, after=2, n_before=3, n_after=3,
    ...             interval=None, method="lmdi", factors=()))
    <Verdict.CANNOT_TELL: 'cannot_tell'>
    """
    return change.verdict


def tone(change: Change) -> str:
    """Return how a change is coloured: only what is supported is a loss or a gain.

    >>> tone.__name__
    'tone'
    """
    if told(change) is Verdict.CANNOT_TELL:
        return "unknown"
    return "loss" if change.after < change.before else "gain"


def _sold(diagnosis: Diagnosis, words: Words) -> Figure:
    change = diagnosis.change
    has_before, has_now = sides(change)
    return Figure(
        label=words(f"figure.{change.measure}", n=diagnosis.period.days),
        value=_sales(change.after, diagnosis, words) if has_now else number.MISSING,
        under=words("figure.before", amount=_sales(change.before, diagnosis, words))
        if has_before else words("figure.no_change" if has_now else "figure.no_sessions"))


def _changed(diagnosis: Diagnosis, words: Words) -> Figure:
    change = diagnosis.change
    has_before, has_now = sides(change)
    if not has_before and not has_now:
        return Figure(label=words("figure.change"), value=number.MISSING, tone="unknown",
                      under=words("figure.no_sessions"))
    return Figure(
        label=words("figure.change"), tone=tone(change),
        value=number.change(change.after - change.before, unit=change.unit,
                            currency=diagnosis.subject.currency, language=words.language),
        under=words("figure.no_change") if not has_before else
        words("figure.no_interval") if change.interval is None else number.change_interval(
            change.interval, unit=change.unit, language=words.language))


def _next(diagnosis: Diagnosis, words: Words) -> Figure:
    stage = diagnosis.stage
    if diagnosis.change.unit is Unit.UNITS:
        return Figure(label=words("figure.next"), value=number.MISSING, tone="unknown",
                      under=words("figure.no_money"))
    last = words("figure.last30", amount=_money(stage.monthly_gmv, diagnosis, words))
    if stage.expected is None:
        return Figure(label=words("figure.next"), value=number.MISSING, tone="unknown",
                      under=words("figure.no_next") if stage.monthly_gmv is None else last)
    said = number.interval(stage.expected, unit=Unit.MONEY, currency=diagnosis.subject.currency,
                           language=words.language)
    value, level = said.rsplit(" ", 1)
    return Figure(label=words("figure.next"), value=value,
                  under=f"{level.strip('()')} · {last}")


def _sales(sold: int, diagnosis: Diagnosis, words: Words) -> str:
    return number.value(sold, unit=diagnosis.change.unit, currency=diagnosis.subject.currency,
                        language=words.language)


def _money(minor: float | None, diagnosis: Diagnosis, words: Words) -> str:
    return number.money(minor, currency=diagnosis.subject.currency, language=words.language)
