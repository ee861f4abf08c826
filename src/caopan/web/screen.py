"""A screen (页面): an address, the action it needs, and the function that shows it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from inspect import iscoroutinefunction
from typing import cast
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from caopan.access.action import Action
from caopan.access.actor import GUEST, OWNER, Actor
from caopan.access.policy import allowed, check
from caopan.units.clock import now
from caopan.units.message import CaopanError, Message, Text
from caopan.web import session, taste
from caopan.web.house import House
from caopan.web.security import SAFE
from caopan.web.visit import Visit

LOG = logging.getLogger("caopan.web")
Show = Callable[[Visit], Response] | Callable[[Visit], Awaitable[Response]]
FORM_HEADER, FORM_FIELD = "x-caopan-token", "token"
GUEST_MOST = 8_192
"""Bytes of a form that somebody who is not known may send."""
FILES_MOST = 1_000
"""Files that one form may carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One address of the console.

    ``streams``: the function is a coroutine that reads the body itself, so that large files are
    never held in memory; the token then comes in the header.
    """

    path: str
    action: Action
    show: Show
    methods: tuple[str, ...] = ("GET",)
    streams: bool = False


def route(screen: Screen, house: House) -> Route:
    """Return the route of a screen: session, policy and token are checked before it is shown."""

    async def answer(request: Request) -> Response:
        visit = _visit(request, house)
        try:
            if not allowed(visit.actor, screen.action) and request.method in SAFE:
                return _to_door(visit)
            check(visit.actor, screen.action)
            if request.method not in SAFE:
                visit = await _with_form(visit, streams=screen.streams)
            return await _shown(screen, visit)
        except ClientDisconnect:  # who asked has gone; nobody hears this, and nothing is wrong
            return Response(status_code=400)
        except HTTPException:  # a body that is no form: Starlette's own answer says so
            raise
        except CaopanError as refused:
            return _refused(visit, refused.message, status=refusal_status(refused))
        except Exception:
            LOG.exception("a page failed: %s", screen.path)
            return _refused(visit, FAILED, status=500)

    return Route(screen.path, answer, methods=list(screen.methods))


def _to_door(visit: Visit) -> Response:
    """Send a guest to the door, which remembers the page; from a part of a page the whole goes."""
    if visit.is_fragment:
        return Response(status_code=204, headers={"hx-redirect": "/enter"})
    scope = visit.request.scope
    path, query = (bytes(scope[name]).decode("ascii", "replace")
                   for name in ("raw_path", "query_string"))
    wanted = f"{path}?{query}" if query else path
    return RedirectResponse("/enter" if wanted == "/" else f"/enter?{urlencode({'next': wanted})}",
                            status_code=303)


async def _shown(screen: Screen, visit: Visit) -> Response:
    if iscoroutinefunction(screen.show):
        coming: Awaitable[Response] = screen.show(visit)
        return await coming
    return await run_in_threadpool(_dated, screen, visit)


def _dated(screen: Screen, visit: Visit) -> Response:
    """Show a screen; its numbers are at least as new as the revision that it names."""
    if visit.request.method in SAFE and not visit.is_fragment:
        revision = visit.request.state.revision = visit.workspace.revision()
        visit.house.ahead.follow(revision)
    return cast("Callable[[Visit], Response]", screen.show)(visit)


async def show_missing(request: Request, house: House) -> Response:
    """Return the page that says an address does not exist."""
    return _refused(_visit(request, house), MISSING, status=404)


def refusal_status(refused: CaopanError) -> int:
    """Return the HTTP status of a refusal.

    >>> from caopan.access.policy import ForbiddenError
    >>> refusal_status(ForbiddenError(Action.READ))
    403
    """
    key = refused.message.key
    if key in _STATUS:
        return _STATUS[key]
    if key.startswith("unknown_"):
        return 404
    return 400 if refused.usage else 422


_STATUS = {
    "forbidden": 403, "forged": 403, "workspace_busy": 409,
    "no_look_runs": 409,
    # a live room: what is not there, what does not apply any more, what cannot be kept now
    "no_such_room": 404, "no_such_item": 404, "no_run_sheet": 404, "no_rehearsal": 404,
    "nothing_to_replay": 404, "room_closed": 409, "room_started": 409, "outdated": 409,
    "no_campaign": 404, "campaign_changed": 409, "no_growth_plan": 404, "growth_changed": 409,
    "no_such_feed": 404, "no_live_id": 400, "no_calls": 404, "feed_unset": 409,
    "loose_secrets": 409, "sheet_changed": 409, "sheet_clash": 409, "not_now": 409,
    "live_elsewhere": 409, "live_busy": 503, "unkept": 503,
}
"""The status of refusals that have one of their own, by key."""


def actor_of(request: HTTPConnection, house: House) -> Actor:
    """Return who asks: the owner by session or by token, else a guest."""
    cookie = request.cookies.get(session.COOKIE)
    if session.is_open(cookie, house.keys, now=now()):
        return OWNER
    return OWNER if session.is_owner(request.headers.get("authorization"), house.keys) else GUEST


def _visit(request: Request, house: House) -> Visit:
    """Return a visit before anything of its body was read."""
    cookie = request.cookies.get(session.COOKIE, "")
    return Visit(
        request=request, house=house, actor=actor_of(request, house),
        taste=taste.taste_of(request),
        token=session.form_token(cookie, house.keys) if cookie else "", now=now(),
        form=FormData())


async def _with_form(visit: Visit, *, streams: bool) -> Visit:
    """Return the visit with what its form says; who is known must carry the token.

    The policy has said yes by now. A guest may knock at the door, with a few words and no file.
    """
    guest = visit.actor is GUEST
    if guest:
        length = visit.request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > GUEST_MOST:
            raise TooLongError(GUEST_MOST)
    if not streams:
        visit = replace(visit, form=await _form(visit, files=0 if guest else FILES_MOST))
    if not guest:
        _check_token(visit)
    return visit


async def _form(visit: Visit, *, files: int) -> FormData:
    try:
        return await visit.request.form(max_files=files)
    except HTTPException as refused:
        if "Too many files" in str(refused.detail):
            raise TooManyFilesError(files) from None
        raise


def _check_token(visit: Visit) -> None:
    header = visit.request.headers.get(FORM_HEADER)
    field = visit.form.get(FORM_FIELD)
    cookie = visit.request.cookies.get(session.COOKIE)
    if not session.is_ours(header or (field if isinstance(field, str) else None), cookie,
                           visit.house.keys):
        raise ForgedError


def _refused(visit: Visit, message: Message, *, status: int) -> Response:
    template = "house/refusal_part.html" if visit.is_fragment else "house/refusal.html"
    return visit.show(template, status=status, title=visit.say(message),
                      advice=message.advise(visit.language), key=message.key)


FAILED = Message(
    key="page_failed",
    text=Text(zh="这一页出了错，数据没有改动", en="this page failed; the data are unchanged"),
    hint=Text(zh="刷新一次；还是这样就把工作区文件夹里的 console.log 附在问题报告里",
              en="reload; if it stays, attach console.log of the workspace folder to a report"))


MISSING = Message(
    key="no_such_page",
    text=Text(zh="没有这一页", en="there is no such page"),
    hint=Text(zh="从左边的菜单再进一次", en="take the menu"))


class TooLongError(CaopanError):
    """Raised for a guest's form that is longer than the door's."""

    usage = True

    def __init__(self, most: int) -> None:
        """Say how long it may be."""
        super().__init__(Message(
            key="too_long", values={"most": most},
            text=Text(zh="没有登录时，一次最多提交 {most} 个字节",
                      en="before coming in, at most {most} bytes may be sent"),
            hint=Text(zh="用启动时打印的一次性链接进入，再做一次",
                      en="come in by the one-time link that was printed, and do it again")))


class TooManyFilesError(CaopanError):
    """Raised for a form that carries more files than one may."""

    usage = True

    def __init__(self, most: int) -> None:
        """Say how many it may carry."""
        super().__init__(Message(
            key="too_many_files", values={"most": most},
            text=Text(zh="一次最多上传 {most} 个文件，没有接收",
                      en="at most {most} files may be sent at once; none was received"),
            hint=Text(zh="分成几次上传，或者压成一个 zip",
                      en="send them in several goes, or as one zip")))


class ForgedError(CaopanError):
    """Raised for a change that does not carry its session's token."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(Message(
            key="forged",
            text=Text(zh="这个操作没有带上本页的凭证，没有执行",
                      en="this change does not carry the page's token; nothing was done"),
            hint=Text(zh="刷新页面再试", en="reload the page and try again")))
