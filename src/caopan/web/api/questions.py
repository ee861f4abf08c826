"""``/answers``, ``/evidence`` and ``/reports``: own questions, and what stands behind them."""

from __future__ import annotations

from typing import Literal

from fastapi import Response

from caopan.access.action import Action
from caopan.web.api.answers import results as answers
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Called, job_document
from caopan.web.api.endpoint import JSON, Endpoint
from caopan.web.api.question import Asked, Questioned, kept_of
from caopan.web.console.diagnosis import known
from caopan.web.console.diagnosis_parts import file_of, taken
from caopan.web.console.diagnosis_query import Asked as Page
from caopan.web.refreshing import asked as asked_job
from caopan.web.refreshing import begin, refreshed

HTML = "text/html"


def answered(call: Called, asked: Questioned) -> dict[str, object]:
    """Show the kept answer to a question; 404 where it was not worked out yet."""
    return kept_of(call, asked).document(call.language)


def answer(call: Called, body: Asked, response: Response) -> dict[str, object]:
    """Answer a question: 200 with what is kept, or 202 with the job that works it out."""
    asked = body.question()
    found = known(call, asked)
    job = refreshed(call.house)
    if found is not None:
        response.status_code = 200
        return found.document(call.language)
    if not asked.is_usual:
        job = asked_job(call.house, asked, leads_to=Page(question=asked).address())
    return job_document(job or begin(call.house), call.language)


def behind(call: Called, asked: Questioned, metric: str = "") -> dict[str, object]:
    """Show every session behind a metric of a kept diagnosis, on both sides."""
    diagnosis = kept_of(call, asked).diagnosis
    return call.workspace.behind(diagnosis, metric=metric).document(
        currency=diagnosis.subject.currency)


def report(call: Called, asked: Questioned, form: Literal["html", "json"] = "html") -> Response:
    """Fetch the report of one kept diagnosis, as a page that stands by itself or as JSON."""
    diagnosis = kept_of(call, asked).diagnosis
    made = call.workspace.report_on(diagnosis, language=call.language)
    if form == "json":
        return taken(made.document, JSON, f"{file_of(diagnosis)}.json")
    return taken(made.page, f"{HTML}; charset=utf-8", f"{file_of(diagnosis)}.html")


ENDPOINTS = (
    Endpoint(method="POST", path="/answers", action=Action.READ, call=answer, verb="answer",
             status=202, answer=Job, also={200: answers.Kept}),
    Endpoint(method="GET", path="/answers/{grain}/{subject:path}", action=Action.READ,
             call=answered, verb="answered", answer=answers.Kept),
    Endpoint(method="GET", path="/evidence/{grain}/{subject:path}", action=Action.READ,
             call=behind, verb="behind", answer=answers.Evidence),
    Endpoint(method="GET", path="/reports/{grain}/{subject:path}", action=Action.EXPORT,
             call=report, verb="report_on", media=(HTML, JSON)),
)
