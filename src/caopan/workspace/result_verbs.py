"""Verbs of kept diagnoses; a part of ``Workspace``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caopan.store.store import Store
from caopan.units.clock import now
from caopan.units.message import Language
from caopan.workspace.progress import Progress, silent

if TYPE_CHECKING:
    from caopan.diagnose.diagnosis import Diagnosis
    from caopan.workspace.asking import Question
    from caopan.workspace.behind import Behind
    from caopan.workspace.results import Kept, Results
    from caopan.workspace.running import OneReport


class ResultVerbs:
    """What a person asks of diagnoses that were worked out before and kept (诊断结果)."""

    __slots__ = ()

    store: Store

    def results(self) -> Results | None:
        """Return everyone's kept diagnoses: of the present state, else the newest there are."""
        from caopan.workspace import results

        return results.results(self.store)

    def keep_results(self, progress: Progress = silent) -> Results:
        """Diagnose everyone of both grains, keep it, and return what is kept."""
        from caopan.workspace import keeping

        return keeping.keep(self.store, now=now(), progress=progress)

    def results_mark(self) -> str:
        """Return the mark of the present state; kept results of another mark do not cover it."""
        from caopan.workspace import results

        return results.mark_of(self.store)

    def answered(self, question: Question) -> Kept | None:
        """Return the kept answer to a question; None where it was not worked out yet."""
        from caopan.workspace import asking

        return asking.answered(self.store, question)

    def answer(self, question: Question, progress: Progress = silent) -> Kept:
        """Work a question out and keep its answer.

        Raises:
            CaopanError: nobody has that id, or the period is none.
        """
        from caopan.workspace import asking

        return asking.answer(self.store, question, now=now(), progress=progress)

    def behind(self, diagnosis: Diagnosis, *, metric: str) -> Behind:
        """Return the sessions of both periods with what a metric reads of each."""
        from caopan.workspace import behind as behinds

        return behinds.behind(self.store, diagnosis, metric=metric)

    def report_on(self, diagnosis: Diagnosis, *, language: Language = "zh") -> OneReport:
        """Return the report of one diagnosis, as a page and as data; nothing is written."""
        from caopan.workspace import running

        return running.report_on(self.store, diagnosis, language=language, now=now())
