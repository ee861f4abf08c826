"""The whole handbook of a workspace: rules, ladder, and what is wrong with its files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.playbook.ladder import Ladder, read_ladder
from caopan.playbook.overlay import LADDER_FILE, merged, overlaid
from caopan.playbook.reader import read_rules, read_source, read_sources, shipped
from caopan.playbook.rule import Rule, Topic
from caopan.playbook.source import Source
from caopan.playbook.vocabulary import known_ids

_TOPICS = list(Topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """The handbook (操盘手册) in force: rules by topic and id, the ladder, every issue."""

    rules: tuple[Rule, ...]
    ladder: Ladder
    issues: tuple[Issue, ...]

    def rule(self, id_: str) -> Rule | None:
        """Return one rule by id, None where there is none."""
        return next((rule for rule in self.rules if rule.id == id_), None)


def handbook(folder: Path | None = None, *, known: Collection[str] | None = None) -> Handbook:
    """Return the shipped handbook with a workspace's ``playbook`` folder laid over it.

    ``known`` are the ids a rule may name, by default those of the catalogue and the readings. Files
    of the folder that are not sound are issues and change nothing.

    >>> handbook().rule("conversion_view_pay_fell").topic.value
    'conversion'

    Raises:
        OSError: a file cannot be opened.
        BrokenHandbookError: the shipped ladder itself is not sound.
    """
    ids = known_ids() if known is None else known
    sources, issues = read_sources(shipped().joinpath("diagnosis"))
    rules, wrong = read_rules(sources, known=ids)
    issues += wrong
    if folder is not None:
        by_id = {str(source.data.get("id")): source for source in sources}
        rules, wrong = overlaid(rules, sources=by_id, folder=folder, known=ids)
        issues += wrong
    ladder, wrong = _ladder(folder)
    ordered = sorted(rules.values(), key=lambda rule: (_TOPICS.index(rule.topic), rule.id))
    return Handbook(rules=tuple(ordered), ladder=ladder, issues=(*issues, *wrong))


def _ladder(folder: Path | None) -> tuple[Ladder, list[Issue]]:
    """Return the ladder in force: the workspace's where it is sound, else the shipped one."""
    base = read_source(shipped().joinpath(LADDER_FILE), file=LADDER_FILE)
    if isinstance(base, Issue):
        raise BrokenHandbookError([base])
    ladder, issues = read_ladder(base)
    if ladder is None:
        raise BrokenHandbookError(issues)
    if folder is None or not folder.joinpath(LADDER_FILE).is_file():
        return ladder, issues
    edit = read_source(folder.joinpath(LADDER_FILE), file=LADDER_FILE)
    if isinstance(edit, Issue):
        return ladder, [*issues, edit]
    laid = Source(file=edit.file, text=edit.text, data=merged(base.data, edit.data))
    changed, wrong = read_ladder(laid, files=(base.file,))
    return changed or ladder, [*issues, *wrong]


class BrokenHandbookError(Exception):
    """Raised when the ladder that comes with the product is not sound."""

    def __init__(self, issues: list[Issue]) -> None:
        """Keep the issues; the first one is the exception's text."""
        super().__init__(issues[0].message.say("en"))
        self.issues = issues
