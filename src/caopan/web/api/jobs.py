"""``/jobs``: long work, how far it is and what came of it."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.web.api.answers import basic as answers
from caopan.web.api.call import Called, job_document
from caopan.web.api.endpoint import Endpoint
from caopan.web.console.job import UnknownJobError


def show(call: Called) -> dict[str, object]:
    """List the jobs since the console was started, the latest first."""
    return {"jobs": [job_document(job, call.language) for job in call.jobs.all()]}


def one(call: Called, job: str) -> dict[str, object]:
    """Show one job; one that a restart cut off says so."""
    found = call.jobs.get(job)
    if found is None:
        raise UnknownJobError(job)
    return job_document(found, call.language)


ENDPOINTS = (
    Endpoint(method="GET", path="/jobs", action=Action.READ, call=show, answer=answers.Jobs),
    Endpoint(method="GET", path="/jobs/{job}", action=Action.READ, call=one, verb="kept_job",
             answer=answers.Job),
)
