"""设置 · Settings: language, theme, colours, density."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from caopan.access.action import Action
from caopan.web import taste as tastes
from caopan.web.screen import Screen
from caopan.web.taste import Taste
from caopan.web.visit import Visit

YEAR = 365 * 86_400


def page(visit: Visit) -> Response:
    """Show the settings."""
    return visit.show("settings/page.html")


def taste(visit: Visit) -> Response:
    """Keep a taste and go back to where the person was."""
    asked = {name: str(value) for name, value in visit.form.items()
             if name in {"language", "theme", "rise", "density"}}
    kept = Taste.read(".".join(asked.values()))
    changed = replace(visit.taste, **{name: getattr(kept, name) for name in asked})
    back = str(visit.form.get("back") or "/settings")
    answer = visit.go(back if back.startswith("/") and not back.startswith("//") else "/settings")
    answer.set_cookie(tastes.COOKIE, changed.cookie(), max_age=YEAR, samesite="lax",
                      httponly=True)
    return answer


SCREENS = (
    Screen(path="/settings", action=Action.READ, show=page),
    Screen(path="/settings/taste", action=Action.SET, show=taste, methods=("POST",)),
)
