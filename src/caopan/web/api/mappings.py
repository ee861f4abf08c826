"""``/mappings``: how an unknown file's columns map to a canonical table."""

from __future__ import annotations

from pydantic import BaseModel, Field

from caopan.access.action import Action
from caopan.web.api.answers.imports import Proposal
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.imports import files_of
from caopan.workspace.looking import NoSuchUploadedFileError


class Draft(BaseModel):
    """A file of an upload, corrections as ``header=column``, and the name to save under."""

    upload: str
    file: str
    table: str | None = None
    sheet: str | None = None
    columns: list[str] = Field(default_factory=list)
    save: str | None = None


def propose(call: Called, asked: Draft) -> dict[str, object]:
    """Propose a mapping; with ``save`` files of that shape are recognised from then on."""
    path = next((path for path in files_of(call, asked.upload) if path.name == asked.file), None)
    if path is None:
        raise NoSuchUploadedFileError(asked.file)
    return call.workspace.mapping(path, table=asked.table, columns=tuple(asked.columns),
                                  save=asked.save, sheet=asked.sheet).document(call.language)


ENDPOINTS = (
    Endpoint(method="POST", path="/mappings", action=Action.IMPORT, call=propose, verb="mapping",
             answer=Proposal),
)
