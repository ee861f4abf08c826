"""The page of a room's connectors, and its field to paste into."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from caopan.ingest.feeds.safe import Safe
from caopan.web.house import House
from tests.web.conftest import owner
from tests.web.console.rooms import on_air


class Open:
    """A room of a house whose connectors are switched but do not run."""

    def __init__(self, house: House) -> None:
        house.feeds.runs, house.feeds.safe = False, Safe({"CAOPAN_SHOPEE_TOKEN": "a-secret-token"})
        self.client: TestClient = owner(house)
        self.room = on_air(house)
        found = re.search(r'name="token" value="([^"]+)"', self.page())
        assert found
        self.token = found.group(1)

    def page(self) -> str:
        answer = self.client.get(f"/rooms/{self.room}/feeds")
        assert answer.status_code == 200
        return answer.text

    def post(self, path: str, **form: str) -> str:
        answer = self.client.post(f"/rooms/{self.room}/{path}", data={"token": self.token, **form})
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture
def opened(empty_house: House) -> Open:
    return Open(empty_house)


def test_every_connector_says_that_it_is_not_verified_and_what_is_missing(opened: Open) -> None:
    page = opened.page()

    assert page.count('<span class="tag ">未经真实平台验证</span>') == page.count("接上<span")
    assert "CAOPAN_SHOPEE_PARTNER_KEY" in page
    assert "a-secret-token" not in page


def test_a_connector_is_switched_on_and_off(opened: Open) -> None:
    on = opened.post("feeds", feed="shopee", live_id="6236215")
    off = opened.post("feeds", feed="shopee", off="1")

    assert "断开 Shopee 直播" in on
    assert "6236215" in on
    assert "断开 Shopee 直播" not in off


def test_a_table_is_looked_at_before_it_is_taken(opened: Open) -> None:
    text = "时间\t在线人数\t天气\n20:05\t180\t晴\n20:06\tx\t雨"

    look = opened.post("paste", text=text)
    taken = opened.post("paste", text=text, take="1")

    assert "2 行，会记 1 条" in look
    assert "天气 · 不认得，不用" in look
    assert "第 3 行 在线人数：x 不是能收的数" in look
    assert "记下 1 条" in taken
    assert "粘贴的不是认得的表" in opened.post("paste", text="天气")


def test_the_page_speaks_english(opened: Open) -> None:
    opened.client.cookies.set("caopan_taste", "en")

    page = opened.page()

    assert "not verified with the live platform" in page
    assert "What it gives and does not" in page
