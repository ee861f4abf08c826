"""An operator drops files, sees what they are, takes them in and takes them back."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from caopan.web.house import House
from tests.web.conftest import guest, owner, token
from tests.web.console.conftest import SESSIONS, finish, headers, lines, look, send

DOUYIN = "live_douyin_2021"


def test_an_empty_workspace_shows_two_ways_in(empty_house: House) -> None:
    page = owner(empty_house).get("/import").text

    assert "两条路都通" in page
    assert 'action="/import/demo"' in page
    assert 'enctype="multipart/form-data"' in page


def test_a_guest_is_shown_the_door(empty_house: House) -> None:
    answer = guest(empty_house).get("/import", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (
        303, "/enter?next=%2Fimport")


def test_files_of_third_parties_are_recognised_taken_in_and_taken_back(
        empty_house: House, shared_data: Path) -> None:
    client = owner(empty_house)
    files = sorted((shared_data / DOUYIN).glob("*.gz"))

    upload = send(client, *((file.name, file.read_bytes()) for file in files))
    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}")

    assert page.status_code == 200
    assert "第三方直播场次表" in page.text
    assert "列里认出" in page.text
    assert "写入 28,518 行" in page.text
    taken = client.post(f"/import/{upload}/take", headers=headers(client), follow_redirects=False)
    assert taken.status_code in {204, 303}
    finish(empty_house)
    result = client.get(f"/import/{upload}")
    assert str(result.url).endswith("/import/batches/1")
    assert "第 1 批导入" in result.text
    sessions = empty_house.workspace.batches()[0].tables["sessions"]
    assert sessions.added == 695
    assert not (empty_house.workspace.imports.incoming.files(upload)).exists()

    undone = client.post("/import/batches/1/undo", data={"token": token(client)})

    assert "已经撤销" in undone.text
    assert empty_house.workspace.imports.active() == ()


def test_the_year_a_person_gives_is_used(empty_house: House, shared_data: Path) -> None:
    client = owner(empty_house)
    file = shared_data / DOUYIN / "Data_Livestream_General.csv.gz"
    upload = send(client, (file.name, file.read_bytes()))
    look(empty_house, client, upload)
    assert "文件里没有" in client.get(f"/import/{upload}").text

    client.post(f"/import/{upload}/answers", data={"token": token(client), "year": "2021"})
    finish(empty_house)

    assert "年份按 2021" not in client.get(f"/import/{upload}").text
    client.post(f"/import/{upload}/take", data={"token": token(client)})
    finish(empty_house)
    ages = {each.source: each for each in empty_house.workspace.imports.freshness()}
    sessions = ages["sessions"]
    assert sessions.moment is not None
    assert sessions.moment.year == 2021
    assert "太旧" in client.get("/import/fresh").text


def test_a_form_without_script_leads_the_same_way(empty_house: House) -> None:
    client = owner(empty_house)

    answer = client.post("/import", data={"token": token(client), "upload": ""},
                         files=[("files", ("sessions.csv", SESSIONS.encode(), "text/csv"))],
                         follow_redirects=False)
    finish(empty_house)

    assert answer.status_code == 303
    assert "写入 4 行" in client.get(answer.headers["location"]).text


def test_names_that_lead_elsewhere_stay_inside(empty_house: House) -> None:
    client = owner(empty_house)

    upload = send(client, ("../../../escape.csv", SESSIONS.encode()),
                  ("..\\..\\evil\x00\u202e.csv", SESSIONS.encode()),
                  ("<img src=x onerror=alert(1)>.csv", SESSIONS.encode()))

    shelf = empty_house.workspace.imports.incoming
    assert [file.name for file in shelf.listed(upload)] == [
        "_img src=x onerror=alert(1)_.csv", "escape.csv", "evil__.csv"]
    assert not list(shelf.root.parent.parent.glob("escape.csv"))
    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}").text
    assert "<img src=x" not in page


@pytest.mark.parametrize("path", ["/import/..%2f..%2fetc", "/import/0000000000000000",
                                  "/import/%2e%2e", "/import/batches/99"])
def test_an_address_of_nothing_is_not_found(empty_house: House, path: str) -> None:
    assert owner(empty_house).get(path).status_code == 404


def test_a_change_without_the_token_does_nothing(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))

    answers = [client.post("/import/begin"),
               client.put(f"/import/{upload}/files?name=b.csv", content=b"x"),
               client.post(f"/import/{upload}/take"), client.post(f"/import/{upload}/discard")]

    assert {answer.status_code for answer in answers} == {403}
    assert [file.name for file in empty_house.workspace.imports.incoming.listed(upload)] == [
        "sessions.csv"]


def test_a_damaged_workbook_is_named_and_the_others_go_on(
        empty_house: House, workbook: bytes) -> None:
    client = owner(empty_house)
    upload = send(client, ("坏.xlsx", workbook[:len(workbook) // 2]),
                  ("sessions.csv", SESSIONS.encode()))

    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}?file=坏.xlsx").text

    assert "读不了" in page
    assert "不完整或已损坏" in page
    assert "写入 4 行" in page


def test_a_picture_is_calm_and_stays_out(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("微信图片.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
                  ("sessions.csv", SESSIONS.encode()))

    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}?file=微信图片.png").text

    assert "不认识" in page
    assert "写入 4 行" in page


def test_a_zip_is_entered_and_a_bomb_in_it_is_not_unpacked(
        empty_house: House, bomb: bytes) -> None:
    client = owner(empty_house)
    upload = send(client, ("全部.zip", bomb))

    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}").text

    assert "解压后会大得不正常" in page
    assert "全部.zip/sessions.csv" in page
    assert "写入 4 行" in page


def test_problems_show_their_row_and_can_be_taken_away_without_harm(empty_house: House) -> None:
    client = owner(empty_house)
    bad = SESSIONS + "=cmd|calc,林晚,2026-03-04T19:30:00+08:00,,,=1+1,,,1.234,CNY\n"
    upload = send(client, ("sessions.csv", bad.encode()))

    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}").text

    assert re.search(r'<td class="badc">1\.234</td>', page)
    assert '<td class="rn">6</td>' in page
    assert "比一分还细" in page
    answer = client.get(f"/import/{upload}/issues.csv")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert rows[0][:3] == ["级别", "文件", "工作表"]
    assert [row[5] for row in rows if "=1+1" in row[5]] == ["'=1+1"]
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)


def test_thousands_of_problems_stay_one_page(empty_house: House) -> None:
    client = owner(empty_house)
    rows = "".join(f"t{at},林晚,2026-03-04T19:30:00+08:00,,,x{at},,,1.00,CNY\n"
                   for at in range(6_000))
    upload = send(client, ("sessions.csv", (SESSIONS + rows).encode()))

    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}").text

    assert "6000 行错误会跳过" in page
    assert "还有 5,997 处" in page
    assert len(page) < 80_000


def test_replaced_values_stand_old_beside_new(empty_house: House, tmp_path: Path) -> None:
    client = owner(empty_house)
    file = tmp_path / "sessions.csv"
    file.write_text(SESSIONS, encoding="utf-8")
    empty_house.workspace.import_files([file])
    changed = SESSIONS.replace("500.00", "12345.67")
    upload = send(client, ("sessions.csv", changed.encode()))

    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}").text

    assert "¥500.00</span> → <b>¥12,345.67" in page
    assert "新增 0、改动 1、不变 3" in page


def test_a_long_key_is_shown_whole_behind_the_values(empty_house: House, tmp_path: Path) -> None:
    client, key = owner(empty_house), "7301234567890123456-" * 4
    file = tmp_path / "sessions.csv"
    file.write_text(SESSIONS.replace("s1,", f"{key},"), encoding="utf-8")
    empty_house.workspace.import_files([file])
    changed = file.read_text(encoding="utf-8").replace("500.00", "12345.67")
    upload = send(client, ("sessions.csv", changed.encode()))

    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}").text

    table = page[page.index("imp-changes"):]
    assert table.index("¥500.00</span> → <b>¥12,345.67") < table.index(key)


def test_what_is_known_already_is_not_written_again(empty_house: House, tmp_path: Path) -> None:
    client = owner(empty_house)
    file = tmp_path / "sessions.csv"
    file.write_text(SESSIONS, encoding="utf-8")
    empty_house.workspace.import_files([file])
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    look(empty_house, client, upload)

    page = client.get(f"/import/{upload}").text
    refused = client.post(f"/import/{upload}/take", headers=headers(client))

    assert "库里都有了" in page
    assert refused.status_code == 400
    assert len(empty_house.workspace.batches()) == 1


def test_an_import_in_between_asks_to_compare_again(empty_house: House, tmp_path: Path) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    look(empty_house, client, upload)
    belts = tmp_path / "belts.csv"
    belts.write_text("belt_id,city\nb1,义乌\n", encoding="utf-8")
    empty_house.workspace.import_files([belts])

    page = client.get(f"/import/{upload}").text

    assert "库里刚变过" in page
    client.post(f"/import/{upload}/look", headers=headers(client))
    finish(empty_house)
    assert "写入 4 行" in client.get(f"/import/{upload}").text


def test_a_reload_in_the_middle_finds_the_work(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    release = lines(empty_house)

    client.post(f"/import/{upload}/look", headers=headers(client))
    first, again = client.get(f"/import/{upload}").text, client.get(f"/import/{upload}").text

    assert "正在看这些文件是什么" in first
    assert 'data-live="job:' in again
    release()
    finish(empty_house)
    assert "写入 4 行" in client.get(f"/import/{upload}").text


def test_a_look_that_takes_too_long_is_stopped_and_the_files_stay(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    release = lines(empty_house)
    client.post(f"/import/{upload}/look", headers=headers(client))

    offered = f'action="/import/{upload}/stop"' in client.get(f"/import/{upload}").text
    client.post(f"/import/{upload}/stop", headers=headers(client))
    release()
    for job in empty_house.jobs.all():
        empty_house.jobs.wait(job.id)
    page = client.get(f"/import/{upload}").text

    assert offered
    assert "已经停下，什么都没有写入" in page
    assert "看这些文件" in page
    assert "扔掉这一批" in page


def test_a_restart_loses_no_file_and_writes_nothing(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    look(empty_house, client, upload)

    again = House.of(empty_house.workspace)
    page = owner(again).get(f"/import/{upload}").text

    assert "写入 4 行" in page
    assert empty_house.workspace.batches() == ()


def test_a_synthetic_workspace_takes_no_real_file(toy_house: House) -> None:
    client = owner(toy_house)

    page = client.get("/import").text
    refused = client.post("/import/begin", headers=headers(client))

    assert "caopan --workspace" in page
    assert "data-drop" not in page
    assert refused.status_code == 422


def test_the_synthetic_world_can_be_taken_instead(empty_house: House) -> None:
    client = owner(empty_house)

    client.post("/import/demo", data={"token": token(client)})
    finish(empty_house)

    assert empty_house.workspace.synthetic
    ages = client.get("/import/fresh").text
    assert "订单" in ages
    assert "天前" in ages or "今天" in ages


def test_a_full_disk_is_said_and_leaves_nothing(
        empty_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = owner(empty_house)
    upload = send(client)
    monkeypatch.setattr("caopan.workspace.incoming.FILE_MOST", 10)

    answer = client.put(f"/import/{upload}/files?name=a.csv", content=b"x" * 11,
                        headers=headers(client))

    assert answer.status_code == 400
    assert "没有接收" in answer.text
    assert empty_house.workspace.imports.incoming.listed(upload) == ()
    assert not list(empty_house.workspace.imports.incoming.folder(upload).glob("*.part"))


def test_pages_speak_english(empty_house: House) -> None:
    client: TestClient = owner(empty_house, language="en")
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    look(empty_house, client, upload)

    page = client.get(f"/import/{upload}").text

    text = re.sub(r"<[^>]+>", " ", page)
    own = {"林晚", "阿泽", "春季上新", "春季返场", "清仓"}
    assert set(re.findall(r"[\u4e00-\u9fff]+", text)) <= own | {"操", "中文"}
