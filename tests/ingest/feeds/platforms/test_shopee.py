"""Shopee's connector before a fake that checks signatures, times and tokens."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Line, Poller
from caopan.ingest.feeds.platforms.shopee import FEED
from caopan.ingest.feeds.reading import Gauge, Sold
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import carried
from tests.ingest.feeds.fake import Asked, Platform, Said, platform

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
KEY, TOKEN, NEXT, USER, PARTNER = "key-of-nobody", "token-of-nobody", "new", "77", "1009"
METRIC = {"gmv": 1000.5, "orders": 25, "ccu": 150, "likes": 500, "comments": 300, "shares": 50,
          "views": 1000}


@dataclass
class Shop:
    """The fake: it refuses what is not signed as the documents say, or not in its time."""

    now: datetime = NOW
    token: str = TOKEN
    metric: dict[str, Any] = field(default_factory=lambda: dict(METRIC))
    comments: list[dict[str, Any]] = field(default_factory=list)
    broken: Said | None = None

    def answer(self, asked: Asked) -> Said:
        if self.broken is not None:
            return self.broken
        told = asked.query
        base = PARTNER + asked.path + told["timestamp"] + told["access_token"] + told["user_id"]
        if told["sign"] != hmac.new(KEY.encode(), base.encode(), hashlib.sha256).hexdigest():
            return Said(body={"error": "error_sign", "message": "Wrong sign."}, status=403)
        if abs(int(told["timestamp"]) - self.now.timestamp()) > 300:
            return Said(body={"error": "error_param", "message": "Timestamp is expired."},
                        status=403)
        if told["access_token"] != self.token:
            return Said(body={"error": "invalid_access_token",
                              "message": f"Invalid access_token {told['access_token']}"},
                        status=403)
        return Said(body={"error": "", "message": "", "response": self._response(asked)})

    def _response(self, asked: Asked) -> dict[str, Any]:
        assert asked.query["session_id"] == "6236215"
        if asked.path.endswith("get_session_metric"):
            return self.metric
        if asked.path.endswith("get_latest_comment_list"):
            return {"next_offset": 0, "list": self.comments}
        page = int(asked.query["offset"]) // 100
        items = [{"item": {"item_id": 9_000_000 + at}, "metric": {"item_clicks": at}}
                 for at in range(page * 100, min(page * 100 + 100, 120))]
        return {"more": page == 0, "next_offset": 100, "list": items}


@pytest.fixture
def shop() -> Iterator[tuple[Shop, Platform]]:
    made = Shop()
    with platform(made.answer) as running:
        running.now = lambda: made.now
        yield made, running


def begun(running: Platform, **other: str) -> Poller:
    told = {"CAOPAN_SHOPEE_PARTNER_ID": PARTNER, "CAOPAN_SHOPEE_PARTNER_KEY": KEY,
            "CAOPAN_SHOPEE_TOKEN": TOKEN, "CAOPAN_SHOPEE_USER_ID": USER,
            "CAOPAN_SHOPEE_BASE": running.base} | other
    return FEED.begin(Line(live_id="6236215", safe=Safe(told), wire=carried, began=NOW))


def test_a_look_reads_the_metric_the_products_of_every_page_and_the_comments(
        shop: tuple[Shop, Platform]) -> None:
    made, running = shop
    made.comments = [{"comment_id": 5, "content": "怎么买", "timestamp": 1_764_240_000,
                      "user_id": 8, "username": "a"}]

    reading = begun(running).poll(NOW)

    assert reading.sold == (Sold(orders=25, minor=100_050),)
    assert reading.gauges == (Gauge(kind="online", value=150),)
    assert reading.totals[("enter", "room")] == 1000
    assert reading.totals[("click", "9000119")] == 119
    assert ("comment", "room") not in reading.totals  # they come one by one
    assert [(one.at, one.text) for one in reading.each] == [(1_764_240_000_000, "怎么买")]


def test_a_wrong_key_is_refused_and_says_no_secret(shop: tuple[Shop, Platform]) -> None:
    _, running = shop

    with pytest.raises(FeedError) as refused:
        begun(running, CAOPAN_SHOPEE_PARTNER_KEY="another-key").poll(NOW)

    assert refused.value.cause is Cause.REFUSED
    assert "another-key" not in str(refused.value)


def test_a_token_that_has_ended_is_told_and_a_new_one_is_taken_without_a_restart(
        shop: tuple[Shop, Platform]) -> None:
    made, running = shop
    made.token = NEXT
    environ = {"CAOPAN_SHOPEE_PARTNER_ID": PARTNER, "CAOPAN_SHOPEE_PARTNER_KEY": KEY,
               "CAOPAN_SHOPEE_TOKEN": TOKEN, "CAOPAN_SHOPEE_USER_ID": USER,
               "CAOPAN_SHOPEE_BASE": running.base}
    poller = FEED.begin(Line(live_id="6236215", safe=Safe(environ), wire=carried, began=NOW))

    with pytest.raises(FeedError) as ended:
        poller.poll(NOW)
    environ["CAOPAN_SHOPEE_TOKEN"] = made.token

    assert ended.value.cause is Cause.EXPIRED
    assert poller.poll(NOW).sold[0].orders == 25


def test_a_clock_that_is_off_is_told_and_the_next_call_is_signed_by_the_platforms(
        shop: tuple[Shop, Platform]) -> None:
    made, running = shop
    made.now = NOW + timedelta(minutes=20)
    poller = begun(running)

    with pytest.raises(FeedError) as skewed:
        poller.poll(NOW)
    reading = poller.poll(NOW)

    assert skewed.value.cause is Cause.CLOCK
    assert reading.clock == made.now


@pytest.mark.parametrize(("said", "cause", "retry"), [
    (Said(status=429, headers={"retry-after": "17"}, body={}), Cause.LIMITED, 17.0),
    (Said(body={"error": "error_limit", "message": "too many"}), Cause.LIMITED, None),
    (Said(status=502, body=b"<html>"), Cause.UNREACHABLE, None),
    (Said(body={"error": "", "response": METRIC}, cut=20), Cause.UNREACHABLE, None),
    (Said(body=b'{"error": "", "response": {"gmv": 1'), Cause.UNREADABLE, None),
    (Said(body={"error": "", "response": {"gmv": "much", "orders": 1}}), Cause.UNREADABLE, None),
    (Said(status=302, headers={"location": "http://127.0.0.1:1/"}, body=b""), Cause.REFUSED, None),
])
def test_what_a_broken_platform_says_is_named(shop: tuple[Shop, Platform], said: Said,
                                              cause: Cause, retry: float | None) -> None:
    made, running = shop
    made.broken = said

    with pytest.raises(FeedError) as fault:
        begun(running).poll(NOW)

    assert (fault.value.cause, fault.value.retry_seconds) == (cause, retry)
    assert len(running.asked) == 1  # a redirect is not followed
