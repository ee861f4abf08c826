"""An operator mends single cells and the year of a file, sees it, takes it back, and it is kept."""

from __future__ import annotations

import re

from caopan.web.console.imports_mend import suggested
from caopan.web.house import House
from tests.web.conftest import guest, owner, token
from tests.web.console.conftest import SESSIONS, finish, headers, look, send

BAD = (SESSIONS
       + "s5,阿泽,2026-03-04T20:00:00+08:00,2026-03-04T22:00:00+08:00,清仓,31,2,2,约五百,CNY\n"
       + "s6,阿泽,2026-03-05T20:00:00+08:00,2026-03-05T22:00:00+08:00,清仓,31,2,2,约五百,CNY\n"
       + "7.3E+18,阿泽,2026-03-06T20:00:00+08:00,2026-03-06T22:00:00+08:00,清仓,31,2,2,1.00,CNY\n")


def staged(house: House, body: str = BAD) -> str:
    """Return an upload that was looked at."""
    client = owner(house)
    upload = send(client, ("sessions.csv", body.encode()))
    look(house, client, upload)
    return upload


def cell(row: int, column: str, **said: str) -> dict[str, str]:
    return {"file": "sessions.csv", "sheet": "", "row": str(row), "column": column, **said}


def test_a_bad_cell_offers_what_can_be_done_with_it(empty_house: House) -> None:
    page = owner(empty_house).get(f"/import/{staged(empty_house)}").text

    assert page.count('action="/import/') > 3
    assert "第 6 行「约五百」" in page
    assert "填原来的编号" in page
    assert 'name="empty" value="1"' in page
    id_form = re.search(r"填原来的编号.*?</form>", page, re.DOTALL)
    assert id_form is not None
    assert 'name="empty"' not in id_form.group(0)


def test_a_mended_cell_is_shown_taken_in_and_kept_with_the_import(empty_house: House) -> None:
    client, upload = owner(empty_house), staged(empty_house)

    client.post(f"/import/{upload}/correct", data={
        **cell(8, "session_id", new=" 7301234567890123456 "), "token": token(client)})
    finish(empty_house)
    client.post(f"/import/{upload}/correct", data={
        **cell(6, "gmv", empty="1", alike="1"), "token": token(client)})
    finish(empty_house)
    page = client.get(f"/import/{upload}").text
    client.post(f"/import/{upload}/take", data={"token": token(client)})
    finish(empty_house)

    assert "写入 7 行" in page
    assert re.search(r"7\.3E\+18</span> → <b>7301234567890123456", page)
    assert re.search(r"约五百</span> → <b>空", page)
    batch = client.get("/import/batches/1").text
    assert re.search(r"7\.3E\+18</span> → <b>7301234567890123456", batch)
    told = empty_house.workspace.imports.record(1)[1].corrections
    assert [(one.file, one.row, one.column, one.old, one.new, one.alike) for one in told] == [
        ("sessions.csv", 8, "session_id", "7.3E+18", "7301234567890123456", False),
        ("sessions.csv", 6, "gmv", "约五百", "", True)]


def test_the_file_itself_is_not_touched_and_a_change_can_be_taken_back(
        empty_house: House) -> None:
    client, upload = owner(empty_house), staged(empty_house)
    client.post(f"/import/{upload}/correct", data={
        **cell(6, "gmv", new="8.00"), "token": token(client)})
    finish(empty_house)
    mended = client.get(f"/import/{upload}").text

    client.post(f"/import/{upload}/take-back", data={"number": "0", "token": token(client)})
    finish(empty_house)

    assert "2 行有错" in mended
    assert "3 行有错" in client.get(f"/import/{upload}").text
    files = empty_house.workspace.imports.incoming.files(upload)
    assert (files / "sessions.csv").read_text(encoding="utf-8") == BAD


def test_a_value_that_is_wrong_again_is_shown_as_it_was_typed(empty_house: House) -> None:
    client, upload = owner(empty_house), staged(empty_house)

    client.post(f"/import/{upload}/correct", data={
        **cell(6, "gmv", new="<b>很多</b>"), "token": token(client)})
    finish(empty_house)

    page = client.get(f"/import/{upload}").text
    assert '<td class="badc">&lt;b&gt;很多&lt;/b&gt;</td>' in page
    assert "<b>很多" not in page


def test_the_year_of_a_file_is_one_tap(empty_house: House) -> None:
    client = owner(empty_house)
    body = SESSIONS.replace("2026-03-01T19:30:00+08:00", "03-01 19:30")
    upload = staged(empty_house, body)
    page = client.get(f"/import/{upload}").text

    answer = client.post(f"/import/{upload}/year", data={
        "file": "sessions.csv", "pick": "2024", "token": token(client)})
    finish(empty_house)

    assert answer.status_code == 200
    assert "这个文件是哪一年的" in page
    after = client.get(f"/import/{upload}").text
    assert "2024 年" in after
    assert empty_house.workspace.imports.incoming.get(upload).answers.years == {
        "sessions.csv": 2024}
    client.post(f"/import/{upload}/year", data={
        "file": "sessions.csv", "empty": "1", "token": token(client)})
    finish(empty_house)
    assert empty_house.workspace.imports.incoming.get(upload).answers.years == {}
    wrong = client.post(f"/import/{upload}/year", data={
        "file": "sessions.csv", "year": "20x4", "token": token(client)})
    assert (wrong.status_code, "年份不能是「20x4」" in wrong.text) == (400, True)


def test_what_is_not_there_or_not_written_is_refused_in_words(empty_house: House) -> None:
    client, upload = owner(empty_house), staged(empty_house)

    def said(path: str, **data: str) -> tuple[int, str]:
        answer = client.post(f"/import/{upload}/{path}", data={**data, "token": token(client)})
        return answer.status_code, answer.text

    assert said("correct", **cell(6, "gmv", new=" "))[0] == 400
    assert "没有能改的「nothing」" in said("correct", **cell(6, "nothing", new="1"))[1]
    assert said("correct", **cell(9_999, "gmv", new="1"))[0] == 400
    assert said("correct", **{**cell(6, "gmv", new="1"), "file": "../upload.json"})[0] == 400
    assert said("take-back", number="7")[0] == 404
    assert empty_house.workspace.imports.incoming.get(upload).corrections == ()


def test_a_stranger_or_a_forged_form_mends_nothing(empty_house: House) -> None:
    upload = staged(empty_house)
    paths = [f"/import/{upload}/{name}" for name in ("correct", "take-back", "year")]

    strangers = [guest(empty_house).post(path, data=cell(6, "gmv", new="1")) for path in paths]
    forged = [owner(empty_house).post(path, data=cell(6, "gmv", new="1")) for path in paths]

    assert {answer.status_code for answer in strangers + forged} == {403}


def test_what_a_buyer_is_called_is_not_kept_with_the_import(empty_house: House) -> None:
    client = owner(empty_house)
    body = ("order_id,buyer_id,paid_at,amount,currency\n"
            "o1,1.23E+17,2026-03-01T19:30:00+08:00,5.00,CNY\n")
    upload = send(client, ("orders.csv", body.encode()))
    look(empty_house, client, upload)

    client.post(f"/import/{upload}/correct", headers=headers(client), data={
        "file": "orders.csv", "row": "2", "column": "buyer_id", "new": "13800000000"})
    finish(empty_house)
    client.post(f"/import/{upload}/take", headers=headers(client))
    finish(empty_house)

    [kept] = empty_house.workspace.imports.record(1)[1].corrections
    assert (kept.old, kept.new) == ("•••", "•••")
    note = empty_house.workspace.imports.incoming.folder(upload) / "upload.json"
    assert "13800000000" not in note.read_text(encoding="utf-8")


def test_only_what_is_clear_is_suggested() -> None:
    assert suggested("too_fine", value="9.875") == ("9.88",)
    assert suggested("ambiguous_date", value="13/4/2026") == ("2026-04-13",)
    assert suggested("unknown_choice", value="x", choices="a, b") == ("a", "b")
    assert suggested("unreadable_number", value="about 5") == ()
