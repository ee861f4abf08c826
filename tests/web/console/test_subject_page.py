from __future__ import annotations

import io
import re
from urllib.parse import quote

import openpyxl
import pytest

from caopan.web.house import House
from caopan.workspace.grain import Grain
from tests.web.conftest import owner

FRAGMENT = {"hx-request": "true"}


def someone(house: House, grain: Grain) -> str:
    rows = house.workspace.rooms.everyone(grain).rows.to_pylist()
    return max(rows, key=lambda row: row["sessions"])["id"]


def test_the_headline_names_its_metrics_and_leads_to_the_diagnosis(toy_house: House) -> None:
    host = someone(toy_house, Grain.STREAMER)
    page = owner(toy_house).get(f"/subjects/streamer/{host}").text

    named = re.findall(r'class="num" data-metric="(\w+)"', page)
    assert named[:7] == ["gmv_gross", "sessions", "gmv_per_session", "view_uv", "view_pay_rate",
                         "aov", "follow_rate"]
    assert page.count("sparkline") >= 7
    assert f'href="/diagnose/streamer/{host}"' in page
    assert "成长阶段" in page


@pytest.mark.parametrize("panel", ["sessions", "followers", "refunds", "repurchase"])
def test_a_panel_comes_alone_and_stands_in_the_page_without_a_script(
        toy_house: House, panel: str) -> None:
    client = owner(toy_house)
    path = f"/subjects/merchant/{someone(toy_house, Grain.MERCHANT)}?panel={panel}"

    part, whole = client.get(path, headers=FRAGMENT).text, client.get(path).text

    assert "<html" not in part
    assert f'id="{panel}"' in part
    assert whole.count(f'id="{panel}"') == 1
    assert "<html" in whole


def test_what_is_not_there_is_said_with_what_to_import(
        empty_house: House, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("few") / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,gmv\na,林晚,2026-03-01T19:30:00+08:00,5\n",
                    encoding="utf-8")
    empty_house.workspace.import_files([file])
    client = owner(empty_house)
    path = f"/subjects/streamer/{quote('林晚')}"

    assert "没有粉丝数据" in client.get(f"{path}?panel=followers", headers=FRAGMENT).text
    assert "没有订单明细" in client.get(f"{path}?panel=refunds", headers=FRAGMENT).text
    assert "复购按商家算" in client.get(f"{path}?panel=repurchase", headers=FRAGMENT).text
    assert "没有可比的" in client.get(path).text


def test_columns_sort_and_page_stand_in_the_address(toy_house: House) -> None:
    path = f"/subjects/streamer/{someone(toy_house, Grain.STREAMER)}"
    page = owner(toy_house).get(f"{path}?columns=gmv&columns=aov&sort=gmv&way=up&page=2").text

    heads = re.findall(r"<th scope=\"col\"[^>]*><?\s*", page.split('id="sessions"')[1])
    assert len(heads) == 3
    assert 'aria-sort="ascending"' in page
    assert "columns=gmv%2Caov" in page
    assert "第 2 页" in page


def test_the_sessions_leave_as_a_file_with_what_is_set_aside(toy_house: House) -> None:
    room = toy_house.workspace.rooms.room(Grain.STREAMER, someone(toy_house, Grain.STREAMER))
    client = owner(toy_house, language="en")
    path = f"/subjects/streamer/{room.id}?columns=gmv&file="

    text = client.get(f"{path}csv").content.decode("utf-8-sig").splitlines()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}xlsx").content)).active

    assert len(text) == sheet.max_row == room.rows.num_rows + 1
    assert sum("set aside" not in line and "," in line for line in text[1:]) == len(room.apart)
    reasons = [row[3].value for row in sheet.iter_rows(min_row=2)]
    assert sum(reason is not None for reason in reasons) == sum(
        reason is not None for reason in room.apart)
    total = sum(row[2].value or 0 for row in sheet.iter_rows(min_row=2))
    assert total == pytest.approx(sum(room.rows["gmv"].drop_null().to_pylist()) / 100)


@pytest.mark.parametrize("path", ["/subjects/streamer/nobody", "/subjects/tribe/h1",
                                  "/subjects/streamer/h00001?panel=secrets"])
def test_what_does_not_exist_is_refused(toy_house: House, path: str) -> None:
    assert owner(toy_house).get(path).status_code == 404


@pytest.mark.shared
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_real_host_has_a_page(douyin_house: House, language: str) -> None:
    client = owner(douyin_house, language=language)
    hosts = douyin_house.workspace.rooms.everyone(Grain.STREAMER).rows["id"].to_pylist()

    pages = {host: client.get(f"/subjects/streamer/{quote(host)}") for host in hosts}

    assert len(pages) == 12
    assert {page.status_code for page in pages.values()} == {200}
    assert all('data-metric="units_per_view"' in page.text for page in pages.values())


@pytest.mark.shared
def test_a_shop_without_money_shows_dashes_and_no_zero(units_house: House) -> None:
    host = someone(units_house, Grain.STREAMER)
    page = owner(units_house).get(f"/subjects/streamer/{quote(host)}").text

    gmv = re.search(r'data-metric="gmv_gross"[^>]*>([^<]*)<', page)
    assert gmv is not None
    assert gmv.group(1) == "—"
