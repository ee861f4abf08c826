"""A rule as a plain document: all that a page, a screen or an API needs to show it."""

from __future__ import annotations

from dataclasses import fields

from caopan.playbook.condition import Clause, Condition
from caopan.playbook.example import Example
from caopan.playbook.ladder import Ladder
from caopan.playbook.rule import Rule
from caopan.playbook.signal import Signal
from caopan.units.message import Text

Document = dict[str, object]

SCHEMA_VERSION = 1


def document(rule: Rule) -> Document:
    """Return a rule as texts, numbers, lists and tables that JSON can hold.

    Dates are ISO texts; limits that are not set are left out.

    >>> from caopan.playbook.handbook import handbook
    >>> document(handbook().rules[0])["topic"]
    'traffic'
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "id": rule.id,
        "topic": rule.topic.value,
        "lens": rule.lens.value,
        "metric": rule.metric,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "status": rule.status.value,
        "title": _text(rule.title),
        "doubt": _text(rule.doubt),
        "condition": _condition(rule.condition),
        "advice": _text(rule.advice),
        "settle": _text(rule.settle),
        "limits": _text(rule.limits),
        "source": _text(rule.source),
        "author": rule.author,
        "written_on": rule.written_on.isoformat(),
        "changed_on": rule.changed_on.isoformat() if rule.changed_on else None,
        "version": rule.version,
        "origin": rule.origin.value,
        "files": list(rule.files),
        "examples": {
            "firing": [_example(example) for example in rule.firing],
            "quiet": [_example(example) for example in rule.quiet],
        },
    }


def ladder_document(ladder: Ladder) -> Document:
    """Return the growth ladder as a plain document; limits are minor units by currency.

    >>> from caopan.playbook.handbook import handbook
    >>> ladder_document(handbook().ladder)["limits"]["CNY"][0]
    10000000
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "rungs": [
            {
                "id": rung.id,
                "name": _text(rung.name),
                "bottleneck": _text(rung.bottleneck),
                "first_moves": _text(rung.first_moves),
                "gate": _text(rung.gate),
            }
            for rung in ladder.rungs
        ],
        "limits": {currency: list(limits) for currency, limits in ladder.limits.items()},
        "source": _text(ladder.source),
        "confidence": ladder.confidence.value,
        "files": list(ladder.files),
    }


def _text(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _condition(condition: Condition) -> Document:
    return {
        **_clause(condition.main),
        "all": [_clause(clause) for clause in condition.every],
        "any": [_clause(clause) for clause in condition.some],
        "unless": [_clause(clause) for clause in condition.unless],
        "report_doubt": condition.report_doubt,
    }


def _clause(clause: Clause) -> Document:
    """Return the limits that are set, words as words."""
    values = {field.name: getattr(clause, field.name) for field in fields(clause)}
    return {
        name: getattr(value, "value", value)
        for name, value in values.items()
        if value is not None and not (name.startswith("minimum") and value == 0)
    }


def _example(example: Example) -> Document:
    return {
        "expected": None if example.expected is None else example.expected.value,
        "signals": [_signal(signal) for signal in example.signals],
    }


def _signal(signal: Signal) -> Document:
    span = signal.difference
    return {
        "metric": signal.metric,
        "against": signal.against.value,
        "value": signal.value,
        "comparison": signal.comparison,
        "difference": None if span is None else [span.low, span.high],
        "percentile": signal.percentile,
        "n": signal.n,
        "n_comparison": signal.n_comparison,
        "verdict": signal.verdict.value,
    }
