"""设置 · Settings: how the screen looks and speaks, the workspace, every page, about."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

from starlette.responses import Response

from caopan import __version__
from caopan.access.action import Action
from caopan.units.message import Text
from caopan.web import taste as tastes
from caopan.web.screen import Screen
from caopan.web.static import FOLDER
from caopan.web.taste import Taste
from caopan.web.visit import Visit

LOOKS = (
    ("language", Text(zh="语言", en="Language"), (
        ("zh", Text(zh="中文", en="Chinese"), None),
        ("en", Text(zh="English", en="English"), None))),
    ("theme", Text(zh="底色", en="Theme"), (
        ("dark", Text(zh="深色", en="Dark"), Text(zh="直播间里", en="for live rooms")),
        ("light", Text(zh="浅色", en="Light"), Text(zh="办公室里", en="for the office")))),
    ("rise", Text(zh="涨跌颜色", en="Colours of change"), (
        ("green", Text(zh="绿涨红跌", en="green up, red down"), None),
        ("red", Text(zh="红涨绿跌", en="red up, green down"), None))),
    ("density", Text(zh="疏密", en="Density"), (
        ("standard", Text(zh="标准", en="Standard"), None),
        ("compact", Text(zh="紧凑", en="Compact"), Text(zh="一屏更多行", en="more rows a screen")),
        ("live", Text(zh="现场", en="Live"), Text(zh="一臂之外也看得清",
                                               en="readable at arm's length")))),
)
"""What can be chosen: field, title, and each choice's value, word and hint."""


def page(visit: Visit) -> Response:
    """Show the settings."""
    active = sum(batch.is_active for batch in visit.workspace.batches())
    return visit.show("settings/page.html", looks=LOOKS, room=visit.workspace.path.name,
                      active=active, version=__version__, vendored=vendored())


def taste(visit: Visit) -> Response:
    """Keep a taste and go back to where the person was."""
    asked = {name: str(value) for name, value in visit.form.items()
             if name in {"language", "theme", "rise", "density"}}
    kept = Taste.read(".".join(asked.values()))
    changed = replace(visit.taste, **{name: getattr(kept, name) for name in asked})
    answer = visit.go(_own(str(visit.form.get("back") or "/settings")))
    tastes.keep(answer, changed)
    return answer


@cache
def vendored() -> tuple[dict[str, str], ...]:
    """Return what the console carries from elsewhere: package, version, licence."""
    build = json.loads((FOLDER / "vendor" / "vendor.json").read_text(encoding="utf-8"))
    parts = {part["package"]: part for file in build for part in file["made_of"]}
    return tuple(parts.values())


def _own(path: str) -> str:
    """Return a way back that stays in this console."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if plain else "/settings"


SCREENS = (
    Screen(path="/settings", action=Action.READ, show=page),
    Screen(path="/settings/taste", action=Action.SET, show=taste, methods=("POST",)),
)
