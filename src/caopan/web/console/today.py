"""今日 · Today: what needs me, and the ways in for a first-time user."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.web.screen import Screen
from caopan.web.visit import Visit


def page(visit: Visit) -> Response:
    """Show today's page."""
    batches = visit.workspace.batches()
    return visit.show("today/page.html", batches=batches)


SCREENS = (Screen(path="/", action=Action.READ, show=page),)
