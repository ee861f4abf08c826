"""The command palette (⌘K): screens, hosts, metrics and rules by any part of their name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from caopan.access.action import Action
from caopan.metrics.metric import Metric
from caopan.playbook.rule import Rule
from caopan.web.console.navigation import MENU, SETTINGS
from caopan.web.house import Inside
from caopan.web.screen import Screen
from caopan.web.visit import Visit

MOST = 6
"""How many of one kind are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that can be opened."""

    name: str
    path: str
    icon: str
    hint: str = ""


def options(visit: Visit) -> Response:
    """Show what fits the words typed so far; every word must fit."""
    words = visit.query.get("q", "").lower().split()
    groups = [(title, found) for title, found in _groups(visit, words) if found]
    return visit.show("palette/options.html", groups=groups)


def fits(name: str, words: list[str]) -> bool:
    """Return whether a name holds every word, in any order.

    >>> fits("次均成交件数 units_per_view", ["件", "view"]), fits("GMV", ["件"])
    (True, False)
    """
    return all(word in name.lower() for word in words)


def _groups(visit: Visit, words: list[str]) -> Iterator[tuple[str, list[Found]]]:
    yield visit.word("页面"), [
        Found(name=visit.word(entry.word), path=entry.path, icon=entry.icon, hint=f"g {entry.key}")
        for entry in (*MENU, SETTINGS)
        if fits(f"{entry.word} {visit.word(entry.word)}", words)]
    if not words:
        return
    yield visit.word("指标"), [
        Found(name=visit.say(metric.name), path=f"/metrics/{metric.id}", icon="ruler",
              hint=metric.id) for metric in metrics_like(visit, words)]
    yield visit.word("手册"), [
        Found(name=visit.say(rule.called), path=f"/handbook/{rule.id}",
              icon="book-open", hint=rule.id) for rule in rules_like(visit, words)]


def metrics_like(visit: Inside, words: list[str]) -> list[Metric]:
    """Return the first metrics whose name or id holds every word."""
    return [metric for metric in visit.workspace.metrics()
            if fits(f"{metric.zh} {metric.en} {metric.id}", words)][:MOST]


def rule_words(rule: Rule) -> str:
    """Return everything a rule may be searched by."""
    return f"{rule.called.zh} {rule.called.en} {rule.title.zh} {rule.title.en} {rule.id}"


def rules_like(visit: Inside, words: list[str]) -> list[Rule]:
    """Return the first rules whose name, title or id holds every word."""
    return [rule for rule in visit.workspace.handbook().rules
            if fits(rule_words(rule), words)][:MOST]


SCREENS = (Screen(path="/palette", action=Action.READ, show=options),)
