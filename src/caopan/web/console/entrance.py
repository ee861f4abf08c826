"""The door (进门): the one-time link becomes a session."""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from caopan.access.action import Action
from caopan.units.message import LANGUAGES, CaopanError, Message, Text
from caopan.web import session
from caopan.web import taste as tastes
from caopan.web.screen import Screen
from caopan.web.visit import Visit

INSIDE = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,2000}")
"""An address of this console, as a browser writes it: a path, and no other host."""


def door(visit: Visit) -> Response:
    """Show the door, in the language chosen on it.

    Its script hands over the ticket that stands behind ``#`` in the link. What stands there is
    never sent by a browser, so no log can hold it.
    """
    asked = visit.query.get("language")
    language = next((one for one in LANGUAGES if one == asked), None)
    if language is None:
        return visit.show("house/door.html", next=_inside(visit.query.get("next")))
    chosen = replace(visit.taste, language=language)
    answer = replace(visit, taste=chosen).show(
        "house/door.html", next=_inside(visit.query.get("next")))
    tastes.keep(answer, chosen)
    return answer


def enter(visit: Visit) -> Response:
    """Begin a session for a ticket that was not used yet.

    Raises:
        UsedTicketError: it was, or it is none of ours.
    """
    ticket = visit.form.get("ticket")
    if not isinstance(ticket, str) or not visit.workspace.redeem(ticket):
        raise UsedTicketError
    answer = RedirectResponse(_inside(str(visit.form.get("next") or "")), status_code=303)
    answer.set_cookie(session.COOKIE, session.new_session(visit.house.keys, now=visit.now),
                      max_age=int(session.LIFE.total_seconds()), httponly=True, samesite="lax",
                      secure=visit.request.url.scheme == "https")
    return answer


def _inside(asked: str | None) -> str:
    """Return the page that somebody wanted before the door stood there; no other site's.

    >>> _inside("/subjects?q=1"), _inside("//evil.example"), _inside("https://evil.example")
    ('/subjects?q=1', '/', '/')
    """
    return asked if asked and INSIDE.fullmatch(asked) else "/"


SCREENS = (
    Screen(path="/enter", action=Action.ENTER, show=door),
    Screen(path="/enter", action=Action.ENTER, show=enter, methods=("POST",)),
)


class UsedTicketError(CaopanError):
    """Raised for a ticket that opens nothing."""

    def __init__(self) -> None:
        """Say where a new one comes from."""
        super().__init__(Message(
            key="forbidden",
            text=Text(zh="这个链接用过了，或者不是这个工作区的",
                      en="this link was used already, or belongs to another workspace"),
            hint=Text(zh="重新启动 caopan serve，会打印一个新的链接",
                      en="start caopan serve again; it prints a new link")))
