"""``/workspace``: what it is and how often it has changed."""

from __future__ import annotations

from caopan import __version__
from caopan.access.action import Action
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint


def show(call: Called) -> dict[str, object]:
    """Show whether the data are synthetic, and the revision that every import and undo moves."""
    return {"version": __version__, "synthetic": call.workspace.synthetic,
            "revision": call.workspace.revision()}


ENDPOINTS = (
    Endpoint(method="GET", path="/workspace", action=Action.READ, call=show, verb="revision"),
)
