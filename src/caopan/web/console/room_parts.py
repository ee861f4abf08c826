"""The parts of a room's screens: rendered once a change, for every page that shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from jinja2 import Environment

from caopan.live.command import KIND_WORDS, Command
from caopan.live.role import ROLE_WORDS, Role
from caopan.live.room import STATUS_WORDS, Status
from caopan.plan.item import CLASS_WORDS, TYPE_WORDS
from caopan.units.message import Language
from caopan.web.console.room_cards import running, shown
from caopan.web.console.room_numbers import TIERS, figures
from caopan.web.console.room_stage import Stage, clock, milliseconds
from caopan.web.console.room_steps import STEPS, steps
from caopan.web.console.room_view import VIEWS, View
from caopan.web.console.room_words import told, who

WORDS = {"kinds": KIND_WORDS, "roles_said": ROLE_WORDS, "statuses": STATUS_WORDS,
         "classes": CLASS_WORDS, "types": TYPE_WORDS, "tiers": TIERS, "step_words": STEPS}
LOG_SHOWN = 12
"""So many decisions stand on the screen of a show that runs."""


def values(stage: Stage, view: View, *, language: Language) -> dict[str, object]:
    """Return what the templates of a room know."""
    return {"stage": stage, "room": stage.room, "view": view, "views": VIEWS, "Role": Role,
            "figures": figures(stage, language=language), "cards": shown(stage),
            "incidents": running(stage), "steps": steps, "ms": milliseconds, "clock": clock,
            "told": told, "who": who, "alert_ms": _moment, "log": shown_log(stage), **WORDS}


def shown_log(stage: Stage) -> Sequence[tuple[int, Command]]:
    """Return the newest decisions while a show runs, all of them once it is over."""
    return stage.log if stage.room.status is Status.CLOSED else stage.log[:LOG_SHOWN]


def _moment(said: str) -> int:
    return milliseconds(datetime.fromisoformat(said))


def parts(stage: Stage, view: View, *, template: Environment,
          language: Language) -> Mapping[str, str]:
    """Return the parts of a screen as HTML by element id; they carry nobody's token."""
    known = values(stage, view, language=language)
    return {f"room-{name}": template.get_template(f"room/part/{name}.html").render(
        token="", **known) for name in view.parts}
