"""/rooms/{room}/overlay · What is on air, for a browser source of OBS: transparent, read only.

Its link carries a key of that room alone, which ends after two days; nobody needs to come in. It is
the one page that another may frame: there is nothing to press on it.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from starlette.responses import Response

from caopan.access.action import Action
from caopan.access.policy import ForbiddenError, allowed
from caopan.web.console.room_stage import stage
from caopan.web.house import House
from caopan.web.screen import Screen
from caopan.web.security import CONTENT_POLICY
from caopan.web.visit import Visit

LASTS = timedelta(days=2)
PURPOSE = "overlay"
HEADERS = {
    "content-security-policy": CONTENT_POLICY.replace("frame-ancestors 'none'",
                                                      "frame-ancestors *"),
    "referrer-policy": "no-referrer", "cross-origin-resource-policy": "cross-origin"}
"""A policy that says who may frame goes before ``x-frame-options``."""


def link(house: House, room: str, *, now: datetime) -> str:
    """Return the address of a room's overlay, with a key that lasts two days."""
    ends = round((now + LASTS).timestamp())
    return f"/rooms/{room}/overlay?key={_key(house, room, ends)}"


def page(visit: Visit) -> Response:
    """Show the card of what is on air.

    Raises:
        ForbiddenError: the key is not of this room, or has ended.
    """
    return _shown(visit, "room/overlay.html")


def card(visit: Visit) -> Response:
    """Show the card alone, as the page asks for it every second or two.

    Raises:
        ForbiddenError: as ``page``.
    """
    return _shown(visit, "room/overlay_card.html")


def _shown(visit: Visit, template: str) -> Response:
    room, key = visit.path("room"), visit.query.get("key", "")
    if not _opens(visit.house, room, key, now=visit.now) and not allowed(visit.actor, Action.READ):
        raise ForbiddenError(Action.READ)
    found = stage(visit.house.desk, room, now=visit.now, language=visit.language)
    answer = visit.show(template, room=found.room, stage=found, key=key)
    answer.headers.update(HEADERS)
    return answer


def _opens(house: House, room: str, key: str, *, now: datetime) -> bool:
    ends = key.partition(".")[0]
    return (ends.isdecimal() and hmac.compare_digest(_key(house, room, int(ends)), key)
            and now.timestamp() < int(ends))


def _key(house: House, room: str, ends: int) -> str:
    told = hmac.new(house.workspace.key(PURPOSE), f"{room}.{ends}".encode(), sha256).hexdigest()
    return f"{ends}.{told[:32]}"


SCREENS = (
    Screen(path="/rooms/{room}/overlay", action=Action.ENTER, show=page),
    Screen(path="/rooms/{room}/overlay/card", action=Action.ENTER, show=card),
)
