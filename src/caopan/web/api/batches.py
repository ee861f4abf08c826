"""``/batches``: the import ledger."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint


def show(call: Called) -> dict[str, object]:
    """List every import, undone ones too, in the order they were made."""
    return {"batches": [batch.document() for batch in call.workspace.batches()]}


def undo(call: Called, batch: int) -> dict[str, object]:
    """Take one import back, exactly."""
    return call.workspace.undo(batch).document()


ENDPOINTS = (
    Endpoint(method="GET", path="/batches", action=Action.READ, call=show, verb="batches"),
    Endpoint(method="POST", path="/batches/{batch}/undo", action=Action.IMPORT, call=undo,
             verb="undo"),
)
