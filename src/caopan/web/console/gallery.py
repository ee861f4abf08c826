"""组件库 · Gallery: every part and every chart in every state, for the eye and for tests."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.web.console.chart.gallery import gallery
from caopan.web.screen import Screen
from caopan.web.visit import Visit


def page(visit: Visit) -> Response:
    """Show the parts; one kind of chart where it is asked for, else the list of kinds."""
    examples = gallery()
    kinds = list(dict.fromkeys(one.figure.kind for one in examples))
    asked = visit.query.get("chart", "")
    return visit.show("gallery/page.html", kinds=kinds, asked=asked,
                      examples=[one for one in examples if one.figure.kind == asked])


SCREENS = (Screen(path="/gallery", action=Action.READ, show=page),)
