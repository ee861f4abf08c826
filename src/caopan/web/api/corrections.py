"""``/uploads/…/corrections``: single cells mended before they become facts."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from caopan.access.action import Action
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Called, job_document
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.uploads import idle
from caopan.web.console.imports_work import begin_look
from caopan.workspace.correcting import Cell


class Correct(BaseModel):
    """One cell by file, sheet, row and header, and what to read in its place; empty empties it.

    ``alike``: every cell of the column that says the same.
    """

    model_config = ConfigDict(extra="forbid")
    file: str
    sheet: str | None = None
    row: int = Field(ge=1)
    column: str
    new: str = Field(max_length=500)
    alike: bool = False


def correct(call: Called, upload: str, said: Correct) -> dict[str, object]:
    """Read something else in place of one cell, and look at the files again, in the background."""
    cell = Cell(file=said.file, sheet=said.sheet, row=said.row, column=said.column,
                alike=said.alike)
    changed = call.workspace.imports.correct(idle(call, upload), cell, new=said.new)
    return job_document(begin_look(call, changed), call.language)


def take_back(call: Called, upload: str, number: int) -> dict[str, object]:
    """Read a cell as it is written again; ``number`` counts the upload's corrections from 0."""
    changed = call.workspace.imports.take_back(idle(call, upload), number)
    return job_document(begin_look(call, changed), call.language)


HERE = "/uploads/{upload}/corrections"
ENDPOINTS = (
    Endpoint(method="POST", path=HERE, action=Action.IMPORT, call=correct,
             verb="imports.correct", status=202, answer=Job),
    Endpoint(method="DELETE", path=HERE + "/{number}", action=Action.IMPORT, call=take_back,
             verb="imports.take_back", status=202, answer=Job),
)
