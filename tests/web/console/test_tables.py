"""Every table of the analysis screens is taken away whole, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.web.house import House
from tests.web.conftest import owner, patient

EVIL = '=HYPERLINK("http://evil.example")'
SESSIONS = f"""session_id,streamer_id,started_at,title,views,orders,units,gmv,new_followers,currency
s1,林晚,2026-03-01T19:30:00+08:00,春季,1000,10,12,500.00,30,CNY
s2,林晚,2026-03-02T19:30:00+08:00,春季,900,8,8,400.50,20,CNY
s3,"{EVIL.replace('"', '""')}",2026-03-02T20:00:00+08:00,=1+1,300,,,,,CNY
"""
PRODUCTS = f"""session_id,product_id,role,clicks,orders,units,gmv,currency
s1,p1,hero,100,9,10,450.00,CNY
s1,"{EVIL.replace('"', '""')}",welfare,50,1,2,10.50,CNY
"""
FORMULA = re.compile(r"^[=@\t\r]|^[+-](?![\d.])")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a browser in a house of three sessions, whose diagnoses are kept."""
    folder = tmp_path_factory.mktemp("tables")
    for name, text in (("sessions", SESSIONS), ("session_products", PRODUCTS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with Workspace.open(folder / "room") as workspace:
        workspace.import_files([folder / "sessions.csv", folder / "session_products.csv"])
        workspace.keep_results()
        house: House = patient(workspace)
        yield owner(house)
        house.desk.close()


def table(client: TestClient, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/csv"), path
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


PAGES = ("/quality", "/import/batches", "/import/batches/1", "/diagnose", "/metrics",
         "/metrics?q=gmv", "/handbook", "/sessions/s1", "/diagnose/streamer/林晚",
         "/subjects/streamer/林晚?panel=followers")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_its_tables_and_each_is_one(client: TestClient, page: str) -> None:
    offered = [href.replace("&amp;", "&") for href in re.findall(
        r'href="([^"]+)" download aria-label="CSV', client.get(page).text)]

    assert offered, page
    for href in offered:
        rows = table(client, page.partition("?")[0] + href if href.startswith("?") else href)
        assert len(rows) > 1, href
        assert all(len(row) == len(rows[0]) for row in rows), href
        assert not [cell for row in rows for cell in row if FORMULA.match(cell)], href


def test_products_are_taken_whole_in_plain_numbers(client: TestClient) -> None:
    head, best, other = table(client, "/sessions/s1?file=products")

    assert head[:4] == ["商品编号", "商品", "角色", "币种"]
    assert best == ["p1", "", "爆款", "CNY", "", "100", "9", "10", "450.0", best[-1]]
    assert float(best[-1]) + float(other[-1]) == pytest.approx(1)
    assert other[0] == f"'{EVIL}"


def test_who_needs_me_is_everybody_not_a_page_of_it(client: TestClient) -> None:
    rows = table(client, "/diagnose.csv")
    one = table(client, "/diagnose.csv?q=" + quote("林晚"))

    assert {row[0] for row in rows[1:]} == {"林晚", f"'{EVIL}"}
    assert [row[0] for row in one[1:]] == ["林晚"]


def test_the_record_names_what_an_import_wrote(client: TestClient) -> None:
    (_, batch), written = (table(client, path) for path in (
        "/import/batches.csv", "/import/batches/1/written.csv"))

    assert batch[0] == "1"
    assert batch[2] == "sessions.csv, session_products.csv"
    assert int(batch[3]) == sum(int(row[1]) for row in written[1:])


def test_the_columns_of_the_facts_are_counted(client: TestClient) -> None:
    rows = table(client, "/quality/coverage.csv")
    gmv = next(row for row in rows if row[0] == "sessions" and row[2] == "gmv")

    assert gmv[3:5] == ["2", "3"]
    assert float(gmv[5]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("path", [
    "/quality/none.csv", "/import/batches/1/none.csv", "/import/batches/9/files.csv",
    "/sessions/s1?file=none", "/sessions/none?file=products",
    "/subjects/streamer/林晚?file=none", "/diagnosis/none.csv/streamer/林晚"])
def test_a_table_that_is_not_there_is_said_so(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert 'data-key="unknown_' in answer.text
