"""A changed rule tried on the workspace's own history, before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caopan.diagnose.diagnosis import Subject
from caopan.playbook.handbook import Handbook
from caopan.store.store import Store
from caopan.units.message import Text
from caopan.units.verdict import Verdict
from caopan.workspace import diagnosing
from caopan.workspace.handbook import book, drafted
from caopan.workspace.progress import Progress

BEFORE = Text(zh="按现在的规则", en="by the rule in force")
AFTER = Text(zh="按改过的规则", en="by the changed rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a rule says about one subject under both pages; None where it is quiet."""

    subject: Subject
    before: Verdict | None
    after: Verdict | None

    @property
    def is_changed(self) -> bool:
        """Return whether the two pages disagree."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a changed page would have said: for whom the rule speaks, before and after."""

    rule: str
    subjects: int
    spoken: tuple[Spoken, ...]

    @property
    def before(self) -> int:
        """Return how many subjects the rule in force speaks about."""
        return sum(one.before is not None for one in self.spoken)

    @property
    def after(self) -> int:
        """Return how many subjects the changed rule speaks about."""
        return sum(one.after is not None for one in self.spoken)


    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        return {
            "rule": self.rule, "subjects": self.subjects, "before": self.before,
            "after": self.after,
            "spoken": [{"grain": one.subject.kind, "id": one.subject.id, "name": one.subject.name,
                        "before": one.before, "after": one.after} for one in self.spoken]}


def rehearse(store: Store, name: str, text: str, *, progress: Progress) -> Rehearsal:
    """Diagnose every streamer with the handbook in force and with the changed page.

    The whole handbook runs both times: how many claims are made decides which are allowed.

    Raises:
        UnsoundPageError: the page is not sound.
        CaopanError: there is nothing to diagnose.
    """
    changed = drafted(store, name, text)
    now_said = dict(_said(store, name, book(store), BEFORE, progress))
    then_said = dict(_said(store, name, changed, AFTER, progress))
    spoken = tuple(
        Spoken(subject=subject, before=before, after=then_said[subject])
        for subject, before in now_said.items()
        if before is not None or then_said[subject] is not None)
    return Rehearsal(rule=name, subjects=len(now_said), spoken=spoken)


def _said(store: Store, name: str, with_book: Handbook, step: Text,
          progress: Progress) -> Iterator[tuple[Subject, Verdict | None]]:
    told = diagnosing.stream(store, progress=progress, book=with_book)
    for done, one in enumerate(told.diagnoses):
        progress(step, done, told.count)
        verdict = next((found.verdict for found in one.findings if found.rule == name), None)
        yield one.subject, verdict
