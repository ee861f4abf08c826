"""``/results`` and ``/ranking``: everyone's kept diagnoses, most money at stake first."""

from __future__ import annotations

from typing import Literal

from fastapi import Response

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.web.api.answers import results as answers
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Called, job_document
from caopan.web.api.endpoint import Endpoint, Follows
from caopan.web.api.paging import Paged
from caopan.web.api.question import UnknownAnswerError, Who
from caopan.web.jobs import JobState
from caopan.web.refreshing import begin, refreshed
from caopan.workspace import results
from caopan.workspace.diagnosing import UnknownSubjectError
from caopan.workspace.grain import Grain
from caopan.workspace.results import Results, Wanted

LONGEST = 80
Way = Literal["loss", "gain", "unknown"]


def state(call: Called) -> dict[str, object]:
    """Show of which moment the kept results are, and the work on newer ones."""
    found = call.workspace.results()
    kind = f"results:{call.workspace.results_mark()}"
    running = next((job.id for job in call.jobs.all() if job.kind == kind and not job.is_over),
                   None)
    told = found.document() if found else {"mark": None, "moment": None, "grains": {}}
    return {**told, "job": running}


def refresh(call: Called, response: Response) -> dict[str, object]:
    """Work the results out where they do not cover the facts, in the background; 200: they do."""
    job = refreshed(call.house)
    if job is None:
        response.status_code = 200
        return state(call)
    if job.state is JobState.FAILED:
        job = begin(call.house)
    return job_document(job, call.language)


def ranking(
    call: Called, paged: Paged, grain: Who = "streamer", currency: str | None = None,
    way: Way | None = None, q: str = "",
) -> dict[str, object]:
    """List subjects by the money at stake; without a currency that of most subjects."""
    found = _results(call)
    money = found.grains.get(grain, {})
    chosen = currency if currency in money else next(iter(money), "")
    wanted = Wanted(grain=grain, currency=chosen, way=way or "", text=q.strip()[:LONGEST])
    listed = found.shelf.listed(wanted, most=paged.size, skip=paged.skipped)
    return {"mark": found.mark, "moment": found.moment.document(), "grain": grain,
            "currency": chosen, "ways": found.shelf.ways(grain, chosen),
            "total": found.shelf.count(wanted), **paged.document(),
            "subjects": [results.line(one) for one in listed]}


def one(call: Called, grain: Who, subject: str, currency: str | None = None) -> dict[str, object]:
    """Show one subject's kept diagnosis, as the report has it."""
    found = _results(call)
    kept = results.kept(found, grain, subject, currency=currency or None)
    if kept is None and found.moment.covered:
        raise UnknownSubjectError(subject, Grain(grain))
    if kept is None:
        raise UnknownAnswerError
    return kept.document(call.language)


def _results(call: Called) -> Results:
    found = call.workspace.results()
    if found is None:
        raise UnknownResultsError
    return found


ENDPOINTS = (
    Endpoint(method="GET", path="/results", action=Action.READ, call=state, verb="results",
             answer=answers.State),
    Endpoint(method="POST", path="/results", action=Action.READ, call=refresh,
             verb="keep_results", status=202, answer=Job, also={200: answers.State}),
    Endpoint(method="GET", path="/ranking", action=Action.READ, call=ranking,
             answer=answers.Ranking, follows=Follows.RESULTS),
    Endpoint(method="GET", path="/results/{grain}/{subject:path}", action=Action.READ, call=one,
             answer=answers.Kept, follows=Follows.RESULTS),
)


class UnknownResultsError(CaopanError):
    """Raised where no results were worked out yet."""

    def __init__(self) -> None:
        """Say how that is begun."""
        super().__init__(Message(
            key="unknown_results",
            text=Text(zh="还没有算过所有人的诊断", en="nobody's diagnosis was worked out yet"),
            hint=Text(zh="先算：POST /api/results", en="work them out: POST /api/results")))
