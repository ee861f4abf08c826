"""``/feeds``: the connectors there are; ``/rooms/{room}/feeds``: those of a room; ``/paste``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from caopan.access.action import Action
from caopan.ingest.feeds.catalogue import FEEDS
from caopan.units.clock import now
from caopan.web.api.answers import feeds as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.workspace.live import pasting


class NewFeed(BaseModel):
    """A connector to switch on.

    ``live_id``: the platform's id of the live session. ``counts_before``: what the platform counts
    from before is told too; false where it was entered by hand already.
    """

    model_config = ConfigDict(extra="forbid")

    feed: str
    live_id: str
    counts_before: bool = True


def known(call: Called) -> dict[str, object]:
    """Return every connector: what it gives and cannot give, and which settings are there."""
    return {"feeds": [one.document(call.language, safe=call.house.feeds.safe)
                      for one in FEEDS.values()]}


def of_room(call: Called, room: str) -> dict[str, object]:
    """Return a room's connectors: those that are on, with when each was last heard."""
    return call.house.feeds.document(room, call.language)


def start(call: Called, room: str, asked: NewFeed) -> dict[str, object]:
    """Switch a connector on for a room."""
    begun = call.house.feeds.start(room, asked.feed, live_id=asked.live_id,
                                   counts_before=asked.counts_before)
    return begun.document(call.language, now=now())


def stop(call: Called, room: str, feed: str) -> dict[str, object]:
    """Switch a connector off; what it told stays."""
    return {"stopped": call.house.feeds.stop(room, feed)}


class Table(BaseModel):
    """A table as it was pasted; with ``preview`` nothing is changed."""

    model_config = ConfigDict(extra="forbid")

    text: str
    preview: bool = True


def paste(call: Called, room: str, asked: Table) -> dict[str, object]:
    """Take a table of minutes or orders, or say what taking it would do."""
    desk = call.house.desk
    if asked.preview:
        look = pasting.looked(desk, room, asked.text, now=now())
        return {**look.document(call.language), "taken": None}
    look, accepted = pasting.taken(desk, room, asked.text, now=now())
    return {**look.document(call.language), "taken": accepted.document(call.language)}


ENDPOINTS = (
    Endpoint(method="GET", path="/feeds", action=Action.READ, call=known, answer=answers.Known),
    Endpoint(method="GET", path="/rooms/{room}/feeds", action=Action.READ, call=of_room,
             answer=answers.OfRoom),
    Endpoint(method="POST", path="/rooms/{room}/feeds", action=Action.RUN, call=start, status=201,
             answer=answers.On),
    Endpoint(method="DELETE", path="/rooms/{room}/feeds/{feed}", action=Action.RUN, call=stop,
             answer=answers.Stopped),
    Endpoint(method="POST", path="/rooms/{room}/paste", action=Action.RUN, call=paste,
             answer=answers.Pasted),
)
