"""The screens of a room as the hub renders them: loaded when one is first looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from jinja2 import Environment

from caopan.units.message import Language
from caopan.web.live.room_source import Render
from caopan.web.live.topic import Parts
from caopan.workspace.live.desk import Desk


def screens_of(templates: Mapping[Language, Environment]) -> Render:
    """Return what renders a screen of a room in one of the languages of the templates.

    >>> callable(screens_of({}))
    True
    """

    def render(desk: Desk, room: str, screen: str, language: Language,
               now: datetime) -> Parts | None:
        from caopan.web.console.room_parts import parts
        from caopan.web.console.room_stage import stage
        from caopan.web.console.room_view import view_of

        view = view_of(screen)
        if view is None:
            return None
        return parts(stage(desk, room, now=now, language=language), view,
                     template=templates[language], language=language)

    return render
