"""The commit bar (提交条): what will be written, or which answer is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.web.house import Inside
from caopan.web.jobs import Job
from caopan.workspace.look import Look


class Standing(StrEnum):
    """What stands between an upload and the workspace."""

    READY = "ready"
    ASKS = "asks"
    """A file waits for an answer."""
    NOTHING = "nothing"
    """No row can be imported."""
    KNOWN = "known"
    """Every row is known already."""
    STALE = "stale"
    """Other imports came after the comparison."""
    BUSY = "busy"
    """Another import runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Where an upload stands; ``file`` is the one that asks."""

    standing: Standing
    file: str = ""


def bar(visit: Inside, look: Look) -> Bar:
    """Return what stands between a look and its import; the first reason counts."""
    total = look.total
    if look.asking:
        return Bar(standing=Standing.ASKS, file=look.asking[0].name)
    if look.refused is not None:
        return Bar(standing=Standing.NOTHING)
    if importing(visit) is not None:
        return Bar(standing=Standing.BUSY)
    if look.against != visit.workspace.imports.active():
        return Bar(standing=Standing.STALE)
    if not total.added and not total.replaced:
        return Bar(standing=Standing.KNOWN)
    return Bar(standing=Standing.READY)


def importing(visit: Inside) -> Job | None:
    """Return the import that runs in this console; None where none does."""
    return next((job for job in visit.house.jobs.all()
                 if job.kind == "import" and not job.is_over), None)
