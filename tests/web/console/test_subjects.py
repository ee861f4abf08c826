from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from caopan.web.house import House
from caopan.workspace.grain import Grain
from tests.web.conftest import guest, owner

AWKWARD = "=cmd|'/C calc'!A0"
LONG = "晚晚和她的朋友们在产业带的超级长名字直播间" * 8
SESSIONS = f"""session_id,streamer_id,started_at,gmv,currency
a,{AWKWARD},2026-03-01T19:30:00+08:00,500.00,CNY
b,{LONG},2026-03-02T19:30:00+08:00,,CNY
c,h/1?x=2#y,2026-03-02T20:00:00+08:00,10.5,CNY
d,<b>bold</b>,2026-03-02T20:00:00+08:00,9,CNY
"""


@pytest.fixture
def awkward(empty_house: House, tmp_path: Path) -> House:
    """Return a house whose hosts have names that try everything."""
    file = tmp_path / "sessions.csv"
    file.write_text(SESSIONS, encoding="utf-8")
    empty_house.workspace.import_files([file])
    return empty_house


def test_a_guest_is_shown_the_door(toy_house: House) -> None:
    answer = guest(toy_house).get("/subjects", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (
        303, "/enter?next=%2Fsubjects")


def test_an_empty_workspace_says_what_to_import(empty_house: House) -> None:
    page = owner(empty_house).get("/subjects").text

    assert "还没有主播或商家" in page
    assert 'href="/import"' in page


@pytest.mark.parametrize(("grain", "language", "word"), [
    ("streamer", "zh", "近 30 天 GMV"), ("merchant", "en", "GMV, 30 days")])
def test_everyone_is_listed_by_gmv(
        toy_house: House, grain: str, language: str, word: str) -> None:
    page = owner(toy_house, language=language).get(f"/subjects?grain={grain}").text
    listed = re.findall(rf'href="/subjects/{grain}/([^"?]+)" title', page)
    rows = toy_house.workspace.rooms.everyone(Grain(grain)).rows.to_pylist()

    assert word in page
    assert listed == [row["id"] for row in
                      sorted(rows, key=lambda row: -(row["gmv_now"] or 0))]


def test_the_address_holds_the_state(toy_house: House) -> None:
    page = owner(toy_house).get("/subjects?grain=merchant&sort=sessions&way=up&q=m0").text

    assert 'aria-sort="ascending"' in page
    assert 'value="m0"' in page
    assert "/subjects.csv?grain=merchant&amp;q=m0&amp;sort=sessions&amp;way=up" in page


def test_a_search_asks_for_the_list_alone(toy_house: House) -> None:
    part = owner(toy_house).get("/subjects?q=nobody", headers={"hx-request": "true"}).text

    assert "<html" not in part
    assert "没有符合的" in part


def test_names_are_shown_whole_in_their_title_and_run_nowhere(awkward: House) -> None:
    client = owner(awkward)
    page = client.get("/subjects").text

    assert f'title="{LONG}' in page
    assert "<b>bold" not in page
    assert 'href="/subjects/streamer/h%2F1%3Fx%3D2%23y"' in page
    assert client.get("/subjects/streamer/h%2F1%3Fx%3D2%23y").status_code == 200


def test_a_table_comes_as_csv_or_workbook_and_as_nothing_else(toy_house: House) -> None:
    client = owner(toy_house)

    assert client.get("/subjects.xlsx").headers["content-disposition"].endswith('.xlsx"')
    assert client.get("/subjects.exe").status_code == 404


def test_no_cell_of_a_file_is_a_formula(awkward: House) -> None:
    client = owner(awkward)

    text = client.get("/subjects.csv").content.decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/subjects.xlsx").content)).active

    assert f"\n'{AWKWARD}" in text.replace("\r\n", "\n") or f"\n\"'{AWKWARD}" in text
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    assert AWKWARD in {cell.value for cell in sheet["A"]}
    gmv = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=2)}
    assert gmv["h/1?x=2#y"] == 10.5
    assert gmv[LONG] is None


@pytest.mark.parametrize("asked", ["grain=nobody", "grain=%00"])
def test_another_grain_is_refused_in_words(toy_house: House, asked: str) -> None:
    answer = owner(toy_house).get(f"/subjects?{asked}")

    assert answer.status_code == 404
    assert "没有" in answer.text


@pytest.mark.parametrize("asked", ["page=99999999999", "page=-1", "page=x", "sort=;drop",
                                   "way=sideways", "page=9999"])
def test_a_strange_address_shows_a_page_all_the_same(toy_house: House, asked: str) -> None:
    assert owner(toy_house).get(f"/subjects?{asked}").status_code == 200


def test_fifty_thousand_are_paged(toy_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    from caopan.workspace.directory import Everyone
    from caopan.workspace.rooms import Rooms
    one = toy_house.workspace.rooms.everyone(Grain.MERCHANT)
    count = 50_000
    rows = pa.concat_tables([one.rows.slice(0, 1)] * count)
    place = rows.schema.get_field_index("id")
    rows = rows.set_column(place, "id", pa.array([f"m{at:05}" for at in range(count)]))
    whole = Everyone(grain=Grain.MERCHANT, period=one.period, comparable=True,
                     rows=rows.combine_chunks())
    monkeypatch.setattr(Rooms, "everyone", lambda _self, _grain: whole)

    page = owner(toy_house).get("/subjects?grain=merchant&page=1000").text

    assert page.count("data-row") == 50
    assert "第 1000 页，共 1000 页" in page
    assert "m49999" in page
    assert 'rel="next"' not in page


def test_a_new_import_is_seen_at_once(empty_house: House, tmp_path: Path) -> None:
    client = owner(empty_house)
    client.get("/subjects")
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,gmv\na,林晚,2026-03-01T19:30:00+08:00,5\n",
                    encoding="utf-8")
    batch = empty_house.workspace.import_files([file]).batch

    assert "林晚" in client.get("/subjects").text
    assert batch is not None
    empty_house.workspace.undo(batch)
    assert "林晚" not in client.get("/subjects").text


@pytest.mark.shared
def test_the_real_hosts_are_found_by_name(douyin_house: House) -> None:
    page = owner(douyin_house).get("/subjects?q=主播19").text

    assert page.count("data-row") == 1
    assert "¥3.03亿" in page
