"""``/imports`` and ``/batches``: the record of imports, and taking one back."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from caopan.access.action import Action
from caopan.web.api.answers import imports as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def show(call: Called) -> dict[str, object]:
    """List every import, undone ones too, in the order they were made."""
    return {"batches": [batch.document() for batch in call.workspace.batches()]}


def undo(call: Called, batch: Number) -> dict[str, object]:
    """Take one import back, exactly."""
    return call.workspace.undo(batch).document()


def listed(call: Called) -> dict[str, object]:
    """List every import, the newest first, with what must be undone before it."""
    return {"imports": [one.document() for one in call.workspace.imports.records()]}


def one(call: Called, batch: Number) -> dict[str, object]:
    """Show one import and what it said when it was made."""
    record, said = call.workspace.imports.record(batch)
    return {**record.document(), "said": said.document(call.language)}


ENDPOINTS = (
    Endpoint(method="GET", path="/batches", action=Action.READ, call=show, verb="batches",
             answer=answers.Batches, follows=Follows.FACTS),
    Endpoint(method="POST", path="/batches/{batch}/undo", action=Action.IMPORT, call=undo,
             verb="undo", answer=answers.Batch),
    Endpoint(method="GET", path="/imports", action=Action.READ, call=listed,
             verb="imports.records", answer=answers.Records, follows=Follows.FACTS),
    Endpoint(method="GET", path="/imports/{batch}", action=Action.READ, call=one,
             verb="imports.record", answer=answers.OneRecord, follows=Follows.FACTS),
)
