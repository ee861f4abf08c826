"""``/workspace``: what it is and how often it has changed."""

from __future__ import annotations

from caopan import __version__
from caopan.access.action import Action
from caopan.web.api.answers import metrics as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint


def show(call: Called) -> dict[str, object]:
    """Show whether the data are synthetic, the revision, the mark, and the imports that count.

    The revision moves with every import and undo; the mark names what a diagnosis would be made
    from, the handbook too.
    """
    return {"version": __version__, "synthetic": call.workspace.synthetic,
            "revision": call.workspace.revision(), "mark": call.workspace.results_mark(),
            "imports": list(call.workspace.imports.active())}


ENDPOINTS = (
    Endpoint(method="GET", path="/workspace", action=Action.READ, call=show, verb="revision",
             answer=answers.About),
)
