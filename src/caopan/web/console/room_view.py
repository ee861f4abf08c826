"""The screens of a room (岗位屏): whose each is, and of which parts it is made."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.live.role import Role
from caopan.units.message import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One screen of a room; ``name`` is the last word of its address, "" for the control room.

    ``parts``: templates of ``room/part``; each is an element ``room-<part>`` of the page.
    """

    name: str
    title: Text
    role: Role
    parts: tuple[str, ...]

    @property
    def template(self) -> str:
        """Return the template of the whole page.

        >>> VIEWS["wall"].template
        'room/wall.html'
        """
        return f"room/{self.name or 'control'}.html"

    def path(self, room: str) -> str:
        """Return the screen's address for a room.

        >>> VIEWS[""].path("a1"), VIEWS["wall"].path("a1")
        ('/rooms/a1', '/rooms/a1/wall')
        """
        return f"/rooms/{room}/{self.name}".rstrip("/")

    def topic(self, room: str) -> str:
        """Return what the screen listens to.

        >>> VIEWS["desk"].topic("a1"), VIEWS[""].topic("a1")
        ('room:a1/desk', 'room:a1/control')
        """
        return f"room:{room}/{self.name or 'control'}"


VIEWS: dict[str, View] = {view.name: view for view in (
    View(name="", title=Text(zh="中控台", en="Control room"), role=Role.OPERATOR,
         parts=("head", "numbers", "now", "next", "alerts", "cards", "notices", "log", "sheet")),
    View(name="prompter", title=Text(zh="主播提词", en="Prompter"), role=Role.HOST,
         parts=("prompt", "inbox")),
    View(name="floor", title=Text(zh="场控", en="Floor"), role=Role.FLOOR,
         parts=("head", "inbox", "now", "next", "alerts", "cards", "notices", "sheet")),
    View(name="desk", title=Text(zh="中控清单", en="Link desk"), role=Role.DESK,
         parts=("head", "inbox", "steps", "next", "alerts", "sheet")),
    View(name="traffic", title=Text(zh="投手台", en="Traffic desk"), role=Role.TRAFFIC,
         parts=("head", "inbox", "traffic", "plans", "alerts")),
    View(name="service", title=Text(zh="客服台", en="Service desk"), role=Role.SERVICE,
         parts=("head", "inbox", "selling", "next", "notices")),
    View(name="wall", title=Text(zh="直播大屏", en="Wall"), role=Role.OPERATOR,
         parts=("wall",)),
)}


def view_of(name: str) -> View | None:
    """Return a screen by the last word of its topic.

    >>> view_of("control") is VIEWS[""], view_of("nowhere") is None
    (True, True)
    """
    return VIEWS.get("" if name == "control" else name)
