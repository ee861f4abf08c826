"""Which rules speak about one subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caopan.playbook.condition import Condition, Key
from caopan.playbook.rule import Rule, Status
from caopan.playbook.signal import Signal
from caopan.units.message import Text
from caopan.units.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that speaks (命中): its own signal, the signals beside it, and how sure it is."""

    rule: Rule
    signal: Signal
    beside: tuple[Signal, ...]
    verdict: Verdict

    @property
    def title(self) -> Text:
        """Return the title that the verdict allows, its placeholders still open."""
        return self.rule.headline(self.verdict)


def matches(signals: Iterable[Signal], rules: Iterable[Rule]) -> list[Match]:
    """Return the active rules that speak about one subject, in the order of the rules.

    The signals are looked up by metric and comparison, so that a rule costs one look-up where its
    signal is missing. Of two signals with the same key the last one counts.

    >>> matches([], [])
    []
    """
    lookup = {(signal.metric, signal.against): signal for signal in signals}
    found: list[Match] = []
    for rule in rules:
        if rule.status is not Status.ACTIVE or rule.condition.main.key not in lookup:
            continue
        verdict = rule.condition.judge(lookup)
        if verdict is not None:
            found.append(
                Match(
                    rule=rule,
                    signal=lookup[rule.condition.main.key],
                    beside=_beside(rule.condition, lookup),
                    verdict=verdict,
                )
            )
    return found


def read_by(rules: Iterable[Rule]) -> frozenset[Key]:
    """Return the keys of all signals that the active rules read.

    Whoever makes the signals need not make others.

    >>> read_by([])
    frozenset()
    """
    return frozenset(
        clause.key
        for rule in rules
        if rule.status is Status.ACTIVE
        for clause in rule.condition.clauses()
    )


def _beside(condition: Condition, lookup: dict[Key, Signal]) -> tuple[Signal, ...]:
    """Return the signals of the clauses that hold beside the main one."""
    return tuple(
        lookup[clause.key]
        for clause in (*condition.every, *condition.some)
        if clause.holds(lookup.get(clause.key))
    )
