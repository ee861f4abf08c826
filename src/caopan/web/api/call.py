"""A call (调用): what every endpoint is handed, after the policy has said yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from caopan.access.action import Action
from caopan.access.policy import check
from caopan.units.message import Language, Text
from caopan.web import session
from caopan.web.house import House
from caopan.web.job import Job
from caopan.web.jobs import Jobs, Work
from caopan.web.screen import FORM_HEADER, ForgedError, actor_of
from caopan.web.security import SAFE
from caopan.web.spoken import spoken
from caopan.workspace.incoming import Incoming
from caopan.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The house it came into, and in which words to answer."""

    house: House
    language: Language

    @property
    def workspace(self) -> Workspace:
        """Return the workspace of the house."""
        return self.house.workspace

    @property
    def jobs(self) -> Jobs:
        """Return the jobs of the house."""
        return self.house.jobs

    @property
    def shelf(self) -> Incoming:
        """Return the shelf of uploads, the console's own."""
        return self.workspace.imports.incoming

    def begin(self, kind: str, work: Work, *, title: Text) -> dict[str, object]:
        """Begin long work and return what a caller watches it by."""
        return job_document(self.jobs.start(kind, work, title=title), self.language)


def called(request: Request) -> Call:
    """Return the call that a request is."""
    return Call(house=request.app.state.house,
                language=spoken(request.headers.get("accept-language")))


Called = Annotated[Call, Depends(called)]


def pass_gate(request: Request, house: House, action: Action) -> None:
    """Pass where the policy says yes and a change carries its token; nothing was read yet.

    A bearer token cannot be sent by a foreign page; a cookie can, so a change that comes with a
    cookie must carry the page's token too.

    Raises:
        CaopanError: the policy says no, or a change carries no token.
    """
    check(actor_of(request, house), action)
    bearer = session.is_owner(request.headers.get("authorization"), house.keys)
    cookie = request.cookies.get(session.COOKIE)
    if request.method not in SAFE and not bearer and not session.is_ours(
            request.headers.get(FORM_HEADER), cookie, house.keys):
        raise ForgedError


def job_document(job: Job, language: Language) -> dict[str, object]:
    """Return a job as JSON."""
    return {"job": job.id, "url": f"/api/jobs/{job.id}", "kind": job.kind,
            "title": job.title.plain(language), "state": job.state.value,
            "step": job.step and job.step.plain(language), "done": job.done, "total": job.total,
            "began_at": job.began_at, "ended_at": job.ended_at, "result": job.result,
            "problem": job.problem and {
                "key": job.problem.key, "title": job.problem.say(language),
                "detail": job.problem.advise(language)}}
