"""The topics of this house: the workspace as a whole, and each job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment

from caopan.units.message import Language
from caopan.web.jobs import Jobs
from caopan.web.live.topic import State
from caopan.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSource:
    """``workspace``: its revision, which an import or undo by any process moves on."""

    workspace: Workspace
    watched: bool = True

    def state(self, name: str, languages: frozenset[Language]) -> State:
        """Return the revision; one query."""
        del name, languages
        return State(rev=self.workspace.revision())


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSource:
    """``job:<id>``: how far a piece of long work is."""

    jobs: Jobs
    templates: Mapping[Language, Environment]
    watched: bool = False

    def state(self, name: str, languages: frozenset[Language]) -> State:
        """Return the job's part of a page; gone where nobody knows of it."""
        job = self.jobs.get(name)
        if job is None:
            return State(rev=0, gone=True)
        parts = {language: {f"job-{job.id}": self.templates[language].get_template(
            "house/job.html").render(job=job)} for language in languages}
        return State(rev=job.turn, parts=parts,
                     tick={"state": job.state.value, "done": job.done, "total": job.total})
