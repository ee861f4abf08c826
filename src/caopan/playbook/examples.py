"""The examples of a rule, read from its tables and put to the test."""

from __future__ import annotations

from collections.abc import Collection

from caopan.facts.issue import Level
from caopan.playbook.clauses import check_metric
from caopan.playbook.condition import Clause, Condition
from caopan.playbook.example import Example
from caopan.playbook.fields import Fields
from caopan.playbook.signal import Against, Signal
from caopan.units.interval import Interval
from caopan.units.verdict import Verdict

INTERVAL_LEVEL = 0.8
"""The level of the intervals in examples; no condition reads it."""

Examples = dict[str, tuple[Example, ...]]


def read_examples(fields: Fields, *, main: Clause, known: Collection[str]) -> Examples:
    """Return the examples under ``firing`` and ``quiet``; at least one of each is asked for.

    An example's own fields describe the signal of the main clause, ``with`` those beside it.
    ``speaks`` is the verdict a firing one must come out with, ``supported`` unless it says so.
    """
    found: Examples = {}
    for name in ("firing", "quiet"):
        tables = fields.tables(name)
        if not tables:
            fields.complain("no_example", name)
        found[name] = tuple(
            _example(inner, main=main, known=known, fires=name == "firing") for inner in tables
        )
    fields.finish()
    return found


def check_examples(
    fields: Fields, examples: Examples, *, condition: Condition, level: Level
) -> None:
    """Add an issue for every example that does not come out as it should."""
    key = "example_fails" if level is Level.ERROR else "example_outdated"
    for name, cases in examples.items():
        for place, case in enumerate(cases):
            outcome = case.outcome(condition)
            if outcome is not case.expected:
                fields.remark(
                    level,
                    key,
                    name,
                    str(place),
                    expected=_said(case.expected),
                    found=_said(outcome),
                )


def _example(fields: Fields, *, main: Clause, known: Collection[str], fires: bool) -> Example:
    expected = None
    if fires:
        expected = fields.choice("speaks", Verdict) or Verdict.SUPPORTED
    own = _signal(fields, metric=main.metric, against=main.against)
    beside = tuple(_named(inner, known) for inner in fields.tables("with"))
    fields.finish()
    return Example(signals=(own, *beside), expected=expected)


def _named(fields: Fields, known: Collection[str]) -> Signal:
    metric = check_metric(fields, "metric", known)
    against = fields.choice("against", Against, required=True) or Against.LEVEL
    signal = _signal(fields, metric=metric, against=against)
    fields.finish()
    return signal


def _signal(fields: Fields, *, metric: str, against: Against) -> Signal:
    return Signal(
        metric=metric,
        against=against,
        value=fields.number("value"),
        comparison=fields.number("comparison"),
        difference=_difference(fields),
        percentile=fields.number("percentile"),
        n=fields.whole("n", default=0),
        n_comparison=fields.whole("n_comparison", default=0),
        verdict=fields.choice("verdict", Verdict) or Verdict.SUPPORTED,
    )


def _difference(fields: Fields) -> Interval | None:
    low, high = fields.number("low"), fields.number("high")
    if low is None and high is None:
        return None
    if low is None or high is None:
        fields.complain("needs", "high" if low is None else "low", needed="low, high")
        return None
    if low > high:
        fields.complain("not_ascending", "low", value=f"{low}, {high}")
        return None
    return Interval(low=low, mid=(low + high) / 2, high=high, level=INTERVAL_LEVEL)


def _said(verdict: Verdict | None) -> str:
    return "quiet" if verdict is None else verdict.value
