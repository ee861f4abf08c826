"""Douyin: the room of today and its products, from Ocean Engine's Qianchuan API.

After ``v1.0/qianchuan/today_live``: it tells of the same day alone, so that what is not asked for
while the room is on air is gone. Money is in yuan.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from caopan.ingest.feeds.capability import Capability, How
from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Feed, Line, Need, Way
from caopan.ingest.feeds.reading import WHOLE, Gauge, Reading, Sold, minor, whole
from caopan.ingest.feeds.wire import Ask, read
from caopan.units.clock import business_day
from caopan.units.message import Text

NAME, PERIOD = "douyin", 20.0
BASE = "https://ad.oceanengine.com"
TOKEN, ADVERTISER, AWEME, HOST = (f"CAOPAN_DOUYIN_{name}" for name in (
    "TOKEN", "ADVERTISER_ID", "AWEME_ID", "BASE"))
ROOMS, PRODUCTS = (f"/open_api/v1.0/qianchuan/today_live/room/{name}/" for name in (
    "get", "product_list/get"))
TOTALS = (("enter", ("total_live_watch_cnt",)), ("follow", ("total_live_follow_cnt",)),
          ("comment", ("total_live_comment_cnt", "total_live_comment")),
          ("share", ("total_live_share_cnt",)), ("click", ("live_click_product_count_alias",)))
"""What a total is called; the documents and what comes do not agree on every name."""
ROOM_FIELDS = ("stat_cost", *(names[0] for _, names in TOTALS))
PRODUCT_FIELDS = ("live_pay_order_count_alias", "live_pay_order_gmv_alias",
                  "live_product_inventory", "live_product_price")
PAGE, MOST_PAGES = 100, 10
GOOD, LIMITED = 0, frozenset({40100, 40110})
ENDED = frozenset({40102, 40103, 40104, 40105, 40107})
BROKEN_FROM = 50_000


@dataclass(slots=True)
class Douyin:
    """One live session."""

    line: Line
    clock: datetime | None = field(default=None, repr=False)

    def poll(self, now: datetime) -> Reading:
        """Return what the room and its products say so far."""
        room = self._room(now)
        cost, goods = minor(room, "stat_cost", scale=100), self._products()
        totals = {(kind, WHOLE): count for kind, names in TOTALS
                  if (count := whole(room, *names)) is not None}
        return Reading(
            at=now, totals=totals, clock=self.clock,
            spent={} if cost is None else {NAME: cost},
            sold=tuple(one for row in goods if (one := _sold(row)) is not None),
            gauges=tuple(gauge for row in goods for gauge in _gauges(row)),
            on_air=room.get("room_status") == "LIVING")

    def hear(self, about: str) -> None:
        """Hear nothing: it is asked."""

    def close(self) -> None:
        """Let go of nothing."""

    def _room(self, now: datetime) -> dict[str, Any]:
        """Return the room among those of today, or of yesterday where it ran past midnight."""
        today = business_day(now)
        for day in (today, today - timedelta(days=1)):
            for row in self._rooms(day):
                if str(row.get("room_id")) == self.line.live_id:
                    return row
        raise FeedError(Cause.REFUSED, f"room_id {self.line.live_id}: not among today's rooms")

    def _rooms(self, day: date) -> list[dict[str, Any]]:
        return self._listed(ROOMS, "room_list", {
            "aweme_id": self.line.safe.need(AWEME), "date_time": day.isoformat(),
            "fields": json.dumps(ROOM_FIELDS)})

    def _products(self) -> list[dict[str, Any]]:
        return self._listed(PRODUCTS, "list", {
            "room_id": self.line.live_id, "fields": json.dumps(PRODUCT_FIELDS)})

    def _listed(self, path: str, name: str, query: dict[str, str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(1, MOST_PAGES + 1):
            part = self._asked(path, {**query, "page": str(page), "page_size": str(PAGE)})
            found += [one for one in part.get(name) or () if isinstance(one, dict)]
            info = part.get("page_info")
            if page >= (whole(info, "total_page") or 1 if isinstance(info, dict) else 1):
                break
        return found

    def _asked(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        safe = self.line.safe
        answer = self.line.wire(Ask(
            base=safe.get(HOST) or BASE, path=path, headers={"access-token": safe.need(TOKEN)},
            query={"advertiser_id": safe.need(ADVERTISER), **query}))
        self.clock = answer.clock
        found = read(answer)
        code = whole(found, "code")
        if code != GOOD:
            raise _fault(code, str(found.get("message", "")))
        data = found.get("data")
        if not isinstance(data, dict):
            raise FeedError(Cause.UNREADABLE, "data")
        return data


def _product(row: dict[str, Any]) -> str | None:
    """Return a product's id: the platform's own documents spell it ``productId``."""
    found = row.get("productId", row.get("product_id"))
    return None if found is None else str(found)


def _sold(row: dict[str, Any]) -> Sold | None:
    product, orders = _product(row), whole(row, "live_pay_order_count_alias")
    gmv = minor(row, "live_pay_order_gmv_alias", scale=100)
    if product is None or orders is None or gmv is None:
        return None
    return Sold(orders=orders, minor=gmv, product=product)


def _gauges(row: dict[str, Any]) -> list[Gauge]:
    product, stock = _product(row), whole(row, "live_product_inventory")
    price = minor(row, "live_product_price", scale=100)
    if product is None:
        return []
    return [Gauge(kind=kind, value=value, product=product)
            for kind, value in (("stock", stock), ("price", price)) if value is not None]


def _fault(code: int | None, message: str) -> FeedError:
    told = f"{code} {message}"
    if code in LIMITED or "频" in message or "too many" in message.lower():
        return FeedError(Cause.LIMITED, told)
    if code in ENDED or "access_token" in message.lower():
        return FeedError(Cause.EXPIRED, told)
    if code is not None and code >= BROKEN_FROM:
        return FeedError(Cause.UNREACHABLE, told)
    return FeedError(Cause.REFUSED, told)


def _gives(kind: str, how: How, zh: str, en: str) -> Capability:
    return Capability(kind=kind, how=how, seconds=round(PERIOD) + 10, basis=Text(zh=zh, en=en))


FEED = Feed(
    name=NAME, title=Text(zh="抖音（千川今日直播）", en="Douyin (Qianchuan today_live)"),
    way=Way.POLL, period=PERIOD, begin=Douyin, live_id=Text(zh="直播间 room_id", en="the room_id"),
    source="https://open.oceanengine.com/labels/12/docs/1696710691687427",
    gives=(
        _gives("order", How.INCREMENT,
               "按商品的累计成交订单和成交金额；单笔金额是这段的均值",
               "orders and GMV paid so far by product; an order's amount is the mean of its "
               "reading"),
        _gives("enter", How.INCREMENT, "观看人次（不是人数）", "views, not people"),
        _gives("click", How.INCREMENT, "商品点击次数，整场，不分商品",
               "product clicks of the room; by product they are not told"),
        _gives("spend", How.INCREMENT, "本广告账户的消耗（元）", "this ad account's cost in yuan"),
        _gives("comment", How.INCREMENT, "评论次数，没有内容", "comments as a count, no words"),
        _gives("follow", How.INCREMENT, "新增粉丝", "new followers"),
        _gives("share", How.INCREMENT, "分享次数", "shares"),
        _gives("stock", How.GAUGE, "商品库存", "stock by product"),
        _gives("price", How.GAUGE, "商品价格", "price by product")),
    cannot=(
        Text(zh="没有在线人数", en="not how many are there"),
        Text(zh="没有逐笔订单、买家和退款；广告退款另有口径，没有接",
             en="no single orders, buyers or refunds"),
        Text(zh="不能弹讲解、不能管评论", en="neither pinning a product nor comments to manage"),
        Text(zh="只给当天的直播间，过期不补；这里是广告接口，要千川账户授权",
             en="rooms of the same day alone; it is the ads' interface and needs a Qianchuan "
                "account")),
    needs=(
        Need(name=TOKEN, title=Text(zh="access_token（24 小时）", en="access_token (24 hours)")),
        Need(name=ADVERTISER, title=Text(zh="广告账户 advertiser_id", en="advertiser_id"),
             secret=False),
        Need(name=AWEME, title=Text(zh="抖音号 aweme_id", en="aweme_id"), secret=False),
        Need(name=HOST, title=Text(zh="接口地址", en="the address"), secret=False,
             optional=True)))
