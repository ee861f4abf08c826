"""``/uploads``: files on their way in, on the console's own shelf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, BinaryIO

from fastapi import Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from caopan.access.action import Action
from caopan.units.clock import now
from caopan.web.api.answers import imports as answers
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Call, Called, job_document
from caopan.web.api.endpoint import Endpoint
from caopan.web.console.imports_work import NotReadyError, begin_look, running
from caopan.workspace.incoming import Answers, Receiving, Upload, is_clutter
from caopan.workspace.synthetic import SyntheticWorkspaceError

BLOCK = 2**20
"""Bytes that are held at once."""
Year = Annotated[int, Field(ge=1990, le=2100)]


class UploadAnswers(BaseModel):
    """What the files themselves do not say, and which of them stay out."""

    model_config = ConfigDict(extra="forbid")
    account: str = ""
    timezone: str = ""
    year: Year | None = None
    currency: str = ""
    leave: list[str] = Field(default_factory=list)
    years: dict[str, Year] = Field(default_factory=dict)
    """The year of dates without one, of single files."""


def listed(call: Called) -> dict[str, object]:
    """List uploads that hold files and are no import yet, the newest first."""
    return {"uploads": [document(call, upload) for upload in call.shelf.open()]}


def receive(call: Called, files: list[UploadFile]) -> dict[str, object]:
    """Receive files; nothing is imported yet."""
    return document(call, _received(call, ((file.filename or "", file.file) for file in files)))


async def add(call: Called, upload: str, name: str, request: Request) -> dict[str, object]:
    """Receive one file as the body of the call, as it streams in; of any size."""
    found = await run_in_threadpool(_open, call, upload)
    file = await run_in_threadpool(call.shelf.receive, found.id, name)
    await _write(file, request)
    return await run_in_threadpool(document, call, found)


def show(call: Called, upload: str) -> dict[str, object]:
    """Show what an upload holds, what was said of it, and which import it became."""
    return document(call, call.shelf.get(upload))


def forget(call: Called, upload: str) -> dict[str, object]:
    """Let an upload's files go."""
    call.shelf.discard(idle(call, upload).id)
    return {"upload": upload, "files": []}


def say(call: Called, upload: str, said: UploadAnswers) -> dict[str, object]:
    """Say what the files do not say themselves, and look at them again, in the background."""
    found = idle(call, upload)
    told = Answers(account=said.account.strip(), timezone=said.timezone.strip(), year=said.year,
                   currency=said.currency.strip().upper(), leave=tuple(said.leave),
                   years=said.years)
    return job_document(begin_look(call, replace(found, answers=told)), call.language)


def document(call: Call, upload: Upload) -> dict[str, object]:
    """Return an upload as JSON."""
    return upload.document(call.shelf.listed(upload.id))


def idle(call: Call, name: str) -> Upload:
    """Return an upload on which no work is under way.

    Raises:
        UnknownUploadError: there is none of that id.
        NotReadyError: work on it is under way.
    """
    found = call.shelf.get(name)
    job = running(call, found)
    if job is not None and not job.is_over:
        raise NotReadyError
    return found


def _open(call: Call, name: str) -> Upload:
    found = idle(call, name)
    if found.batch is not None:
        raise NotReadyError
    return found


def _received(call: Call, files: Iterable[tuple[str, BinaryIO]]) -> Upload:
    if call.workspace.synthetic:
        raise SyntheticWorkspaceError
    upload = call.shelf.begin(now=now())
    for name, body in files:
        if is_clutter(name):
            continue
        with call.shelf.receive(upload.id, name) as receiving:
            while block := body.read(BLOCK):
                receiving.write(block)
    return upload


async def _write(file: Receiving, request: Request) -> None:
    with file:
        held = bytearray()
        async for block in request.stream():
            held += block
            if len(held) >= BLOCK:
                await run_in_threadpool(file.write, bytes(held))
                held.clear()
        await run_in_threadpool(file.write, bytes(held))


IMPORT = Action.IMPORT
ENDPOINTS = (
    Endpoint(method="GET", path="/uploads", action=Action.READ, call=listed,
             verb="imports.incoming", answer=answers.Uploads),
    Endpoint(method="POST", path="/uploads", action=IMPORT, call=receive, status=201,
             answer=answers.Upload),
    Endpoint(method="PUT", path="/uploads/{upload}/files", action=IMPORT, call=add,
             answer=answers.Upload),
    Endpoint(method="GET", path="/uploads/{upload}", action=IMPORT, call=show,
             answer=answers.Upload),
    Endpoint(method="DELETE", path="/uploads/{upload}", action=IMPORT, call=forget,
             answer=answers.Forgotten),
    Endpoint(method="PUT", path="/uploads/{upload}/answers", action=IMPORT, call=say, status=202,
             answer=Job),
)
