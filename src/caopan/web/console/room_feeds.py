"""/rooms/{room}/feeds · How events come in: connectors on and off, and a table to paste."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from caopan.access.action import Action
from caopan.ingest.feeds.capability import VERIFIED_WORDS
from caopan.ingest.feeds.catalogue import FEEDS
from caopan.ingest.feeds.feed import Feed
from caopan.units.message import CaopanError, Message, Text
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.live.feeding import Feeding
from caopan.workspace.live.pasting import SHOWN, looked, taken

STATES = {
    "begun": Text(zh="刚开始", en="just begun"), "on": Text(zh="正常", en="on"),
    "waiting": Text(zh="等着写入", en="waiting to be kept"),
    "limited": Text(zh="被限流", en="limited"), "expired": Text(zh="令牌失效", en="token ended"),
    "refused": Text(zh="被拒绝", en="refused"), "clock": Text(zh="时间不对", en="clock is off"),
    "unreachable": Text(zh="连不上", en="not reached"),
    "unreadable": Text(zh="读不懂", en="not readable"),
    "unset": Text(zh="缺设置", en="settings missing"), "stopped": Text(zh="已停", en="stopped"),
    "failed": Text(zh="出错停了", en="failed")}
KINDS = {
    "order": Text(zh="订单", en="orders"), "online": Text(zh="在线", en="viewers"),
    "enter": Text(zh="进房", en="entries"), "click": Text(zh="点击", en="clicks"),
    "impression": Text(zh="曝光", en="impressions"), "comment": Text(zh="评论", en="comments"),
    "like": Text(zh="点赞", en="likes"), "follow": Text(zh="关注", en="follows"),
    "share": Text(zh="分享", en="shares"), "spend": Text(zh="花费", en="spend"),
    "stock": Text(zh="库存", en="stock"), "price": Text(zh="价格", en="price"),
    "heartbeat": Text(zh="推流心跳", en="stream heartbeat")}


def page(visit: Visit) -> Response:
    """Show a room's connectors, those there are, and the field to paste into."""
    return _shown(visit)


def switch(visit: Visit) -> Response:
    """Switch a connector on, or off where the form says so.

    Raises:
        CaopanError: there is no such connector or room, or no live id.
    """
    room, form, feeds = visit.path("room"), visit.form, visit.house.feeds
    name = str(form.get("feed", ""))
    if form.get("off"):
        feeds.stop(room, name)
    else:
        feeds.start(room, name, live_id=str(form.get("live_id", "")),
                    counts_before=form.get("skip_before") is None)
    return visit.go(_path(room))


def paste(visit: Visit) -> Response:
    """Show what a pasted table would do; take it where the form says so.

    Raises:
        CaopanError: there is no such room, or it takes nothing.
    """
    room, text = visit.path("room"), str(visit.form.get("text", ""))
    values: dict[str, Any] = {"text": text}
    try:
        if visit.form.get("take"):
            values["look"], values["accepted"] = taken(visit.house.desk, room, text, now=visit.now)
            values["text"] = ""
        else:
            values["look"] = looked(visit.house.desk, room, text, now=visit.now)
    except CaopanError as refused:
        if refused.message.key != "bad_paste":
            raise
        values["refused"] = refused.message
    return _shown(visit, **values)


def _shown(visit: Visit, **values: Any) -> Response:  # noqa: ANN401 - of the template
    room, feeds = visit.house.desk.room(visit.path("room")).room, visit.house.feeds
    on = [_on(one, visit) for one in feeds.of(room.id)]
    names = {one["feed"].name for one in on}
    off = [{"feed": one, "missing": _missing(one, visit)} for one in FEEDS.values()
           if one.name not in names]
    known = {"text": "", "look": None, "accepted": None, "refused": None, **values}
    return visit.show("room/feeds.html", room=room, on=on, off=off, kinds=KINDS, shown=SHOWN,
                      verified=VERIFIED_WORDS, **known)


def _on(feeding: Feeding, visit: Visit) -> dict[str, Any]:
    told = feeding.document(visit.language, now=visit.now)
    return {**told, "feed": feeding.feed, "words": STATES[str(told["state"])]}


def _missing(feed: Feed, visit: Visit) -> list[str] | Message:
    """Return the settings that are not there, or why the file of secrets was not read."""
    try:
        return feed.missing(visit.house.feeds.safe)
    except CaopanError as loose:
        return loose.message


def _path(room: str) -> str:
    return f"/rooms/{room}/feeds"


SCREENS = (
    Screen(path="/rooms/{room}/feeds", action=Action.READ, show=page),
    Screen(path="/rooms/{room}/feeds", action=Action.RUN, show=switch, methods=("POST",)),
    Screen(path="/rooms/{room}/paste", action=Action.RUN, show=paste, methods=("POST",)),
)
