"""Refreshing (更新): kept results follow the facts, by jobs in the background."""

from __future__ import annotations

from collections.abc import Mapping

from caopan.units.message import Text
from caopan.web.house import House
from caopan.web.jobs import Job, Work
from caopan.workspace.asking import Question
from caopan.workspace.progress import Progress

EVERYONE = Text(zh="给每个主播和商家做诊断", en="diagnosing every streamer and merchant")
ASKED = Text(zh="按这个时段和比法重算", en="working out these dates and this comparison")


def refreshed(house: House) -> Job | None:
    """Begin to work the results out where they do not cover the facts; None where they do.

    Call it after anything that changes what counts: an import, an undo, a page of the handbook.
    Called twice it begins once; a job that failed is returned, not begun again.
    """
    found = house.workspace.results()
    if found is not None and found.moment.covered:
        return None
    kind = f"results:{house.workspace.results_mark()}"
    return _latest(house, kind) or begin(house)


def begin(house: House) -> Job:
    """Begin to work the results out, whatever happened before."""
    def work(progress: Progress) -> Mapping[str, object]:
        with house.workspace.again() as own:  # queries of its own do not hold up the pages'
            made = own.keep_results(progress)
        return {"mark": made.mark, "seconds": made.moment.seconds}

    return house.jobs.start(f"results:{house.workspace.results_mark()}", work, title=EVERYONE)


def asked(house: House, question: Question, *, leads_to: str) -> Job:
    """Begin to work an answer out, or return the job that does; it leads to its page."""
    def work(progress: Progress) -> Mapping[str, object]:
        with house.workspace.again() as own:
            own.answer(question, progress)
        return {"next": leads_to}

    kind = f"{question.name()}:{house.workspace.results_mark()}"
    return _latest(house, kind) or _start(house, kind, work)


def _start(house: House, kind: str, work: Work) -> Job:
    return house.jobs.start(kind, work, title=ASKED)


def _latest(house: House, kind: str) -> Job | None:
    return next((job for job in house.jobs.all() if job.kind == kind), None)
