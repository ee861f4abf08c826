"""Every table of the analysis screens is taken away whole, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.web.console.conftest import EVIL

FORMULA = re.compile(r"^[=@\t\r]|^[+-](?![\d.])")


def table(small_room: TestClient, path: str) -> list[list[str]]:
    answer = small_room.get(path)
    assert answer.headers["content-type"].startswith("text/csv"), path
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


PAGES = ("/quality", "/import/batches", "/import/batches/1", "/diagnose", "/metrics",
         "/metrics?q=gmv", "/handbook", "/sessions/s1", "/diagnose/streamer/林晚",
         "/subjects/streamer/林晚?panel=followers")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_its_tables_and_each_is_one(small_room: TestClient, page: str) -> None:
    offered = [href.replace("&amp;", "&") for href in re.findall(
        r'href="([^"]+)" download aria-label="CSV', small_room.get(page).text)]

    assert offered, page
    for href in offered:
        rows = table(small_room, page.partition("?")[0] + href if href.startswith("?") else href)
        assert len(rows) > 1, href
        assert all(len(row) == len(rows[0]) for row in rows), href
        assert not [cell for row in rows for cell in row if FORMULA.match(cell)], href


def test_products_are_taken_whole_in_plain_numbers(small_room: TestClient) -> None:
    head, best, other = table(small_room, "/sessions/s1?file=products")

    assert head[:4] == ["商品编号", "商品", "角色", "币种"]
    assert best == ["p1", "", "主推款", "CNY", "", "100", "9", "10", "450.0", best[-1]]
    assert float(best[-1]) + float(other[-1]) == pytest.approx(1)
    assert other[0] == f"'{EVIL}"


def test_who_needs_me_is_everybody_not_a_page_of_it(small_room: TestClient) -> None:
    rows = table(small_room, "/diagnose.csv")
    one = table(small_room, "/diagnose.csv?q=" + quote("林晚"))

    assert {row[0] for row in rows[1:]} == {"林晚", f"'{EVIL}"}
    assert [row[0] for row in one[1:]] == ["林晚"]


def test_the_record_names_what_an_import_wrote(small_room: TestClient) -> None:
    (_, batch), written = (table(small_room, path) for path in (
        "/import/batches.csv", "/import/batches/1/written.csv"))

    assert batch[0] == "1"
    assert batch[2] == "sessions.csv, session_products.csv"
    assert int(batch[3]) == sum(int(row[1]) for row in written[1:])


def test_the_columns_of_the_facts_are_counted(small_room: TestClient) -> None:
    rows = table(small_room, "/quality/coverage.csv")
    gmv = next(row for row in rows if row[0] == "sessions" and row[2] == "gmv")

    assert gmv[3:5] == ["2", "3"]
    assert float(gmv[5]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("path", [
    "/quality/none.csv", "/import/batches/1/none.csv", "/import/batches/9/files.csv",
    "/sessions/s1?file=none", "/sessions/none?file=products",
    "/subjects/streamer/林晚?file=none", "/diagnosis/none.csv/streamer/林晚"])
def test_a_table_that_is_not_there_is_said_so(small_room: TestClient, path: str) -> None:
    answer = small_room.get(path)

    assert answer.status_code == 404
    assert 'data-key="unknown_' in answer.text


@pytest.mark.parametrize("path", ["/diagnose?page=999", "/import/batches?page=99999999999999999999",
                                  "/import/batches?page=²"])
def test_a_page_beyond_the_last_is_the_last(small_room: TestClient, path: str) -> None:
    page = small_room.get(path).text

    assert page.count("<tr") > 1 or page.count("data-row") > 0
    assert "没有符合的对象" not in page
