"""What a person says about an upload: whose it is, what its columns are, what stays out, yes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from caopan.access.action import Action
from caopan.web.console.imports_bar import Standing, bar
from caopan.web.console.imports_work import (
    NoLookRunsError,
    NotReadyError,
    begin_import,
    idle,
    look_again,
    running,
    stop_look,
    upload_of,
)
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.looking import looked

HERE = "/import/{upload}"
BLOCK = 2**20
"""Bytes gathered before they are written."""


async def receive(visit: Visit) -> Response:
    """Take one file as it streams in; memory holds one block of it.

    Raises:
        NotReadyError: work on the upload is under way, or it is an import already.
        CaopanError: the upload is gone, too large, or the disk does not take it.
    """
    shelf, upload = visit.workspace.imports.incoming, await run_in_threadpool(idle, visit)
    file = await run_in_threadpool(shelf.receive, upload.id, visit.query.get("name", ""))
    with file:
        held = bytearray()
        async for block in visit.request.stream():
            held += block
            if len(held) >= BLOCK:
                await run_in_threadpool(file.write, bytes(held))
                held.clear()
        await run_in_threadpool(file.write, bytes(held))
    return JSONResponse({"name": file.target.name, "size": file.size})


def answer(visit: Visit) -> Response:
    """Keep what the files do not say themselves, and look again."""
    said = {name: str(visit.form.get(name) or "").strip()
            for name in ("account", "timezone", "currency", "year")}
    year = said.pop("year")
    upload = upload_of(visit)
    answers = replace(upload.answers, year=int(year) if year.isdecimal() else None,
                      account=said["account"], timezone=said["timezone"],
                      currency=said["currency"].upper())
    return look_again(visit, replace(upload, answers=answers))


def leave(visit: Visit) -> Response:
    """Leave a file out, or take it back in, and look again."""
    upload, name = upload_of(visit), str(visit.form.get("file") or "")
    left = [each for each in upload.answers.leave if each != name]
    if visit.form.get("leave") == "1":
        left.append(name)
    answers = replace(upload.answers, leave=tuple(left))
    return look_again(visit, replace(upload, answers=answers), file=name)


def columns(visit: Visit) -> Response:
    """Save what the columns of a file are, and look again.

    Raises:
        CaopanError: a column is unanswered, or one is lacking.
    """
    upload, form = upload_of(visit), visit.form
    name = str(form.get("file") or "")
    shown = visit.workspace.imports.column_map(upload, name, table=str(form.get("table") or ""),
                                               sheet=str(form.get("sheet") or "") or None)
    places = range(len(shown.columns))
    visit.workspace.imports.save_column_map(
        shown, name=str(form.get("name") or ""),
        to=[str(form.get(f"to-{at}", "?")) for at in places],
        handling=[str(form.get(f"as-{at}", "")) for at in places])
    return look_again(visit, upload, file=name)


def take(visit: Visit) -> Response:
    """Begin the import, once; a second press finds the first one running.

    Raises:
        NotReadyError: something stands between the upload and the workspace.
    """
    with visit.house.jobs.gate:
        upload = upload_of(visit)
        job = running(visit, upload)
        at_work = upload.batch is not None or (job is not None and not job.is_over)
        if not at_work:
            look = looked(visit.workspace.imports.incoming, upload)
            if look is None or bar(visit, look).standing is not Standing.READY:
                raise NotReadyError
            begin_import(visit, upload)
    return visit.go(f"/import/{upload.id}")


def stop(visit: Visit) -> Response:
    """Stop looking at an upload; where nothing looks any more its page says how it ended."""
    upload = upload_of(visit)
    with suppress(NoLookRunsError):
        stop_look(visit, upload)
    return visit.go(f"/import/{upload.id}")


def discard(visit: Visit) -> Response:
    """Throw an upload away; nothing of it was ever written.

    Raises:
        NotReadyError: work on it is under way.
    """
    upload = upload_of(visit)
    job = running(visit, upload)
    if job is not None and not job.is_over:
        raise NotReadyError
    visit.workspace.imports.incoming.discard(upload.id)
    return visit.go("/import")


SCREENS = (
    Screen(path=HERE + "/files", action=Action.IMPORT, show=receive, methods=("PUT",),
           streams=True),
    Screen(path=HERE + "/answers", action=Action.IMPORT, show=answer, methods=("POST",)),
    Screen(path=HERE + "/leave", action=Action.IMPORT, show=leave, methods=("POST",)),
    Screen(path=HERE + "/columns", action=Action.IMPORT, show=columns, methods=("POST",)),
    Screen(path=HERE + "/take", action=Action.IMPORT, show=take, methods=("POST",)),
    Screen(path=HERE + "/stop", action=Action.IMPORT, show=stop, methods=("POST",)),
    Screen(path=HERE + "/discard", action=Action.IMPORT, show=discard, methods=("POST",)),
)
