"""Demands that cannot all hold (规则冲突): which they are, said before and after the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caopan.plan.item import CLASS_WORDS, LineClass
from caopan.plan.lineup import BREAK, LineUp, Problem
from caopan.plan.lineup_words import AFTER, WORDS, rule_name
from caopan.units.message import CaopanError, Message, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule that does not hold: by how much, in minutes or, the cap, in minor units."""

    rule: str
    amount: float
    demanded: bool
    message: Message


ALWAYS = frozenset({"minutes", "order", "pin"})
"""Rules that hold by what they are: time, and what a plan's own file says."""


def impossible(problem: Problem, *, step: int) -> tuple[Broken, ...]:
    """Return the demands that no order can keep, told from sums alone; none where it may go.

    Args:
        problem: the items and the rules.
        step: seconds of a step.
    """
    least, _ = (one.astype(float) for one in problem.lengths())
    found = []
    short = float(least.sum()) - problem.steps
    if short > 0:
        found.append(broken("minutes", short, problem, step=step))
    for kind, gap in problem.apart.items():
        mine = np.array([one == kind for one in problem.kind])
        needed = float(least[mine].sum()) + gap * max(int(mine.sum()) - 1, 0)
        if f"apart.{kind}" in problem.demanded and needed > problem.steps:
            found.append(broken(f"apart.{kind}", needed - problem.steps, problem, step=step))
    if problem.cap is not None and "loss_cap" in problem.demanded:
        able = np.where(np.isfinite(problem.value), problem.loss, np.inf)
        lost = float(able.min(axis=(1, 2)).sum())
        if lost > problem.cap:
            found.append(broken("loss_cap", lost - problem.cap, problem, step=step))
    return tuple(found)


def rules_broken(problem: Problem, found: LineUp, *, step: int) -> tuple[Broken, ...]:
    """Return the rules that a line-up does not keep, demands first."""
    told = [broken(rule, amount, problem, step=step) for rule, amount in found.broken.items()]
    return tuple(sorted(told, key=lambda one: (not one.demanded, one.rule)))


def broken(rule: str, amount: float, problem: Problem, *, step: int) -> Broken:
    """Return a rule that is missed by so many steps, with its sentence."""
    money = rule == "loss_cap"
    said = amount if money else amount * step / 60.0
    name, _, kind = rule.partition(".")
    text, hint = WORDS[name]
    breaks = sum(one == BREAK for one in problem.kind)
    words = CLASS_WORDS[LineClass(kind)] if kind else Text(zh="", en="")
    return Broken(
        rule=rule, amount=said, demanded=rule in problem.demanded or rule in ALWAYS,
        message=Message(key=f"line_up_{name}", text=text, hint=hint, values={
            "rule": rule, "kind": kind, "kind_zh": words.zh, "kind_en": words.en,
            "amount": round(said / 100.0 if money else said, 1),
            "items": len(problem.kind) - breaks}))


class DemandsClashError(CaopanError):
    """Raised where the demanded rules cannot all hold; ``broken`` names those that clash."""

    def __init__(self, clashing: Sequence[Broken]) -> None:
        """Name every one."""
        self.broken = tuple(clashing)
        first = self.broken[0].message
        rules = [one.rule for one in self.broken]
        super().__init__(Message(
            key="demands_clash", values={**first.values, "rules": rules,
                                         "names_zh": "、".join(rule_name(one).zh for one in rules),
                                         "names_en": ", ".join(rule_name(one).en for one in rules)},
            text=AFTER.joined(first.text), hint=first.hint))
