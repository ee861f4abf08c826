"""Rules that speak about a subject, ranked by the money (or the units) at stake."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from caopan.diagnose.column import Column, Key
from caopan.diagnose.diagnosis import Finding
from caopan.diagnose.inputs import day_of
from caopan.diagnose.readings import READINGS
from caopan.diagnose.sides import Sides
from caopan.playbook.rule import Rule
from caopan.playbook.signal import Against, Signal
from caopan.playbook.vocabulary import PLACEHOLDERS
from caopan.units import number
from caopan.units.message import LANGUAGES, Language, Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

CLEAR = 2.8
"""Standard errors a difference must reach to stand among all that is tested."""
HOPELESS = 200
"""More sessions a side than this are not worth waiting for."""
A_WEEK = "sessions_per_week"
"""A count a week, of which tenths are read: 0.5 a week is not none."""
_ORDER = {"high": 0, "medium": 1, "low": 2, "note": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What findings of all subjects are written from."""

    columns: dict[Key, Column]
    units: dict[str, Unit]
    sides: Sides
    rows: int
    """How many sessions an evidence table holds at most."""


def finding(
    rule: Rule, subject: int, *, supported: bool, context: Context, currency: str,
) -> Finding:
    """Return the finding of one rule that speaks about one subject."""
    column = context.columns[rule.condition.main.key]
    signal = column.signal(subject, supported=supported)
    stake, priced = signal.prize, context.sides.measure.priced
    signal = signal if priced else replace(signal, prize=None)
    verdict = Verdict.SUPPORTED if supported else Verdict.CANNOT_TELL
    unit = context.units.get(rule.metric, Unit.COUNT)

    def filled(text: Text) -> Text:
        return _filled(text, signal, unit, currency)

    return Finding(
        rule=rule.id, severity=rule.severity.value, title=filled(rule.headline(verdict)),
        signal=signal, rows=_rows(signal, subject, context), prize=signal.prize,
        units_at_stake=None if priced else stake,
        advice=filled(rule.advice), source=rule.source, confidence=rule.confidence.value,
        settle=None if supported else _settle(signal, filled(rule.settle) if rule.settle else None),
        verdict=verdict,
    )


def ranked(found: list[Finding]) -> tuple[Finding, ...]:
    """Return findings by the size of what is at stake, those without a price by severity."""
    def place(one: Finding) -> tuple[float, int, str]:
        worth = abs(one.stake.mid) if one.stake else 0.0
        return -worth, _ORDER.get(one.severity, len(_ORDER)), one.rule
    return tuple(sorted(found, key=place))


def sessions_missing(signal: Signal) -> int | None:
    """Return about how many more sessions a side would settle a difference at present scatter.

    None where there is no difference to settle, or no number of sessions worth waiting for.

    >>> sessions_missing(Signal(metric="aov", against=Against.PREVIOUS, value=1.0, comparison=2.0,
    ...                         p_value=0.1, n=9, n_comparison=9))
    18
    """
    if signal.p_value is None or signal.against is Against.LEVEL or not signal.n:
        return None
    distance = -float(special.ndtri(max(signal.p_value, 1e-12) / 2.0))
    if distance <= 0:
        return None
    size = min(signal.n, signal.n_comparison or signal.n)
    more = math.ceil(size * ((CLEAR / distance) ** 2 - 1.0))
    return max(more, 1) if more <= HOPELESS else None


def _settle(signal: Signal, rule: Text | None) -> Text | None:
    """Return the rule's own words on what would settle it, and how long that takes."""
    more = sessions_missing(signal) if signal.n_of == "sessions" else None
    if more is not None:
        own = Text(zh=f"按现在的波动，两边各再有约 {more} 场才分得清",
                   en=f"at present scatter about {more} more sessions a side would settle it")
    elif signal.p_value is not None and signal.n_of == "sessions":
        own = Text(zh="差别比平时的波动小得多，再播几十场也难分清",
                   en="the difference is far smaller than ordinary scatter; dozens of sessions "
                      "would not settle it")
    else:
        return rule
    return own if rule is None else Text(zh=f"{rule.zh}；{own.zh}", en=f"{rule.en}; {own.en}")


def _filled(text: Text, signal: Signal, unit: Unit, currency: str) -> Text:
    if "{" not in text.zh and "{" not in text.en:
        return text
    said = {language: text.say(language, **{
        name: _value(name, signal, unit, currency, language)
        for name in PLACEHOLDERS if f"{{{name}}}" in (text.zh if language == "zh" else text.en)})
        for language in LANGUAGES}
    return Text(zh=said["zh"], en=said["en"])


def _value(
    name: str, signal: Signal, unit: Unit, currency: str, language: Language,
) -> object:
    """Return what a placeholder stands for, in the words of one language."""
    if name in {"n", "n_comparison"}:
        return signal.n if name == "n" else signal.n_comparison
    span = signal.difference
    if name == "change":
        gap = None
        if signal.value is not None and signal.comparison is not None:
            gap = signal.value - signal.comparison
        return number.change(gap, unit=unit, currency=currency, language=language)
    if signal.metric == A_WEEK and name in {"value", "comparison"}:
        rate = signal.value if name == "value" else signal.comparison
        return number.MISSING if rate is None else f"{rate:.1f}".removesuffix(".0")
    ends = {"value": signal.value, "comparison": signal.comparison,
            "low": span.low if span else None, "high": span.high if span else None}
    return number.value(ends[name], unit=unit, currency=currency, language=language)


def _rows(signal: Signal, subject: int, context: Context) -> tuple[dict[str, object], ...]:
    """Return the sessions that moved the reading most, in order of time."""
    reading, sides = READINGS.get(signal.metric), context.sides
    if reading is None or not context.rows:
        return ()
    start, end = np.searchsorted(sides.cell, [2 * subject, 2 * subject + 2])
    pull = np.abs(sides.ratio(signal.metric).influence[start:end])
    chosen = np.sort(np.argsort(-pull, kind="stable")[:context.rows]) + start
    top, bottom = sides.column(reading.numerator), sides.column(reading.denominator)
    rows: list[dict[str, object]] = []
    for row in chosen.tolist():
        place = int(sides.rows[row])
        ratio = top[row] * reading.per / bottom[row] if bottom[row] > 0 else math.nan
        rows.append({
            "day": day_of(sides.day[row]) if sides.sessions.dated[place] else None,
            "session_id": sides.sessions.session_id[place],
            reading.numerator: _plain(top[row]), reading.denominator: _plain(bottom[row]),
            signal.metric: None if math.isnan(ratio) else float(ratio)})
    return tuple(rows)


def _plain(value: float) -> float | int | None:
    """Return a whole number as such, None for null."""
    if not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
