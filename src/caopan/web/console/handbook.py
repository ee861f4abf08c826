"""操盘手册 · Handbook: every rule with its source and limits; the workspace's own pages."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from string import Formatter
from urllib.parse import quote

from starlette.responses import Response

from caopan.access.action import Action
from caopan.playbook.rule import Rule, Topic
from caopan.playbook.wording import in_words, metric_name
from caopan.playbook.words import word
from caopan.units.message import Language, Text
from caopan.web.console.palette import fits, rule_words
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.handbook import Draft, UnsoundPageError, beginning

TRYING = Text(zh="在自己的历史上试", en="Trying it on the own history")


PLACES: dict[str, Text] = {
    "value": Text(zh="本期", en="this period"), "comparison": Text(zh="对比", en="compared with"),
    "change": Text(zh="变化", en="change"), "low": Text(zh="区间低端", en="low end"),
    "high": Text(zh="区间高端", en="high end"), "n": Text(zh="样本", en="n"),
    "n_comparison": Text(zh="对比样本", en="n compared")}
"""What stands in a rule's sentence where a finding puts its numbers."""


def page(visit: Visit) -> Response:
    """Show every rule by topic, narrowed by the words typed."""
    book, fitting = visit.workspace.handbook(), found(visit)
    topics = [(word(topic), list(rules)) for topic, rules in groupby(fitting, key=_topic)]
    template = "handbook/list.html" if visit.is_fragment else "handbook/page.html"
    return visit.show(template, topics=topics, count=len(fitting), total=len(book.rules),
                      issues=book.issues, ladder=book.ladder, q=visit.query.get("q", ""),
                      word=word, when=partial(_when, language=visit.language))


def found(visit: Visit) -> list[Rule]:
    """Return the rules that fit the words typed, in the order of the handbook."""
    words = visit.query.get("q", "").lower().split()
    return [rule for rule in visit.workspace.handbook().rules
            if fits(f"{rule_words(rule)} {word(rule.topic).zh} {word(rule.topic).en} "
                    f"{word(rule.origin).zh}", words)]


def one(visit: Visit) -> Response:
    """Show one rule, its page in this workspace, and its history.

    Raises:
        UnknownRuleError: the handbook has no such rule.
    """
    told = visit.workspace.rule_page(visit.path("rule"))
    return _shown(visit, text=told.own or beginning(told.rule))


def edit(visit: Visit) -> Response:
    """Check, try, keep or take back what was written; the button says which.

    Raises:
        CaopanError: the handbook has no such rule, or nothing can be diagnosed.
    """
    name, text = visit.path("rule"), str(visit.form.get("text", ""))
    asked = visit.form.get("do")
    if asked == "take_back":
        visit.workspace.take_back_rule(name)
        return visit.go(_address(name))
    if asked == "keep":
        try:
            visit.workspace.keep_rule(name, text)
        except UnsoundPageError as unsound:
            return _shown(visit, text=text, status=422,
                          draft=Draft(rule=None, issues=unsound.issues))
        return visit.go(_address(name))
    draft = visit.workspace.check_rule(name, text)
    if asked == "try" and draft.is_sound:
        job = visit.house.jobs.start(
            "rehearse",
            lambda progress: visit.workspace.rehearse_rule(
                name, text, progress=progress).document(),
            title=TRYING)
        return visit.go(f"{_address(name)}/trials/{job.id}")
    return _shown(visit, text=text, draft=draft)


def trial(visit: Visit) -> Response:
    """Show what a changed rule would have said: progress first, then for whom it speaks."""
    job = visit.house.jobs.get(visit.path("job"))
    return visit.show("handbook/rehearsal.html", job=job, rule=visit.path("rule"),
                      told=job.result if job else {})


def pieces(text: Text, language: Language) -> list[tuple[str, bool]]:
    """Return a rule's sentence in pieces, each with whether it stands for a number to come.

    >>> pieces(Text(zh="降到 {value}", en="fell to {value}"), "zh")
    [('降到 ', False), ('本期', True)]
    """
    found = []
    for before, place, _, _ in Formatter().parse(text.zh if language == "zh" else text.en):
        found += [(before, False)] if before else []
        found += [(PLACES[place].plain(language), True)] if place in PLACES else []
    return found


def _when(rule: Rule, *, language: Language) -> str:
    return in_words(rule.condition, language=language, naming=metric_name)


def _shown(visit: Visit, *, text: str, draft: Draft | None = None,
           status: int = 200) -> Response:
    told = visit.workspace.rule_page(visit.path("rule"))
    rule = told.rule
    return visit.show(
        "handbook/one.html", status=status, told=told, rule=rule, text=text, draft=draft,
        condition=_when(rule, language=visit.language),
        examples=[(kind, example, example.outcome(rule.condition))
                  for kind, cases in (("firing", rule.firing), ("quiet", rule.quiet))
                  for example in cases],
        metric=metric_name(rule.metric)[0], unit=metric_name(rule.metric)[1], word=word,
        pieces=pieces)


def _topic(rule: Rule) -> Topic:
    return rule.topic


def _address(name: str) -> str:
    return f"/handbook/{quote(name, safe='')}"


SCREENS = (
    Screen(path="/handbook", action=Action.READ, show=page),
    Screen(path="/handbook/{rule}", action=Action.READ, show=one),
    Screen(path="/handbook/{rule}/trials/{job}", action=Action.READ, show=trial),
    Screen(path="/handbook/{rule}", action=Action.EDIT_HANDBOOK, show=edit, methods=("POST",)),
)
