"""The diagnosis as data (``report.json``): money as decimal text, ratios 0-1, null = cannot.

Units sold are plain numbers without a currency.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

from caopan.diagnose.diagnosis import (
    Change,
    Diagnosis,
    Factor,
    Finding,
    Stage,
    StepRate,
)
from caopan.facts.schema import Kind
from caopan.playbook.vocabulary import READINGS
from caopan.report.columns import KINDS
from caopan.report.headline import told
from caopan.report.known import sides, without_zeros
from caopan.report.page import Definition, Reconciliation
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.money import Money
from caopan.units.period import Period
from caopan.units.unit import Unit

Document = dict[str, Any]


def document(
    diagnoses: Iterable[Diagnosis], *, definitions: Mapping[str, Definition], language: Language,
) -> Document:
    """Return every subject's diagnosis as plain data.

    ``text`` fields are in the language asked for; names stand in both.

    >>> document([], definitions={}, language="zh")
    {'subjects': []}
    """
    return {"subjects": [subject(diagnosis, definitions=definitions, language=language)
                         for diagnosis in diagnoses]}


def subject(
    diagnosis: Diagnosis, *, definitions: Mapping[str, Definition], language: Language,
) -> Document:
    """Return one subject: stage, change, funnel, findings, and what was set apart."""
    diagnosis = without_zeros(diagnosis)
    currency = diagnosis.subject.currency
    about = diagnosis.subject
    return {
        "subject": {"kind": about.kind, "id": about.id, "name": about.name},
        "currency": currency,
        "headline": both(diagnosis.headline),
        "unknown": both(diagnosis.unknown),
        "stage": stage(diagnosis.stage, currency=currency),
        "change": change(diagnosis.change, currency=currency, language=language),
        "trees": [change(other, currency=currency, language=language)
                  for other in diagnosis.trees],
        "funnel": [_step(step, unit_of(step.metric, definitions), currency)
                   for step in diagnosis.funnel],
        "findings": [finding(one, currency=currency, definitions=definitions, language=language)
                     for one in diagnosis.findings],
        "notes": [note.document(language) for note in diagnosis.notes],
        "figures": {name: in_unit(value, unit_of(name, definitions), currency)
                    for name, value in diagnosis.figures.items()},
    }


def change(found: Change, *, currency: str, language: Language) -> Document:
    """Return one decomposition; ``factors`` is empty and ``refused`` set where there is none.

    Its amounts are money, or numbers of units under a null currency, as ``measure`` says.
    """
    known, unit = any(sides(found)), found.unit
    before, after = (found.before, found.after) if known else (None, None)
    total = found.after - found.before if known else None
    return {
        "measure": found.measure, "unit": unit.value,
        "currency": _currency(unit, currency), "from": in_unit(before, unit, currency),
        "to": in_unit(after, unit, currency), "amount": in_unit(total, unit, currency),
        "interval": _range(found.interval, unit, currency), "verdict": told(found).value,
        "period": days(found.period), "compared_period": days(found.compared_period),
        "against": found.against, "n": {"from": found.n_before, "to": found.n_after},
        "identity": found.identity, "formula": both(found.formula), "method": found.method,
        "factors": [_factor(factor, unit, currency) for factor in found.factors],
        "flags": [flag.document(language) for flag in found.flags],
        "refused": found.refused.document(language) if found.refused else None,
    }


def finding(
    one: Finding, *, currency: str, definitions: Mapping[str, Definition], language: Language,
) -> Document:
    """Return one finding with its evidence, its prize and its verdict."""
    signal = one.signal
    unit = unit_of(signal.metric, definitions)
    return {
        "rule": one.rule, "severity": one.severity, "title": both(one.title),
        "text": _said(one.title, language),
        "evidence": {
            "metric": signal.metric, "unit": unit.value if unit else None,
            "against": signal.against.value,
            "value": in_unit(signal.value, unit, currency),
            "comparison": in_unit(signal.comparison, unit, currency),
            "n": signal.n, "n_comparison": signal.n_comparison, "n_of": signal.n_of,
            "interval": spread(signal.difference, unit=unit, currency=currency),
            "p_value": _finite(signal.p_value), "percentile": _finite(signal.percentile),
            "currency": currency,
            "rows": [_evidence(row, definitions, currency) for row in one.rows],
        },
        "prize": interval(one.prize, currency=currency),
        "units_at_stake": spread(one.units_at_stake, unit=Unit.UNITS, currency=""),
        "advice": both(one.advice), "settle": both(one.settle), "source": both(one.source),
        "confidence": one.confidence, "verdict": one.verdict.value,
    }


def stage(found: Stage, *, currency: str) -> Document:
    """Return the growth stage; ``rung`` is null where it cannot be told."""
    return {
        "rung": found.rung, "name": both(found.name), "certain": found.certain,
        "currency": currency, "monthly_gmv": amount(found.monthly_gmv, currency=currency),
        "expected": interval(found.expected, currency=currency),
        "low": amount(found.low, currency=currency), "high": amount(found.high, currency=currency),
        "limits": [amount(limit, currency=currency) for limit in found.limits],
        "bottleneck": both(found.bottleneck), "first_moves": both(found.first_moves),
        "gate": both(found.gate),
    }


def amount(minor: float | None, *, currency: str) -> str | None:
    """Return minor units as a decimal text in major units; None and NaN stay null.

    >>> amount(-980_000_00, currency="CNY"), amount(None, currency="CNY")
    ('-980000.00', None)
    """
    if minor is None or not math.isfinite(minor):
        return None
    return Money(minor=round(minor), currency=currency).written()


def interval(range_: Interval | None, *, currency: str) -> Document | None:
    """Return a range of money with its level.

    >>> interval(Interval(low=-150, mid=0, high=25, level=0.8), currency="CNY")
    {'low': '-1.50', 'mid': '0.00', 'high': '0.25', 'level': 0.8, 'currency': 'CNY'}
    """
    if range_ is None:
        return None
    return {"low": amount(range_.low, currency=currency),
            "mid": amount(range_.mid, currency=currency),
            "high": amount(range_.high, currency=currency), "level": range_.level,
            "currency": currency}


def both(text: Text | None) -> dict[str, str] | None:
    """Return a finished text in both languages.

    >>> both(Text(zh="好", en="good"))
    {'zh': '好', 'en': 'good'}
    """
    return None if text is None else text.document()


def _factor(factor: Factor, unit: Unit, currency: str) -> Document:
    range_ = factor.interval
    return {
        "factor": factor.id, "name": both(factor.name), "unit": factor.unit.value,
        "before": in_unit(factor.before, factor.unit, currency),
        "after": in_unit(factor.after, factor.unit, currency),
        "amount": in_unit(factor.amount, unit, currency),
        "low": in_unit(range_.low, unit, currency) if range_ else None,
        "high": in_unit(range_.high, unit, currency) if range_ else None,
        "level": range_.level if range_ else None, "currency": _currency(unit, currency),
        "p_value": _finite(factor.p_value), "verdict": factor.verdict.value,
    }


def reconciliation(rows: Iterable[Reconciliation]) -> list[Document]:
    """Return each subject's product total beside its session total.

    >>> found = reconciliation([Reconciliation(subject="h", product_total=99_00,
    ...     session_total=100_00, ratio=0.99, within=True)])
    >>> found[0]["product_total"], found[0]["currency"]
    ('99.00', 'CNY')
    """
    return [{"subject": row.subject, "witness": row.witness, "currency": row.currency,
             "product_total": amount(row.product_total, currency=row.currency),
             "session_total": amount(row.session_total, currency=row.currency),
             "ratio": _finite(row.ratio), "within": row.within, "sessions": row.sessions,
             "period": days(row.period) if row.period else None} for row in rows]


def _step(step: StepRate, unit: Unit | None, currency: str) -> Document:
    def said(value: float | None) -> str | float | None:
        return in_unit(value, unit, currency)

    return {"metric": step.metric, "name": both(step.name), "unit": unit.value if unit else None,
            "currency": currency if unit is Unit.MONEY else None, "value": said(step.value),
            "comparison": said(step.comparison), "low": said(step.low), "high": said(step.high),
            "peers": [said(peer) for peer in step.peers] if step.peers else None,
            "percentile": _finite(step.percentile), "n_peers": step.n_peers,
            "verdict": step.verdict.value}



def days(period: Period) -> Document:
    """Return a period as its two ends, the last not included.

    >>> days(Period(start=date(2026, 3, 1), end=date(2026, 3, 8)))
    {'from': '2026-03-01', 'to': '2026-03-08'}
    """
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}


def _currency(unit: Unit, currency: str) -> str | None:
    """Return the currency of amounts; numbers of units have none."""
    return currency if unit is Unit.MONEY else None


def _range(range_: Interval | None, unit: Unit, currency: str) -> Document | None:
    """Return the range of an amount: of money, or of units under a null currency."""
    found = spread(range_, unit=unit, currency=currency)
    return found if found is None or unit is Unit.MONEY else {**found, "currency": None}


def spread(range_: Interval | None, *, unit: Unit | None, currency: str) -> Document | None:
    """Return a range in its unit: money as decimal text with its currency, else numbers.

    >>> spread(Interval(low=0.1, mid=0.2, high=0.3, level=0.8), unit=Unit.RATIO, currency="CNY")
    {'low': 0.1, 'mid': 0.2, 'high': 0.3, 'level': 0.8}
    """
    if unit is Unit.MONEY:
        return interval(range_, currency=currency)
    if range_ is None:
        return None
    return {"low": range_.low, "mid": range_.mid, "high": range_.high, "level": range_.level}


def _said(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en


def unit_of(name: str, definitions: Mapping[str, Definition]) -> Unit | None:
    """Return the unit of a metric, a reading or a canonical column; None where it has none.

    >>> unit_of("gmv", {})
    <Unit.MONEY: 'money'>
    """
    if name in definitions:
        return definitions[name].unit
    if name in READINGS:
        return READINGS[name].unit
    return Unit.MONEY if KINDS.get(name) is Kind.MONEY else None


def in_unit(value: float | None, unit: Unit | None, currency: str) -> str | float | None:
    """Return a value as JSON carries it: money as decimal text, else a number; null = cannot.

    >>> in_unit(1250, Unit.MONEY, "CNY"), in_unit(0.25, Unit.RATIO, "CNY")
    ('12.50', 0.25)
    """
    return amount(value, currency=currency) if unit is Unit.MONEY else _finite(value)


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value


def _evidence(
    row: Mapping[str, object], definitions: Mapping[str, Definition], currency: str,
) -> Document:
    """Return one evidence row; where any cell is money, the row says in which currency."""
    own = row.get("currency")
    used = own if isinstance(own, str) else currency
    said = {name: _cell(value, unit_of(name, definitions), used) for name, value in row.items()}
    money = any(unit_of(name, definitions) is Unit.MONEY for name in row)
    return {**said, "currency": used} if money else said


def _cell(value: object, unit: Unit | None, currency: str) -> object:
    """Return one evidence cell as JSON can hold it."""
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, Real):
        if unit is Unit.MONEY:
            return amount(float(value), currency=currency)
        return int(value) if isinstance(value, Integral) else _finite(float(value))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
