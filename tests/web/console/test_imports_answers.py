"""What a person says of files that nobody knows, and what is refused."""

from __future__ import annotations

import gzip
import html
import io
import re
from pathlib import Path

import xlsxwriter

from caopan.web.house import House
from tests.web.conftest import owner, token
from tests.web.console.conftest import SESSIONS, finish, headers, look, send

OWN = ("场观,开播时间,直播间成交金额,主播,心情,联系电话\n"
       "15318,2026-11-01 19:28,27340.50,林晚,好,13800000000\n"
       "12000,2026-11-02 19:30,19000,林晚,一般,13800000001\n")


def chosen(page: str) -> dict[str, str]:
    """Return what the form of the column map holds, as a browser would send it."""
    form = page[page.index('id="columns"'):]
    fields = {name: html.unescape(value) for name, value in re.findall(
        r'<input[^>]*name="(file|sheet|table|name)" value="([^"]*)"', form)}
    for name, options in re.findall(r'<select class="select" name="([\w-]+)"[^>]*>(.*?)</select>',
                                    form, re.DOTALL):
        found = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = found.group(1) if found else ""
    return fields


def test_an_unknown_table_is_mapped_once_and_known_from_then_on(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("自家场次表.csv", OWN.encode()))
    look(empty_house, client, upload)
    address = f"/import/{upload}?file=自家场次表.csv&map=1"
    page = client.get(address).text
    assert "两种口径" in page or "人数和次数差" in page
    assert "个人信息，不读" in page
    fields = chosen(page) | {"token": token(client)}

    unanswered = client.post(f"/import/{upload}/columns", data=fields)
    saved = client.post(f"/import/{upload}/columns", data={**fields, "to-0": "viewers"},
                        follow_redirects=False)
    finish(empty_house)

    assert unanswered.status_code == 400
    assert "先选这些列是什么：场观" in unanswered.text
    assert saved.status_code == 303
    assert "自定义：自家场次表" in client.get(f"/import/{upload}").text
    again = send(client, ("下个月.csv", OWN.replace("11-0", "10-0").encode()))
    look(empty_house, client, again)
    assert "自定义：自家场次表" in client.get(f"/import/{again}").text


def test_each_sheet_of_a_workbook_is_mapped_by_choice(empty_house: House) -> None:
    client = owner(empty_house)
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True}) as book:
        for name, rows in (
                ("场次", [["开播时间", "直播间成交金额", "主播"],
                          ["2026-11-01 19:28", "27340.50", "林晚"]]),
                ("货盘", [["货号", "品名", "吊牌价"], ["A1", "围巾", "99"], ["A2", "帽子", "59"]])):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    upload = send(client, ("小王.xlsx", body.getvalue()))
    look(empty_house, client, upload)
    address = f"/import/{upload}?file=小王.xlsx&map=1"

    lost = client.get(f"{address}&sheet=没有")
    second = client.get(f"{address}&sheet=货盘").text
    client.post(f"/import/{upload}/columns", data=chosen(second) | {"token": token(client)})
    finish(empty_house)
    between = client.get(f"/import/{upload}").text
    first = client.get(address).text
    client.post(f"/import/{upload}/columns", data=chosen(first) | {"token": token(client)})
    finish(empty_house)
    after = client.get(f"/import/{upload}").text

    assert '<option value="货盘" selected>' in second
    assert 'value="小王 货盘"' in second
    assert "对应「场次」的列" in between
    assert '<option value="场次" selected>' in first
    assert "货盘 · 已认出" in first
    assert "场次 1" in after
    assert "商品 2" in after
    assert "对应「" not in after
    assert (lost.status_code, "没有工作表“没有”" in lost.text) == (422, True)


def test_a_table_that_lacks_what_it_needs_is_not_saved(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("自家场次表.csv", OWN.encode()))
    look(empty_house, client, upload)
    fields = chosen(client.get(f"/import/{upload}?file=自家场次表.csv&map=1").text)

    answer = client.post(f"/import/{upload}/columns", data={
        **fields, "token": token(client), "to-0": "viewers", "to-1": ""})

    assert answer.status_code == 400
    assert "还缺必需的列：开播时刻" in answer.text


def test_what_tells_who_a_person_is_cannot_be_kept(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("自家场次表.csv", OWN.encode()))
    look(empty_house, client, upload)
    fields = chosen(client.get(f"/import/{upload}?file=自家场次表.csv&map=1").text)

    answer = client.post(f"/import/{upload}/columns", data={
        **fields, "token": token(client), "to-0": "viewers", "to-5": "x_"})

    assert answer.status_code == 422
    assert "个人信息" in answer.text


def test_a_renamed_column_is_shown_beside_the_one_it_was_and_blocks_until_answered(
        empty_house: House, shared_data: Path) -> None:
    client = owner(empty_house)
    file = shared_data / "live_douyin_2021" / "Data_Livestream_General.csv.gz"
    text = gzip.decompress(file.read_bytes()).decode("utf-8-sig")
    renamed = text.replace("Start_time", "Start_at", 1)
    upload = send(client, ("renamed.csv", renamed.encode()),
                  ("sessions.csv", SESSIONS.encode()))
    look(empty_house, client, upload)

    page = client.get(f"/import/{upload}").text
    refused = client.post(f"/import/{upload}/take", headers=headers(client))
    left = client.post(f"/import/{upload}/leave", data={
        "token": token(client), "file": "renamed.csv", "leave": "1"})
    finish(empty_house)

    assert re.search(r'<td class="fc b">Start_at</td>.*?<td>Start_time</td>', page, re.DOTALL)
    assert "先处理「renamed.csv」，才能导入" in page
    assert refused.status_code == 400
    assert left.status_code == 200
    after = client.get(f"/import/{upload}").text
    assert "写入 4 行" in after
    assert "你选了不导入" in after


def test_a_renamed_column_said_once_leaves_all_else_as_the_layout_does_it(
        empty_house: House, shared_data: Path) -> None:
    client = owner(empty_house)
    file = shared_data / "live_douyin_2021" / "Data_Livestream_General.csv.gz"
    text = gzip.decompress(file.read_bytes()).decode("utf-8-sig")
    upload = send(client, ("renamed.csv", text.replace("Start_time", "Start_at", 1).encode()))
    look(empty_house, client, upload)
    page = client.get(f"/import/{upload}").text

    client.post(f"/import/{upload}/columns", data=chosen(page) | {"token": token(client)})
    finish(empty_house)
    client.post(f"/import/{upload}/take", data={"token": token(client)})
    finish(empty_house)

    assert "就是「第三方直播场次表」，1 列改了名" in page
    assert '<option value="started_at" selected>Start_time（开播时刻）</option>' in page
    assert empty_house.workspace.batches()[0].tables["sessions"].added == 695


def test_an_option_that_is_none_is_said_and_can_be_mended(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    look(empty_house, client, upload)

    client.post(f"/import/{upload}/answers", data={"token": token(client),
                                                   "timezone": "Mars/Olympus"})
    [job] = [job for job in empty_house.jobs.all() if job.kind == "look"][:1]
    empty_house.jobs.wait(job.id)
    page = client.get(f"/import/{upload}").text

    assert "没有时区 Mars/Olympus" in page
    client.post(f"/import/{upload}/answers", data={"token": token(client), "timezone": ""})
    empty_house.jobs.wait(empty_house.jobs.all()[0].id)
    assert "写入 4 行" in client.get(f"/import/{upload}").text


def test_a_second_press_does_not_import_twice(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))
    look(empty_house, client, upload)

    first = client.post(f"/import/{upload}/take", headers=headers(client))
    second = client.post(f"/import/{upload}/take", headers=headers(client))
    finish(empty_house)

    assert (first.status_code, second.status_code) == (204, 204)
    assert len(empty_house.workspace.batches()) == 1


def test_thrown_away_files_are_gone(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("sessions.csv", SESSIONS.encode()))

    client.post(f"/import/{upload}/discard", data={"token": token(client)})

    assert client.get(f"/import/{upload}").status_code == 404
    assert not empty_house.workspace.imports.incoming.folder(upload).exists()
