from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.plan.sheet_edit import Do, Edit
from caopan.web.house import House
from caopan.workspace.run_sheets import KeptSheet
from tests.web.conftest import owner, patient, token
from tests.web.console.rooms import SHEET


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A browser that is in, before the run sheet of a session of its own."""

    client: TestClient
    token: str
    workspace: Workspace
    session: str

    @property
    def here(self) -> str:
        return f"/runsheets/{self.session}"

    @property
    def kept(self) -> KeptSheet:
        return self.workspace.run_sheet(self.session)

    @property
    def order(self) -> str:
        return "".join(one.id for one in self.kept.sheet.items)

    def page(self, query: str = "") -> str:
        answer = self.client.get(self.here + query)
        assert answer.status_code == 200
        return answer.text

    def press(self, do: str, *, after: int | None = None, **said: object) -> tuple[int, str]:
        """Press a button of the page as a browser does; return the status and the page."""
        answer = self.client.post(self.here, headers={"hx-request": "true"}, data={
            "token": self.token, "do": do, "after": str(after or self.kept.version), **said})
        return answer.status_code, answer.text

    def edit(self, item: str, **fields: object) -> None:
        """Change an item as somebody else does."""
        self.workspace.edit_run_sheet(self.session, [Edit(do=Do.CHANGE, item_id=item,
                                                          fields=fields)])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with Workspace.open(tmp_path_factory.mktemp("sheets") / "room") as workspace:
        house = patient(workspace)
        yield house
        house.desk.close()


@pytest.fixture(scope="module")
def come_in(house: House) -> tuple[TestClient, str]:
    client = owner(house)
    return client, token(client)


@pytest.fixture
def desk(house: House, come_in: tuple[TestClient, str],
         request: pytest.FixtureRequest) -> Desk:
    session = f"{abs(hash(request.node.name))}"
    house.workspace.keep_run_sheet(session, SHEET)
    client, said = come_in
    return Desk(client=client, token=said, workspace=house.workspace, session=session)


def form_of(page: str) -> dict[str, Any]:
    """Return the fields of the open item as a browser would send them."""
    inside = page[page.index('id="rs-fields"'):page.index("wrap rs-do")]
    found: dict[str, Any] = {}
    for tag, name in re.findall(r'(<(?:input|textarea|select)[^>]*name="(\w+)"[^>]*>)', inside):
        after = inside[inside.index(tag) + len(tag):]
        value = re.search(r'value="([^"]*)"', tag)
        if tag.startswith("<textarea"):
            told = after[:after.index("<")]
        elif tag.startswith("<select"):
            chosen = re.search(r'value="([^"]*)" selected', after[:after.index("</select>")])
            told = "" if chosen is None else chosen[1]
        else:
            told = "" if value is None else value[1]
        if name.startswith("batch_"):
            found.setdefault(name, []).append(told)
        elif name not in {"token", "do", "after"}:
            found[name] = told
    return found


def test_the_page_shows_every_item_its_ladder_its_target_and_the_sums(desk: Desk) -> None:
    page = desk.page()

    assert page.count("<tr id=") == 4
    assert re.search(r"<s>.*¥399.*</s>.*¥269.*券 ¥30.*<b>.*¥239", page, re.DOTALL)
    assert "49.8%" in page  # 239 to hand at a cost of 120
    assert "¥1.1万" in page  # both targets together
    assert page.count('class="rs-range"') == 2
    assert 'aria-label="上移：四件套"' in page


@pytest.mark.parametrize(("said", "told"), [
    ({"step": "up:b"}, "bacd"), ({"step": "down:b"}, "acbd"), ({"step": "up:a"}, "abcd"),
    ({"step": "down:d"}, "abcd"), ({"item": "d", "below": ""}, "dabc"),
    ({"item": "a", "below": "c"}, "bcad")])
def test_an_item_is_moved_by_a_button_by_keys_and_by_dragging(
        desk: Desk, said: dict[str, str], told: str) -> None:
    status, page = desk.press("move", **said)

    assert status == 200
    assert desk.order == told
    assert [*re.findall(r'<tr id="row-(\w)"', page)] == list(told)


def test_a_field_is_changed_and_stays_what_it_was_elsewhere(
        desk: Desk) -> None:
    before = desk.kept.sheet
    form = form_of(desk.page("?item=b"))

    status, page = desk.press("change", **{**form, "live_price": "259"})

    after = desk.kept
    assert status == 200
    assert after.edits == (Edit(do=Do.CHANGE, item_id="b", fields={
        "live_price": "259"}),)
    assert after.sheet.item("b").live_price == 25_900
    assert [one for one in after.sheet.items if one.id != "b"] == [
        one for one in before.items if one.id != "b"]
    assert 'id="rs-item"' in page


def test_what_cannot_be_read_is_said_and_what_was_typed_stays(
        desk: Desk) -> None:
    form = form_of(desk.page("?item=b"))

    status, page = desk.press("change",
                         **{**form, "seconds": "ten", "title": "还没存的标题"})

    assert status == 422
    assert "时长写的是“ten”" in page
    assert 'value="还没存的标题"' in page
    assert len(desk.workspace.run_sheets(desk.session)) == 1


def test_two_people_at_one_price_see_both_and_choose(
        desk: Desk) -> None:
    form = form_of(desk.page("?item=b"))
    desk.edit("b", live_price="249")

    status, page = desk.press("change", after=1, **{
        **form, "live_price": "259", "seconds": "16"})

    assert status == 409
    assert re.search(r"用对方的 <b>¥249</b>.*用我的 <b>¥259</b>.*原来 ¥269", page, re.DOTALL)
    assert desk.kept.version == 2
    mine = re.search(r'name="edits-1" value="(\[[^"]*)"', page)
    rest = re.search(r'name="edits" value="(\[[^"]*)"', page)
    assert mine is not None
    assert rest is not None
    quoted = {"edits-1": mine[1].replace("&#34;", '"'), "edits": rest[1].replace("&#34;", '"')}
    assert desk.press("edits", **quoted)[0] == 200
    chosen = desk.kept.sheet.item("b")
    assert (chosen.live_price, chosen.seconds) == (25_900, 960)


def test_an_item_is_added_copied_and_taken_out_and_each_can_be_undone(
        desk: Desk) -> None:
    _, added = desk.press("add", title="福袋", type="interaction", below="b")
    assert desk.order == "abitemcd"
    assert 'id="rs-item"' in added
    desk.press("copy", item="b")
    desk.press("remove", item="c")
    assert desk.order == "abb~2itemd"

    for _ in range(3):
        back = re.search(r'id="rs-undo" name="version" value="(\d+)"', desk.page())
        assert back is not None
        assert desk.press("restore", version=back[1])[0] == 200

    assert desk.order == "abcd"
    assert 'id="rs-undo"' not in desk.page()


def test_a_fault_is_mended_by_its_button(desk: Desk) -> None:
    desk.edit("b", sample_ready=False)
    page = desk.page()
    fix = next(one for one in re.findall(r'name="edits" value="([^"]*)"', page)
               if "sample_ready" in one)

    _, mended = desk.press("edits", edits=fix.replace("&#34;", '"'))

    assert "样品没到" in page
    assert "样品没到" not in mended
    assert desk.kept.sheet.item("b").sample_ready is True


def test_two_versions_are_compared(desk: Desk) -> None:
    desk.press("move", step="up:d")
    desk.edit("b", seconds=960)

    page = desk.page("?before=1&after=3")

    assert re.search(r"2 项不同.*\+1:00.*时长 <s>15</s> → 16", page, re.DOTALL)
    assert "3 → 4" in page or "4 → 3" in page
    assert desk.page("?before=1&after=99")


def test_without_a_script_every_press_leads_back_to_the_page(
        desk: Desk) -> None:
    answer = desk.client.post(desk.here, follow_redirects=False, data={
        "token": desk.token, "do": "move", "after": "1", "step": "up:b"})

    assert (answer.status_code, answer.headers["location"]) == (303, desk.here)
    assert desk.order[0] == "b"


@pytest.mark.parametrize("said", [
    {"do": "dance"}, {"do": "edits", "edits": "{"}, {"do": "edits", "edits": "[1]"},
    {"do": "restore", "version": "x"}, {"do": "restore", "version": "99"},
    {"do": "remove", "item": "gone"}, {"do": "move", "step": "up:gone"},
    {"do": "add", "title": "", "type": "product"}, {"do": "change", "item": "gone"}])
def test_a_press_that_means_nothing_is_refused_in_words(
        desk: Desk, said: dict[str, str]) -> None:
    status, page = desk.press(said.pop("do"), **said)

    assert status in {404, 409, 422}
    assert 'role="alert"' in page
    assert len(desk.workspace.run_sheets(desk.session)) == 1


def test_a_session_without_a_sheet_begins_with_an_empty_one(
        desk: Desk) -> None:
    start = desk.client.get("/runsheets/a%2Fb")
    begun = desk.client.post("/runsheets/a%2Fb", data={"token": desk.token, "do": "blank"})

    assert "这一场还没有节目单" in start.text
    assert begun.status_code == 200
    assert [one.title for one in desk.workspace.run_sheet("a/b").sheet.items] == [
        "开场", "收尾"]


def test_the_list_shows_every_sheet(desk: Desk) -> None:
    page = desk.client.get("/runsheets").text

    assert f'href="{desk.here}"' in page
    assert "第 1 版 · 4 项" in page


def test_the_page_speaks_english(desk: Desk) -> None:
    page = desk.client.get(f"{desk.here}?item=b", headers={"cookie": "; ".join(
        f"{name}={'en' if name == 'caopan_taste' else value}"
        for name, value in desk.client.cookies.items())}).text

    body = re.sub(r"<[^>]*>", " ", page[page.index("<main"):page.index("</main>")])
    assert "Line-up" in body
    assert set(re.findall(r"[\u4e00-\u9fff]+", body)) == {
        "开场", "四件套", "整点秒杀", "收尾", "不起球", "最柔软"}
