"""A call (调用): what every endpoint is handed, after the policy has said yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from caopan.units.message import Language, Text
from caopan.web.house import House
from caopan.web.job import Job
from caopan.web.jobs import Jobs, Work
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


def job_document(job: Job, language: Language) -> dict[str, object]:
    """Return a job as JSON."""
    return {"job": job.id, "url": f"/api/jobs/{job.id}", "kind": job.kind,
            "title": job.title.plain(language), "state": job.state.value,
            "step": job.step and job.step.plain(language), "done": job.done, "total": job.total,
            "began_at": job.began_at, "ended_at": job.ended_at, "result": job.result,
            "problem": job.problem and {
                "key": job.problem.key, "title": job.problem.say(language),
                "detail": job.problem.advise(language)}}
