"""Shopee: live metrics, clicks by product and comments, asked for every few seconds.

After the open platform's v2 ``livestream`` module: every call is signed with the partner's key
over partner, path, time, token and user.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from caopan.ingest.feeds.capability import Capability, How
from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Feed, Line, Need, Way
from caopan.ingest.feeds.increment import prefix
from caopan.ingest.feeds.reading import Gauge, Reading, Sold, minor, whole
from caopan.ingest.feeds.wire import Answer, Ask, read
from caopan.live import event as ev
from caopan.units.message import Text

NAME, PERIOD = "shopee", 6.0
"""Comments are told for ten seconds only: a period above eight would lose some."""
BASE = "https://partner.shopeemobile.com"
PARTNER, KEY, TOKEN, USER, HOST = (f"CAOPAN_SHOPEE_{name}" for name in (
    "PARTNER_ID", "PARTNER_KEY", "TOKEN", "USER_ID", "BASE"))
METRIC, ITEMS, COMMENTS = (f"/api/v2/livestream/{name}" for name in (
    "get_session_metric", "get_session_item_metric", "get_latest_comment_list"))
PAGE, MOST_PAGES, MOST_WORDS = 100, 5, 500
SKEWED = timedelta(seconds=60)


@dataclass(slots=True, kw_only=True)
class Shopee:
    """One live session. ``skew``: how far the platform's clock is ahead of ours."""

    line: Line
    skew: timedelta = timedelta(0)
    clock: datetime | None = field(default=None, repr=False)

    def poll(self, now: datetime) -> Reading:
        """Return what the session's metric, its products and its comments say."""
        metric = self._asked(METRIC, now)
        orders, gmv = whole(metric, "orders"), minor(metric, "gmv", scale=100)
        online, items = whole(metric, "ccu"), self._items(now)
        totals = {(kind, "room"): count for kind, name in (
            ("enter", "views"), ("like", "likes"), ("share", "shares"))
            if (count := whole(metric, name)) is not None}
        totals |= {("click", str(one["item"]["item_id"])): clicks for one in items
                   if (clicks := whole(one["metric"], "item_clicks")) is not None}
        return Reading(
            at=now, totals=totals, clock=self.clock,
            sold=(Sold(orders=orders, minor=gmv),) if None not in (orders, gmv) else (),  # type: ignore[arg-type]
            gauges=() if online is None else (Gauge(kind="online", value=online),),
            each=tuple(self._comments(now)))

    def hear(self, about: str) -> None:
        """Hear nothing: Shopee does not call."""

    def close(self) -> None:
        """Let go of nothing."""

    def _items(self, now: datetime) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(MOST_PAGES):
            part = self._asked(ITEMS, now, offset=str(page * PAGE), page_size=str(PAGE))
            found += [one for one in part.get("list") or () if isinstance(one, dict)
                      and isinstance(one.get("item"), dict) and isinstance(one.get("metric"), dict)
                      and "item_id" in one["item"]]
            if not part.get("more"):
                break
        return found

    def _comments(self, now: datetime) -> Iterator[ev.Known]:
        head = prefix(NAME, self.line.live_id)
        for one in self._asked(COMMENTS, now, offset="0").get("list") or ():
            if one.get("comment_id") is None:
                continue
            said, at = one.get("content", one.get("comment")), whole(one, "timestamp")
            yield ev.Comment(
                id=f"{head}c/{one['comment_id']}", source="platform",
                at=at * 1000 if at else round(now.timestamp() * 1000),
                text=str(said)[:MOST_WORDS] if said else None)

    def _asked(self, path: str, now: datetime, **more: str) -> dict[str, Any]:
        safe = self.line.safe
        partner, token, user = (safe.need(name) for name in (PARTNER, TOKEN, USER))
        stamp = str(int((now + self.skew).timestamp()))
        query = {"partner_id": partner, "timestamp": stamp, "access_token": token,
                 "user_id": user, "sign": signed(safe.need(KEY), partner, path, stamp, token, user),
                 "session_id": self.line.live_id, **more}
        answer = self.line.wire(Ask(base=safe.get(HOST) or BASE, path=path, query=query))
        self._keep_clock(answer, now)
        found = read(answer)
        if found.get("error"):
            raise _fault(str(found["error"]), str(found.get("message", "")))
        inner = found.get("response")
        if not isinstance(inner, dict):
            raise FeedError(Cause.UNREADABLE, "response")
        return inner

    def _keep_clock(self, answer: Answer, now: datetime) -> None:
        self.clock = answer.clock
        if answer.clock is not None:
            skew = answer.clock - now
            self.skew = skew if abs(skew) > SKEWED else timedelta(0)


def signed(key: str, *parts: str) -> str:
    """Return the signature of a call: HMAC-SHA256, in hex, over its parts in their order.

    >>> signed("key", "1", "/api/v2/x", "1764240000", "token", "7")[:12]
    'bae0ffe410da'
    """
    return hmac.new(key.encode(), "".join(parts).encode(), hashlib.sha256).hexdigest()


def _fault(error: str, message: str) -> FeedError:
    told = f"{error} {message}".lower()
    if ("token" in told and "sign" not in error) or "error_auth" in error:
        return FeedError(Cause.EXPIRED, error)
    if "timestamp" in told or "expired" in told:
        return FeedError(Cause.CLOCK, error)
    if "limit" in told or "too_many" in told or "busy" in error:
        return FeedError(Cause.LIMITED, error)
    if "server" in error or "inner" in error:
        return FeedError(Cause.UNREACHABLE, error)
    return FeedError(Cause.REFUSED, f"{error}: {message}")


def _begun(line: Line) -> Shopee:
    return Shopee(line=line)


def _gives(kind: str, how: How, zh: str, en: str) -> Capability:
    return Capability(kind=kind, how=how, seconds=round(PERIOD) + 4, basis=Text(zh=zh, en=en))


FEED = Feed(
    name=NAME, title=Text(zh="Shopee 直播", en="Shopee Live"), way=Way.POLL, period=PERIOD,
    live_id=Text(zh="直播 session_id", en="the session_id"), begin=_begun,
    source="https://open.shopee.com/documents/v2/v2.livestream.get_session_metric?module=125&type=1",
    gives=(
        _gives("online", How.GAUGE, "ccu：在看人数", "ccu: viewers at once"),
        _gives("enter", How.INCREMENT, "views：观看次数（不是人数）", "views, not people"),
        _gives("order", How.INCREMENT,
               "orders、gmv：已下单，含未付款和取消的；单笔金额是这段的均值，不分商品",
               "orders and gmv as placed, unpaid and cancelled ones too; an order's amount is the "
               "mean of its reading, and its product is not known"),
        _gives("click", How.INCREMENT, "item_clicks：按商品", "item_clicks, by product"),
        _gives("comment", How.EACH, "逐条评论", "each comment"),
        _gives("like", How.INCREMENT, "likes：点赞次数", "likes"),
        _gives("share", How.INCREMENT, "shares：分享次数", "shares")),
    cannot=(
        Text(zh="评论只给最近 10 秒：断开超过 10 秒，那一段的评论补不回来",
             en="comments of the last ten seconds only: those of a longer break are lost"),
        Text(zh="没有按商品的成交、没有退款、没有投放花费",
             en="no sales by product, no refunds, no ad spend"),
        Text(zh="弹讲解商品（update_show_item）平台给，本连接器只读、不操作",
             en="showing a product (update_show_item) is given by the platform; this connector "
                "only reads")),
    needs=(
        Need(name=PARTNER, title=Text(zh="partner_id", en="partner_id"), secret=False),
        Need(name=KEY, title=Text(zh="partner key（签名）", en="the partner key that signs")),
        Need(name=TOKEN, title=Text(zh="access_token（4 小时）", en="access_token (4 hours)")),
        Need(name=USER, title=Text(zh="user_id", en="user_id"), secret=False),
        Need(name=HOST, title=Text(zh="接口地址（换地区时）", en="the address, for other regions"),
             secret=False, optional=True)))
