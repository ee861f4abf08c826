"""WeChat's connector before a fake of the live dashboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Line, Poller
from caopan.ingest.feeds.platforms.wechat import FEED
from caopan.ingest.feeds.reading import Gauge, Sold
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import carried
from tests.ingest.feeds.fake import Asked, Platform, Said, platform

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECRET, FIRST, SECOND = "app-secret-of-nobody", "token-1", "token-2"
SUMMARY = {"total_gmv": "239600", "total_pay_pv": 40, "online_audience_count": 812,
           "cumulative_audience_count": 5400, "total_clk_pv": 1800, "total_exp_pv": 9000,
           "new_follow_count": 31, "new_comment_count": 220, "share_live_audience_count": 12}


@dataclass
class Channels:
    """The fake: a token lasts until it is taken away, parts are JSON in texts."""

    summary: Any = field(default_factory=lambda: json.dumps(SUMMARY))
    token: str = FIRST
    tokens: int = 0
    code: int = 0

    def answer(self, asked: Asked) -> Said:
        told = json.loads(asked.body)
        if asked.path == "/cgi-bin/stable_token":
            self.tokens += 1
            if told["secret"] != SECRET:
                return Said(body={"errcode": 40125, "errmsg": f"invalid secret {told['secret']}"})
            return Said(body={"access_token": self.token, "expires_in": 7200})
        if self.code:
            return Said(body={"errcode": self.code, "errmsg": "no"})
        if asked.query["access_token"] != self.token:
            return Said(body={"errcode": 42001, "errmsg": "access_token expired"})
        assert told == {"export_id": "export/1"}
        return Said(body={"errcode": 0, "live_ec_data_summary": self.summary,
                          "live_comparison_index": json.dumps({"is_living": True})})


@pytest.fixture
def channels() -> Iterator[tuple[Channels, Platform]]:
    made = Channels()
    with platform(made.answer) as running:
        yield made, running


def begun(running: Platform, *, secret: str = SECRET) -> Poller:
    safe = Safe({"CAOPAN_WECHAT_APP_ID": "wx1", "CAOPAN_WECHAT_APP_SECRET": secret,
                 "CAOPAN_WECHAT_BASE": running.base})
    return FEED.begin(Line(live_id="export/1", safe=safe, wire=carried, began=NOW))


def test_a_look_reads_json_out_of_json_and_money_in_fen(
        channels: tuple[Channels, Platform]) -> None:
    _, running = channels

    reading = begun(running).poll(NOW)

    assert reading.sold == (Sold(orders=40, minor=239_600),)
    assert reading.gauges == (Gauge(kind="online", value=812),)
    assert reading.totals[("impression", "room")] == 9000
    assert reading.on_air is True


def test_a_token_is_had_once_and_anew_when_it_ends(channels: tuple[Channels, Platform]) -> None:
    made, running = channels
    poller = begun(running)

    poller.poll(NOW)
    poller.poll(NOW + timedelta(minutes=1))
    had = made.tokens
    made.token = SECOND
    poller.poll(NOW + timedelta(minutes=2))
    poller.poll(NOW + timedelta(hours=2))

    assert (had, made.tokens) == (1, 3)


@pytest.mark.parametrize(("code", "cause"), [
    (45011, Cause.LIMITED), (-1, Cause.UNREACHABLE), (48001, Cause.REFUSED),
    (40001, Cause.EXPIRED)])
def test_what_the_platform_refuses_is_named(channels: tuple[Channels, Platform], code: int,
                                            cause: Cause) -> None:
    made, running = channels
    made.code = code

    with pytest.raises(FeedError) as fault:
        begun(running).poll(NOW)

    assert fault.value.cause is cause


@pytest.mark.parametrize("summary", ['{"total_gmv": ', "[1]", 7])
def test_a_part_that_is_cut_off_is_not_half_read(channels: tuple[Channels, Platform],
                                                 summary: object) -> None:
    made, running = channels
    made.summary = summary

    with pytest.raises(FeedError) as fault:
        begun(running).poll(NOW)

    assert fault.value.cause is Cause.UNREADABLE


def test_a_part_that_is_missing_is_no_zero(channels: tuple[Channels, Platform]) -> None:
    made, running = channels
    made.summary = None

    reading = begun(running).poll(NOW)

    assert (reading.totals, reading.sold, reading.gauges) == ({}, (), ())
