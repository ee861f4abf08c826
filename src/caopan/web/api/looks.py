"""``/uploads/…/look``: what an upload would do, what its columns are, and taking it in."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.web.api.answers import imports as answers
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Call, Called, job_document
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.paging import Paged
from caopan.web.api.uploads import idle
from caopan.web.console.imports_bar import Standing, bar
from caopan.web.console.imports_work import (
    NotReadyError,
    begin_import,
    begin_look,
    running,
    stop_look,
)
from caopan.workspace.look import Look
from caopan.workspace.looking import issues as issues_of
from caopan.workspace.looking import looked

Handling = Literal["", "minutes", "hours", "seconds", "words_duration", "percent", "10000", "0.01"]


class Chosen(BaseModel):
    """What one column becomes: a target, ``x_`` to keep it as it is, empty to leave it out."""

    model_config = ConfigDict(extra="forbid")
    to: str
    handling: Handling = ""


class Columns(BaseModel):
    """Every column of a file in its order, and the name to save the map under."""

    model_config = ConfigDict(extra="forbid")
    file: str
    sheet: str | None = None
    columns: list[Chosen] = Field(max_length=2_000)
    table: str | None = None
    name: str = Field(default="", max_length=200)


def begin(call: Called, upload: str) -> dict[str, object]:
    """Look at an upload in the background; nothing is written."""
    return job_document(begin_look(call, idle(call, upload)), call.language)


def show(call: Called, upload: str) -> dict[str, object]:
    """Show the last look: every file, what would be added and replaced, problems in their rows."""
    look = _look(call, upload)
    stands = bar(call, look)
    return {"standing": stands.standing.value, "asks": stands.file or None,
            **look.document(call.language)}


def stop(call: Called, upload: str) -> dict[str, object]:
    """Stop a look that runs, where it next tells how far it is; nothing was written."""
    return job_document(stop_look(call, call.shelf.get(upload)), call.language)


def issues(call: Called, upload: str, paged: Paged) -> dict[str, object]:
    """List every problem of the last look, a page at a time."""
    found = issues_of(call.shelf, call.shelf.get(upload))
    return {"total": len(found), **paged.document(),
            "issues": [issue.document(call.language) for issue in paged.cut(found)]}


def columns(call: Called, upload: str, file: str, table: str | None = None,
            sheet: str | None = None) -> dict[str, object]:
    """Show what the columns of an unknown file, or of one sheet of it, probably are."""
    return call.workspace.imports.column_map(call.shelf.get(upload), file, table=table,
                                             sheet=sheet).document(call.language)


def save(call: Called, upload: str, said: Columns) -> dict[str, object]:
    """Save what a file's columns are; such files are known from then on. It is looked at again."""
    found = idle(call, upload)
    shown = call.workspace.imports.column_map(found, said.file, table=said.table,
                                              sheet=said.sheet)
    name = call.workspace.imports.save_column_map(
        shown, name=said.name, to=[one.to for one in said.columns],
        handling=[one.handling for one in said.columns])
    return {"saved": name, "look": job_document(begin_look(call, found), call.language)}


def take(call: Called, upload: str) -> dict[str, object]:
    """Import an upload as one batch, in the background; a second call finds the same job."""
    with call.house.jobs.gate:
        found = call.shelf.get(upload)
        job = running(call, found)
        if job is not None and job.kind == "import" and (
                found.batch is not None or not job.is_over):
            return job_document(job, call.language)
        look = looked(call.shelf, idle(call, upload))
        if found.batch is not None or look is None or bar(
                call, look).standing is not Standing.READY:
            raise NotReadyError
        return job_document(begin_import(call, found), call.language)


def _look(call: Call, upload: str) -> Look:
    found = looked(call.shelf, call.shelf.get(upload))
    if found is None:
        raise UnknownLookError
    return found


IMPORT, HERE = Action.IMPORT, "/uploads/{upload}"
ENDPOINTS = (
    Endpoint(method="POST", path=f"{HERE}/look", action=IMPORT, call=begin, verb="imports.look",
             status=202, answer=Job),
    Endpoint(method="GET", path=f"{HERE}/look", action=IMPORT, call=show, answer=answers.Look),
    Endpoint(method="DELETE", path=f"{HERE}/look", action=IMPORT, call=stop, status=202,
             answer=Job),
    Endpoint(method="GET", path=f"{HERE}/issues", action=IMPORT, call=issues,
             answer=answers.Issues),
    Endpoint(method="GET", path=f"{HERE}/columns", action=IMPORT, call=columns,
             verb="imports.column_map", answer=answers.ColumnMap),
    Endpoint(method="PUT", path=f"{HERE}/columns", action=IMPORT, call=save,
             verb="imports.save_column_map", answer=answers.Saved),
    Endpoint(method="POST", path=f"{HERE}/take", action=IMPORT, call=take,
             verb="imports.take_in", status=202, answer=Job),
)


class UnknownLookError(CaopanError):
    """Raised where an upload was not looked at since it changed."""

    def __init__(self) -> None:
        """Say how that is begun."""
        super().__init__(Message(
            key="unknown_look",
            text=Text(zh="这一批文件还没有看过，或者看过以后又变了",
                      en="these files were not looked at yet, or changed since"),
            hint=Text(zh="先看一遍：POST /api/uploads/…/look",
                      en="look at them: POST /api/uploads/…/look")))
