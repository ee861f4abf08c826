"""``/subjects``: every host and merchant, and the profile of one."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends

from caopan.access.action import Action
from caopan.web.api.answers import subjects as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows
from caopan.web.api.paging import Paged
from caopan.web.api.question import Who
from caopan.web.console.subjects import FALLING
from caopan.workspace import directory
from caopan.workspace.directory import Sort
from caopan.workspace.grain import Grain
from caopan.workspace.room import Room

LONGEST = 200


def room_of(call: Called, grain: Who, subject: str, currency: str | None = None) -> Room:
    """Return the room that an address names.

    Raises:
        UnknownSubjectError: nobody has that id.
    """
    return call.workspace.rooms.room(Grain(grain), subject, currency or None)


Roomed = Annotated[Room, Depends(room_of)]


def show(
    call: Called, paged: Paged, grain: Who = "streamer", q: str = "", sort: Sort = Sort.GMV,
    way: Literal["up", "down"] | None = None,
) -> dict[str, object]:
    """List hosts or merchants: searched, sorted, a page at a time."""
    falling = sort in FALLING if way is None else way == "down"
    everyone = call.workspace.rooms.everyone(Grain(grain))
    found = directory.page(everyone, words=q[:LONGEST], sort=sort, descending=falling,
                           start=paged.skipped, most=paged.size)
    return {"grain": grain, **found.document(), **paged.document()}


def profile(call: Called, room: Roomed) -> dict[str, object]:
    """Show one profile: headline with ranges, thirteen weeks, growth stage."""
    return call.workspace.rooms.profile(room).document()


def followers(call: Called, room: Roomed) -> dict[str, object]:
    """Show one subject's followers over time, and what a new one costs."""
    return call.workspace.rooms.following(room).document(currency=room.currency)


def refunds(call: Called, room: Roomed) -> dict[str, object]:
    """Show how one subject's refunds ripen, months compared at equal age only."""
    return call.workspace.rooms.maturity(room).document()


def repurchase(call: Called, room: Roomed) -> dict[str, object]:
    """Show who comes back to buy, by the month of the first purchase."""
    return call.workspace.rooms.returning(room).document()


READ, FACTS = Action.READ, Follows.FACTS
ENDPOINTS = (
    Endpoint(method="GET", path="/subjects", action=READ, call=show, verb="rooms.everyone",
             answer=answers.Directory, follows=FACTS),
    Endpoint(method="GET", path="/subjects/{grain}/{subject:path}", action=READ, call=profile,
             verb="rooms.profile", answer=answers.Profile, follows=FACTS),
    Endpoint(method="GET", path="/followers/{grain}/{subject:path}", action=READ, call=followers,
             verb="rooms.following", answer=answers.Followers, follows=FACTS),
    Endpoint(method="GET", path="/refunds/{grain}/{subject:path}", action=READ, call=refunds,
             verb="rooms.maturity", answer=answers.Maturity, follows=FACTS),
    Endpoint(method="GET", path="/repurchase/{grain}/{subject:path}", action=READ,
             call=repurchase, verb="rooms.returning", answer=answers.Repurchase, follows=FACTS),
)
