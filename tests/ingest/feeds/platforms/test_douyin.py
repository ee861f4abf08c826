"""Douyin's connector before a fake of Qianchuan's today_live."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Line, Poller
from caopan.ingest.feeds.increment import named, told
from caopan.ingest.feeds.platforms.douyin import FEED
from caopan.ingest.feeds.reading import Gauge, Sold
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import carried
from caopan.live.event import Order
from tests.ingest.feeds.fake import Asked, Platform, Said, platform

NOW = datetime(2026, 11, 28, 17, tzinfo=UTC)
TODAY, YESTERDAY = "2026-11-29", "2026-11-28"
LIVE, TOKEN = "7301234567890123456", "token-of-nobody"
ROOM = {"room_id": int(LIVE), "room_status": "LIVING", "stat_cost": 812.345,
        "total_live_watch_cnt": 5400, "total_live_follow_cnt": 31, "total_live_comment": 220,
        "total_live_share_cnt": 12, "live_click_product_count_alias": 1800}
PRODUCT = {"productId": 355_000_000_000_000_001, "live_pay_order_count_alias": 40,
           "live_pay_order_gmv_alias": 2396.0, "live_product_inventory": 260,
           "live_product_price": 59.9}


@dataclass
class Ads:
    """The fake: rooms by day, products in pages."""

    rooms: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {TODAY: [dict(ROOM)]})
    products: list[dict[str, Any]] = field(default_factory=lambda: [dict(PRODUCT)])
    code: int = 0

    def answer(self, asked: Asked) -> Said:
        if self.code:
            return Said(body={"code": self.code, "message": "no", "request_id": "r"})
        if asked.headers["access-token"] != TOKEN:
            return Said(body={"code": 40105, "message": "access_token is invalid"})
        assert asked.query["advertiser_id"] == "11"
        assert TOKEN not in str(asked.query)
        assert isinstance(json.loads(asked.query["fields"]), list)
        if asked.path.endswith("/product_list/get/"):
            page = int(asked.query["page"])
            return self._page("list", self.products[page - 1:page], pages=len(self.products))
        return self._page("room_list", self.rooms.get(asked.query["date_time"], []), pages=1)

    @staticmethod
    def _page(name: str, rows: list[dict[str, Any]], *, pages: int) -> Said:
        return Said(body={"code": 0, "message": "OK", "data": {
            name: rows, "page_info": {"page": 1, "total_page": pages}}})


@pytest.fixture
def ads() -> Iterator[tuple[Ads, Platform]]:
    made = Ads()
    with platform(made.answer) as running:
        yield made, running


def begun(running: Platform, *, token: str = TOKEN, live: str = LIVE) -> Poller:
    safe = Safe({"CAOPAN_DOUYIN_TOKEN": token, "CAOPAN_DOUYIN_ADVERTISER_ID": "11",
                 "CAOPAN_DOUYIN_AWEME_ID": "22", "CAOPAN_DOUYIN_BASE": running.base})
    return FEED.begin(Line(live_id=live, safe=safe, wire=carried, began=NOW))


def test_a_look_reads_the_room_and_the_products_of_every_page(ads: tuple[Ads, Platform]) -> None:
    made, running = ads
    made.products.append(PRODUCT | {"productId": 9, "live_pay_order_count_alias": 1,
                                    "live_pay_order_gmv_alias": 19.9})

    reading = begun(running).poll(NOW)

    assert reading.sold == (Sold(orders=40, minor=239_600, product="355000000000000001"),
                            Sold(orders=1, minor=1_990, product="9"))
    assert reading.totals[("comment", "room")] == 220  # under the name that came
    assert reading.totals[("click", "room")] == 1800
    assert reading.spent == {"douyin": 81_234}
    assert Gauge(kind="stock", value=260, product="355000000000000001") in reading.gauges
    assert reading.on_air is True


def test_every_id_that_is_made_is_as_long_as_a_room_takes(ads: tuple[Ads, Platform]) -> None:
    made, running = ads
    made.products[0] |= {"live_pay_order_count_alias": 3_000_002,
                         "live_pay_order_gmv_alias": 90_000_120.0}
    product = named("355000000000000001")
    marks = {f"o/{product}": 3_000_000, f"m/{product}": 9_000_000_000}

    events = told(begun(running).poll(NOW), marks, feed="douyin", live_id=LIVE, since=NOW).events

    assert [one.amount for one in events if isinstance(one, Order)] == ["60.00", "60.00"]
    assert max(len(one.id) for one in events) <= 64


def test_a_room_that_ran_past_midnight_is_found_among_those_of_yesterday(
        ads: tuple[Ads, Platform]) -> None:
    made, running = ads
    made.rooms = {YESTERDAY: [dict(ROOM)]}

    assert begun(running).poll(NOW).totals[("enter", "room")] == 5400


@pytest.mark.parametrize(("code", "cause"), [
    (40100, Cause.LIMITED), (40102, Cause.EXPIRED), (50000, Cause.UNREACHABLE),
    (40002, Cause.REFUSED)])
def test_what_the_platform_refuses_is_named(ads: tuple[Ads, Platform], code: int,
                                            cause: Cause) -> None:
    made, running = ads
    made.code = code

    with pytest.raises(FeedError) as fault:
        begun(running).poll(NOW)

    assert fault.value.cause is cause


def test_a_token_that_has_ended_and_a_room_that_is_not_there_are_told_apart(
        ads: tuple[Ads, Platform]) -> None:
    _, running = ads

    with pytest.raises(FeedError) as ended:
        begun(running, token="old-token").poll(NOW)  # noqa: S106 - of nobody
    with pytest.raises(FeedError) as missing:
        begun(running, live="1").poll(NOW)

    assert (ended.value.cause, missing.value.cause) == (Cause.EXPIRED, Cause.REFUSED)
    assert "old-token" not in str(ended.value)
