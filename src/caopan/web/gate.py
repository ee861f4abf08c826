"""The gate (门禁): the policy is asked before anything of a call is read."""

from __future__ import annotations

from starlette.requests import Request

from caopan.access.action import Action
from caopan.access.policy import check
from caopan.web import session
from caopan.web.house import House
from caopan.web.screen import FORM_HEADER, ForgedError, actor_of
from caopan.web.security import SAFE


def pass_gate(request: Request, house: House, action: Action) -> None:
    """Pass where the policy says yes and a change carries its token; nothing was read yet.

    A bearer token cannot be sent by a foreign page; a cookie can, so a change that comes with a
    cookie must carry the page's token too.

    Raises:
        CaopanError: the policy says no, or a change carries no token.
    """
    check(actor_of(request, house), action)
    bearer = session.is_owner(request.headers.get("authorization"), house.keys)
    cookie = request.cookies.get(session.COOKIE)
    if request.method not in SAFE and not bearer and not session.is_ours(
            request.headers.get(FORM_HEADER), cookie, house.keys):
        raise ForgedError
