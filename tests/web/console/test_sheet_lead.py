from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
import pytest
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.plan.sheet_edit import Do, Edit
from caopan.web.house import House
from caopan.workspace.live import rehearse
from tests.web.conftest import owner, patient, token
from tests.workspace.test_lineup import plan
from tests.workspace.test_stocking import history

HERE = "/runsheets/n1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("lead")
    with Workspace.open(folder / "room") as workspace:
        workspace.import_files([history(folder / "history")])
        workspace.import_files([plan(folder / "plan")])
        house = patient(workspace)
        yield house
        house.desk.close()


@pytest.fixture(scope="module")
def client(house: House) -> TestClient:
    return owner(house)


def press(client: TestClient, do: str, *, file: bytes | None = None, **said: str
          ) -> tuple[int, str, str]:
    """Press a button; return the status, where it leads, and the page."""
    answer = client.post(HERE, data={"token": token(client), "do": do, **said},
                         files=None if file is None else {"file": ("sheet.xlsx", file)},
                         follow_redirects=False)
    return answer.status_code, answer.headers.get("location", ""), answer.text


def longer(book: bytes) -> bytes:
    """Return a workbook whose first item is 1234 seconds long."""
    out, opened = io.BytesIO(), openpyxl.load_workbook(io.BytesIO(book))
    page = opened["节目单"]
    column = next(cell.column for cell in page[1] if str(cell.value).endswith(" seconds"))
    page.cell(2, column).value = 1234
    opened.save(out)
    return out.getvalue()


def test_a_planned_session_is_lined_up_published_and_rehearsed(
        client: TestClient, house: House) -> None:
    workspace = house.workspace
    rooms = client.get("/rooms").text
    assert "还没排节目单" in rooms
    first = client.post("/rooms", follow_redirects=False, data={
        "token": token(client), "session_id": "n1", "then": "sheet"})
    assert first.headers["location"] == f"{HERE}?propose"
    offered = client.get(f"{HERE}?propose").text
    assert "就用这一版" in offered

    assert press(client, "propose")[:2] == (303, HERE)
    kept = workspace.run_sheet("n1")
    assert {one.product_id for one in kept.sheet.items} == {"草莓", "梨", "橙", None}
    assert "和现在排的一样" in client.get(f"{HERE}?propose").text

    status, leads, _ = press(client, "publish")
    assert (status, leads.startswith("/rooms/")) == (303, True)
    room = leads.removeprefix("/rooms/")
    assert house.desk.room(room).room.sheet == kept.sheet
    assert "中控里就是这一版" in client.get(HERE).text

    workspace.edit_run_sheet("n1", [Edit(do=Do.CHANGE, item_id=kept.sheet.items[1].id,
                                         fields={"title": "新标题"})])
    assert "1 处没发布到中控" in client.get(HERE).text
    assert press(client, "publish")[1] == leads
    assert house.desk.room(room).room.sheet.items[1].title == "新标题"

    status, away, _ = press(client, "rehearse", speed="60")
    shown = away.removeprefix("/rooms/")
    rehearse.stopped(house.desk, shown)
    assert (status, shown != room) == (303, True)
    assert [one.title for one in house.desk.room(shown).room.sheet.items] == [
        one.title for one in workspace.run_sheet("n1").sheet.items]


def test_a_proposal_shows_each_change_and_the_ticked_are_taken(
        client: TestClient, house: House) -> None:
    sheet = house.workspace.planned_sheet("n1")
    kept = house.workspace.keep_run_sheet("n1", replace(sheet, items=tuple(reversed(sheet.items))))

    page = client.get(f"{HERE}?propose").text
    moves = [one.replace("&#34;", '"') for one in re.findall(
        r'type="checkbox" name="edits" value="([^"]*)"', page)]

    assert len(moves) >= 2
    assert "离理论上限" in page
    status, _, _ = press(client, "edits", edits=moves[0], after=str(kept.version))
    after = house.workspace.run_sheet("n1")
    assert (status, after.version) == (303, kept.version + 1)
    assert len({one.item_id for one in after.edits}) == 1


def test_a_workbook_shows_what_it_changes_before_it_is_kept(
        client: TestClient, house: House) -> None:
    book = client.get(f"{HERE}?as=xlsx")
    version = house.workspace.run_sheet("n1").version

    same = press(client, "read", file=book.content)
    changed = press(client, "read", file=longer(book.content))
    edits, = re.findall(r'name="edits" value="(\[[^"]*)"', changed[2][:changed[2].index("rs-head")])
    broken = press(client, "read", file=b"hello")
    none = press(client, "read")

    assert book.headers["content-type"].startswith("application/vnd.openxml")
    assert "和存着的一样" in same[2]
    assert "1 项不同" in changed[2]
    assert house.workspace.run_sheet("n1").version == version
    press(client, "edits", edits=edits.replace("&#34;", '"'), after=str(version))
    assert house.workspace.run_sheet("n1").sheet.items[0].seconds == 1234
    assert (broken[0], none[0]) == (422, 422)
    assert "没有选文件" in none[2]


def test_a_room_is_made_with_the_kept_sheet(client: TestClient, house: House) -> None:
    house.workspace.keep_run_sheet("nobody", {"items": []})

    answer = client.post("/runsheets/nobody", data={"token": token(client), "do": "publish"})

    assert answer.status_code == 422
    assert "不知道场次 nobody 几点开播" in answer.text
