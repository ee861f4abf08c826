"""WeChat Channels: the live dashboard of a shop's session, asked for every half minute.

After ``channels/livedashboard/getlivedata``: its parts are JSON written into JSON as text. Money
is in fen. The token is had with the app's secret and kept in memory alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from caopan.ingest.feeds.capability import Capability, How
from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Feed, Line, Need, Way
from caopan.ingest.feeds.reading import WHOLE, Gauge, Reading, Sold, minor, whole
from caopan.ingest.feeds.wire import Ask, read
from caopan.units.message import Text

NAME, PERIOD = "wechat", 30.0
BASE = "https://api.weixin.qq.com"
APP, SECRET, HOST = (f"CAOPAN_WECHAT_{name}" for name in ("APP_ID", "APP_SECRET", "BASE"))
TOKENS, LIVE = "/cgi-bin/stable_token", "/channels/livedashboard/getlivedata"
TOTALS = (("enter", "cumulative_audience_count"), ("click", "total_clk_pv"),
          ("impression", "total_exp_pv"), ("follow", "new_follow_count"),
          ("comment", "new_comment_count"), ("share", "share_live_audience_count"))
ENDED, LIMITED, BUSY = frozenset({40001, 40014, 42001}), frozenset({45009, 45011}), -1
EARLY = timedelta(minutes=5)


@dataclass(slots=True)
class WeChat:
    """One live session, with the token while it lasts."""

    line: Line
    token: str | None = field(default=None, repr=False)
    ends: datetime | None = None
    clock: datetime | None = field(default=None, repr=False)

    def poll(self, now: datetime) -> Reading:
        """Return what the dashboard says so far."""
        found = self._live(now)
        summary, index = (_inner(found, name) for name in (
            "live_ec_data_summary", "live_comparison_index"))
        orders, gmv = whole(summary, "total_pay_pv"), minor(summary, "total_gmv", scale=1)
        online = whole(summary, "online_audience_count")
        living = index.get("is_living")
        return Reading(
            at=now, clock=self.clock, on_air=living if isinstance(living, bool) else None,
            totals={(kind, WHOLE): count for kind, name in TOTALS
                    if (count := whole(summary, name)) is not None},
            sold=() if orders is None or gmv is None else (Sold(orders=orders, minor=gmv),),
            gauges=() if online is None else (Gauge(kind="online", value=online),))

    def hear(self, about: str) -> None:
        """Hear nothing: it is asked."""

    def close(self) -> None:
        """Forget the token."""
        self.token = None

    def _live(self, now: datetime) -> dict[str, Any]:
        """Return the answer; a token that has ended before its time is had anew, once."""
        try:
            return self._asked(now)
        except FeedError as fault:
            if fault.cause is not Cause.EXPIRED:
                raise
            self.token = None
            return self._asked(now)

    def _asked(self, now: datetime) -> dict[str, Any]:
        return self._posted(LIVE, {"export_id": self.line.live_id},
                            {"access_token": self._token(now)})

    def _token(self, now: datetime) -> str:
        if self.token is None or self.ends is None or now >= self.ends:
            safe = self.line.safe
            found = self._posted(TOKENS, {"grant_type": "client_credential",
                                          "appid": safe.need(APP), "secret": safe.need(SECRET)}, {})
            lasts = whole(found, "expires_in")
            if not isinstance(found.get("access_token"), str) or lasts is None:
                raise FeedError(Cause.UNREADABLE, "access_token")
            self.token = found["access_token"]
            self.ends = now + max(timedelta(seconds=lasts) - EARLY, timedelta(minutes=1))
        return self.token

    def _posted(self, path: str, body: dict[str, str], query: dict[str, str]) -> dict[str, Any]:
        answer = self.line.wire(Ask(
            base=self.line.safe.get(HOST) or BASE, path=path, query=query,
            body=json.dumps(body).encode(), headers={"content-type": "application/json"}))
        self.clock = answer.clock
        found = read(answer)
        code = found.get("errcode", 0)
        if code:
            raise _fault(code, str(found.get("errmsg", "")), token=self.token)
        return found


def _inner(found: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a part that is JSON in a text; empty where it is not there."""
    said = found.get(name) or {}
    if isinstance(said, str):
        try:
            said = json.loads(said)
        except (ValueError, RecursionError):
            raise FeedError(Cause.UNREADABLE, name) from None
    if not isinstance(said, dict):
        raise FeedError(Cause.UNREADABLE, name)
    return said


def _fault(code: object, message: str, *, token: str | None) -> FeedError:
    told = f"{code} {message.replace(token, '•••') if token else message}"
    if code in ENDED:
        return FeedError(Cause.EXPIRED, told)
    if code in LIMITED:
        return FeedError(Cause.LIMITED, told, retry_seconds=60)
    if code == BUSY:
        return FeedError(Cause.UNREACHABLE, told)
    return FeedError(Cause.REFUSED, told)


def _gives(kind: str, how: How, zh: str, en: str) -> Capability:
    return Capability(kind=kind, how=how, seconds=round(PERIOD) + 30, basis=Text(zh=zh, en=en))


FEED = Feed(
    name=NAME, title=Text(zh="微信视频号（直播大屏）", en="WeChat Channels (live dashboard)"),
    way=Way.POLL, period=PERIOD, begin=WeChat,
    live_id=Text(zh="直播 export_id", en="the export_id"),
    source="https://developers.weixin.qq.com/doc/channels/API/livedashboard/getlivedata.html",
    gives=(
        _gives("order", How.INCREMENT,
               "成交次数和成交金额，整场，不分商品；单笔金额是这段的均值",
               "orders and money paid in the room, not by product; an order's amount is the mean "
               "of its reading"),
        _gives("online", How.GAUGE, "在线观众数", "viewers there now"),
        _gives("enter", How.INCREMENT, "累计观众数（人数）", "viewers so far, as people"),
        _gives("click", How.INCREMENT, "商品点击次数，整场", "product clicks of the room"),
        _gives("impression", How.INCREMENT, "商品曝光次数，整场", "product impressions, whole"),
        _gives("follow", How.INCREMENT, "新增关注", "new followers"),
        _gives("comment", How.INCREMENT, "评论数，没有内容", "comments as a count, no words"),
        _gives("share", How.INCREMENT, "分享的观众数（人数）", "viewers who shared, as people")),
    cannot=(
        Text(zh="没有逐笔订单、买家、按商品的成交；退款只有累计，没有接",
             en="no single orders, buyers or sales by product; refunds are a total and not taken"),
        Text(zh="没有投放花费、没有库存和价格", en="no ad spend, stock or price"),
        Text(zh="不能弹讲解、没有评论内容", en="neither pinning a product nor comments' words"),
        Text(zh="只有电商直播间；字段按公开 SDK，平台文档没有逐项列出",
             en="rooms with a shop alone; the fields are those of public SDKs, the documents do "
                "not list them all")),
    needs=(
        Need(name=APP, title=Text(zh="AppID", en="the AppID"), secret=False),
        Need(name=SECRET, title=Text(zh="AppSecret", en="the AppSecret")),
        Need(name=HOST, title=Text(zh="接口地址", en="the address"), secret=False,
             optional=True)))
