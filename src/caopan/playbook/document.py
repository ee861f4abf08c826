"""The handbook as data: a rule, the growth ladder, and what is wrong with the pages."""

from __future__ import annotations

from caopan.playbook.example import Example
from caopan.playbook.handbook import Handbook
from caopan.playbook.ladder import Ladder
from caopan.playbook.rule import Rule
from caopan.playbook.signal import Signal
from caopan.playbook.wording import in_words, metric_name
from caopan.units.message import Language, Text
from caopan.units.money import Money
from caopan.units.unit import Unit

Document = dict[str, object]


def handbook_document(book: Handbook, *, language: Language) -> Document:
    """Return the handbook in force: every rule, the ladder, every issue.

    >>> from caopan.playbook.handbook import handbook
    >>> handbook_document(handbook(), language="zh")["issues"]
    []
    """
    return {"rules": [rule_document(rule, language=language) for rule in book.rules],
            "ladder": ladder_document(book.ladder),
            "issues": [issue.document(language) for issue in book.issues]}


def rule_document(rule: Rule, *, language: Language) -> Document:
    """Return a rule with its condition in words and the examples that prove it.

    >>> from caopan.playbook.handbook import handbook
    >>> rule_document(handbook().rule("conversion_view_pay_fell"), language="zh")["topic"]
    'conversion'
    """
    return {
        "id": rule.id, "topic": rule.topic.value, "lens": rule.lens.value, "metric": rule.metric,
        "severity": rule.severity.value, "status": rule.status.value,
        "origin": rule.origin.value, "confidence": rule.confidence.value,
        "name": _both(rule.called), "title": _both(rule.title), "doubt": _both(rule.doubt),
        "advice": _both(rule.advice), "settle": _both(rule.settle),
        "source": _both(rule.source), "limits": _both(rule.limits),
        "condition": in_words(rule.condition, language=language), "author": rule.author,
        "written_on": rule.written_on.isoformat(),
        "changed_on": rule.changed_on and rule.changed_on.isoformat(), "version": rule.version,
        "examples": [*(_example("firing", one) for one in rule.firing),
                     *(_example("quiet", one) for one in rule.quiet)]}


def ladder_document(ladder: Ladder) -> Document:
    """Return the growth ladder; ``limits`` by currency are the GMV a month where a rung begins.

    >>> from caopan.playbook.handbook import handbook
    >>> made = ladder_document(handbook().ladder)
    >>> len(made["limits"]["CNY"]) == len(made["rungs"]) - 1
    True
    """
    return {
        "rungs": [{"id": rung.id, "name": _both(rung.name), "bottleneck": _both(rung.bottleneck),
                   "first_moves": _both(rung.first_moves), "gate": _both(rung.gate)}
                  for rung in ladder.rungs],
        "limits": {currency: [str(Money(minor=limit, currency=currency).major())
                              for limit in limits] for currency, limits in ladder.limits.items()},
        "source": _both(ladder.source), "confidence": ladder.confidence.value}


def _example(kind: str, one: Example) -> Document:
    return {"kind": kind, "expected": one.expected and one.expected.value,
            "signals": [_signal(signal) for signal in one.signals]}


def _signal(signal: Signal) -> Document:
    money = metric_name(signal.metric)[1] is Unit.MONEY

    def said(value: float | None) -> str | float | None:
        return str(Money(minor=round(value)).major()) if money and value is not None else value

    return {"metric": signal.metric, "against": signal.against.value,
            "value": said(signal.value), "comparison": said(signal.comparison),
            "currency": Money(minor=0).currency if money else None,
            "n": signal.n, "n_comparison": signal.n_comparison,
            "p_value": signal.p_value, "percentile": signal.percentile,
            "verdict": signal.verdict.value}


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else text.document()
