"""Verbs of the handbook and of data quality; a part of ``Workspace``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caopan.store.store import Store
from caopan.units.clock import now
from caopan.workspace.answers import Kept
from caopan.workspace.progress import Progress, silent

if TYPE_CHECKING:
    from caopan.playbook.handbook import Handbook
    from caopan.playbook.rule import Rule
    from caopan.report.page import ImportSummary
    from caopan.workspace.handbook import Draft, Page
    from caopan.workspace.quality import Coverage
    from caopan.workspace.rehearsing import Rehearsal


class RuleVerbs:
    """What a person asks of the handbook (操盘手册), and how far the data can be trusted."""

    __slots__ = ()

    store: Store
    kept: Kept

    def handbook(self) -> Handbook:
        """Return the handbook in force: the shipped one under the workspace's own pages."""
        from caopan.workspace import handbook as handbooks

        return handbooks.book(self.store)

    def rule_page(self, rule: str) -> Page:
        """Return one rule with its shipped text, the workspace's own page and its history.

        Raises:
            CaopanError: the handbook has no such rule.
        """
        from caopan.workspace import handbook as handbooks

        return handbooks.page(self.store, rule)

    def check_rule(self, rule: str, text: str) -> Draft:
        """Return what a text would make of a rule; nothing is written."""
        from caopan.workspace import handbook as handbooks

        return handbooks.check(rule, text)

    def rehearse_rule(self, rule: str, text: str, *, progress: Progress = silent) -> Rehearsal:
        """Try a changed rule on every streamer of the workspace; nothing is written.

        Raises:
            CaopanError: the page is not sound, or there is nothing to diagnose.
        """
        from caopan.workspace.rehearsing import rehearse

        return rehearse(self.store, rule, text, progress=progress)

    def keep_rule(self, rule: str, text: str) -> Rule:
        """Keep a page as the workspace's own; the earlier one stays in the history.

        Raises:
            CaopanError: the page is not sound; it names every problem.
        """
        from caopan.workspace import handbook as handbooks

        return handbooks.keep(self.store, rule, text, now=now())

    def take_back_rule(self, rule: str) -> None:
        """Take the workspace's own page back; the shipped rule is in force again.

        Raises:
            CaopanError: the workspace has no page of its own for it.
        """
        from caopan.workspace import handbook as handbooks

        handbooks.take_back(self.store, rule, now=now())

    def quality(self) -> ImportSummary:
        """Return where the facts came from, what was wrong, and which totals agree."""
        from caopan.workspace import handbook as handbooks
        from caopan.workspace import quality as qualities

        issues = handbooks.book(self.store).issues
        return qualities.quality(self.store, issues=issues, subjects=None, now=now(),
                                 kept=self.kept)

    def coverage(self) -> tuple[Coverage, ...]:
        """Return how much of every table is known, column by column."""
        from caopan.workspace import quality as qualities

        return self.kept.answer(self.store.counting(), ("coverage",),
                                lambda: qualities.coverage(self.store))
