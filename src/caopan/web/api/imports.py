"""``/imports``: what was uploaded becomes facts, or is only looked at."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Call, Called
from caopan.web.api.endpoint import Endpoint
from caopan.workspace.incoming import UnknownUploadError
from caopan.workspace.progress import Progress

IMPORTING = Text(zh="导入文件", en="importing files")


class Circumstances(BaseModel):
    """What the files themselves do not say."""

    account: str | None = None
    timezone: str | None = None
    year: int | None = None
    currency: str | None = None


class Import(Circumstances):
    """One import: which upload, and how to read it.

    ``mapping`` is a mapping itself; saved ones are recognised by themselves. ``dry_run`` looks
    and writes nothing, and the upload stays for the real import.
    """

    upload: str
    source: str | None = None
    mapping: dict[str, Any] | None = None
    strict: bool = False
    dry_run: bool = False


def begin(call: Called, asked: Import) -> dict[str, object]:
    """Import an upload as one batch, in the background; with ``dry_run`` only look."""
    paths = files_of(call, asked.upload)

    def work(progress: Progress) -> dict[str, object]:
        done = call.workspace.import_files(
            paths, progress=progress, **asked.model_dump(exclude={"upload"}))
        document = done.document(call.language)
        if done.refused is not None:
            raise RefusedError(done.refused, document)
        if not asked.dry_run:
            let_go(call, asked.upload)
        return document

    return call.begin("import", work, title=IMPORTING)


def files_of(call: Call, upload: str) -> list[Path]:
    """Return the files of an upload that is no import yet.

    Raises:
        UnknownUploadError: there is none of that id, or its files are gone.
    """
    found = call.shelf.get(upload)
    if found.batch is not None:
        raise UnknownUploadError
    return sorted(path for path in call.shelf.files(found.id).iterdir() if path.is_file())


def let_go(call: Call, upload: str) -> None:
    """Remove an upload that has become facts; it may have been removed meanwhile."""
    with suppress(UnknownUploadError):
        call.shelf.discard(upload)


ENDPOINTS = (
    Endpoint(method="POST", path="/imports", action=Action.IMPORT, call=begin,
             verb="import_files", status=202, answer=Job),
)


class RefusedError(CaopanError):
    """Raised when nothing could be imported; ``result`` says why, file by file."""

    def __init__(self, message: Message, result: dict[str, object]) -> None:
        """Keep what was found."""
        super().__init__(message)
        self.result = result
