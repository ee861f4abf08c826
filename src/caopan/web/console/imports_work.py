"""The work on an upload: looks and imports run as jobs that outlive the page."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from urllib.parse import quote

from starlette.responses import Response

from caopan.units.message import CaopanError, Message, Text
from caopan.web.house import Inside
from caopan.web.jobs import Job
from caopan.web.refreshing import refreshed
from caopan.web.visit import Visit
from caopan.workspace.incoming import Upload
from caopan.workspace.looking import forget
from caopan.workspace.progress import Progress

LOOKING = Text(zh="看这些文件是什么", en="looking at the files")
TAKING = Text(zh="写入工作区", en="writing into the workspace")


def upload_of(visit: Visit) -> Upload:
    """Return the upload that the address names.

    Raises:
        UnknownUploadError: it is not there any more.
    """
    return visit.workspace.imports.incoming.get(visit.path("upload"))


def running(visit: Inside, upload: Upload) -> Job | None:
    """Return the job that was last begun for an upload, as far as this console remembers it."""
    return visit.house.jobs.get(upload.job) if upload.job else None


def idle(visit: Visit) -> Upload:
    """Return the upload that the address names, on which no work is under way.

    Raises:
        NotReadyError: work on it is under way, or it is an import already.
    """
    return idle_of(visit, upload_of(visit))


def idle_of(visit: Inside, upload: Upload) -> Upload:
    """Return an upload on which no work is under way.

    Raises:
        NotReadyError: work on it is under way, or it is an import already.
    """
    job = running(visit, upload)
    if upload.batch is not None or (job is not None and not job.is_over):
        raise NotReadyError
    return upload


def look_again(visit: Visit, upload: Upload, *, file: str = "") -> Response:
    """Look at an upload that was changed, and go to its page.

    Raises:
        NotReadyError: work on it is under way.
    """
    with visit.house.jobs.gate:
        now = visit.workspace.imports.incoming.get(upload.id)
        job = running(visit, now)
        if now.batch is not None or (job is not None and not job.is_over):
            raise NotReadyError
        begin_look(visit, upload)
    return visit.go(f"/import/{upload.id}" + (f"?file={quote(file, safe='')}" if file else ""))


def begin_look(visit: Inside, upload: Upload) -> Job:
    """Look at an upload in the background; an earlier look is forgotten."""
    workspace = visit.workspace
    forget(workspace.imports.incoming, upload)

    def work(progress: Progress) -> dict[str, object]:
        with visit.house.jobs.in_line(progress):
            workspace.imports.look(upload, progress=progress)
        return {"next": f"/import/{upload.id}"}

    job = visit.house.jobs.start("look", work, title=LOOKING)
    workspace.imports.incoming.keep(replace(upload, job=job.id))
    return job


def begin_import(visit: Inside, upload: Upload) -> Job:
    """Take an upload in, in the background."""
    workspace = visit.workspace

    noted = Event()

    def work(progress: Progress) -> dict[str, object]:
        noted.wait()
        known = workspace.imports.incoming.get(upload.id)  # with the job that takes it in
        with visit.house.jobs.in_line(progress):
            done = workspace.imports.take_in(known, progress=progress)
        refreshed(visit.house)
        return {"next": f"/import/batches/{done.batch}", "batch": done.batch}

    job = visit.house.jobs.start("import", work, title=TAKING)
    try:
        workspace.imports.incoming.keep(replace(upload, job=job.id))
    finally:
        noted.set()
    return job


def stop_look(visit: Inside, upload: Upload) -> Job:
    """Let the look at an upload end where it next tells how far it is, and return its job.

    An import that writes is not stopped: it is undone.

    Raises:
        NoLookRunsError: nothing looks at it.
    """
    job = running(visit, upload)
    if job is None or job.is_over or job.kind != "look":
        raise NoLookRunsError
    visit.house.jobs.stop(job.id)
    return job


class NoLookRunsError(CaopanError):
    """Raised where a look is to be stopped and none runs."""

    def __init__(self) -> None:
        """Say what is there instead."""
        super().__init__(Message(
            key="no_look_runs",
            text=Text(zh="这一批文件现在没有在看，没有可停的",
                      en="nothing looks at these files now; there is nothing to stop"),
            hint=Text(zh="看完的结果在 GET /api/uploads/…/look；写入不能停，写完可以撤销",
                      en="what was seen stands in GET /api/uploads/…/look; writing is not "
                         "stopped, it can be undone")))


class NotReadyError(CaopanError):
    """Raised where an upload is not in a state to be changed or taken in."""

    usage = True

    def __init__(self) -> None:
        """Say where the reason stands."""
        super().__init__(Message(
            key="not_ready",
            text=Text(zh="这一批文件现在还不能这样做",
                      en="this cannot be done with these files now"),
            hint=Text(zh="回到这一批文件的页面，最下面一行写着还差什么",
                      en="go back to their page: its last line says what is missing")))
