from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import edited_all
from caopan.workspace.lineup import LineUpResult
from caopan.workspace.sheet_proposal import proposal, ticked
from tests.workspace.test_lineup import PLANNED, PRODUCTS, plan
from tests.workspace.test_stocking import history


@pytest.fixture(scope="module")
def fruit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("proposal")
    with Workspace.open(folder / "w") as opened:
        opened.import_files([history(folder / "history")])
        opened.import_files([plan(folder / "plan")])
        yield opened


@pytest.fixture(scope="module")
def result(fruit: Workspace) -> LineUpResult:
    return fruit.line_up(session="n1")


def item(product: str, seconds: int) -> Item:
    return Item(id=f"own-{product}", type=ItemType.PRODUCT, title=product, product_id=product,
                seconds=seconds, min_seconds=60, points=("自己写的要点",))


OPEN = Item(id="open", type=ItemType.OPEN, title="开场", seconds=60)
CLOSE = Item(id="close", type=ItemType.CLOSE, title="收尾", seconds=60)
SHEET = RunSheet(items=(OPEN, item("草莓", 200), item("梨", 1500), CLOSE))


def test_each_change_stands_alone_and_all_lead_to_the_proposed_order(
        result: LineUpResult) -> None:
    found = proposal(SHEET, result)

    done = edited_all(SHEET, [one for change in found.changes for one in change.edits])

    assert {one.title for one in found.changes} <= {"草莓", "梨", "橙"}
    assert {one.product_id for one in done.items} == {"草莓", "梨", "橙", None}
    assert done.items[0] == OPEN
    assert done.items[-1] == CLOSE
    assert done.item("own-梨").points == ("自己写的要点",)
    assert done.item("own-梨").seconds != 1500
    for one in found.changes:
        assert edited_all(SHEET, one.edits).items != SHEET.items
    assert [one.gain for one in found.changes] == sorted(
        (one.gain for one in found.changes), reverse=True)


def test_products_that_the_sheet_lacks_can_each_be_added_alone(result: LineUpResult) -> None:
    bare = RunSheet(items=(OPEN, CLOSE))

    found = proposal(bare, result)

    assert {one.title for one in found.changes} == {"草莓", "梨", "橙"}
    for one in found.changes:
        assert [each.title for each in edited_all(bare, one.edits).items] == [
            "开场", one.title, "收尾"]


def test_the_proposed_sheet_itself_needs_no_change(result: LineUpResult) -> None:
    found = proposal(result.sheet, result)

    assert found.changes == ()
    assert found.gain.mid == 0.0


def test_a_gain_is_a_range_where_history_tells_every_product(result: LineUpResult) -> None:
    told = proposal(SHEET, result).document()

    assert (told["gain"] is None) == (result.basis.known < result.basis.n)
    assert told["unit"] == "profit"
    assert float(str(told["bound"])) >= float(str(told["value"]))


def test_what_loses_is_not_ticked(result: LineUpResult) -> None:
    changes = proposal(SHEET, result).changes

    assert [mark for mark, one in zip(ticked(changes), changes, strict=True)
            if one.gain < 0 and one.was_at is not None] == [
                False for one in changes if one.gain < 0 and one.was_at is not None]


def test_a_planned_session_begins_with_its_products_in_their_order(fruit: Workspace) -> None:
    sheet = fruit.planned_sheet("n1")

    assert [one.product_id for one in sheet.items] == sorted(["草莓", "梨", "橙"])
    assert {one.product_id: one.seconds for one in sheet.items} == {
        "草莓": 600, "梨": 300, "橙": 120}
    assert [one.session_id for one in fruit.planned_shows()] == ["n1"]
    assert fruit.planned_show("n1").minutes == 60
    assert fruit.planned_sheet("nobody").items == ()


def test_a_host_of_whom_nothing_is_known_gets_a_line_up_and_is_told_of(
        fruit: Workspace, tmp_path: Path) -> None:
    folder = plan(tmp_path / "plan")
    (folder / "planned_sessions.csv").write_text(
        PLANNED.replace("林晚", "没来过"), encoding="utf-8")

    found = fruit.line_up(plan=folder)

    assert {one.product_id for one in found.sheet.items} - {None} == {
        line.split(",")[1] for line in PRODUCTS.splitlines()[1:]}
    assert [one.message.key for one in found.issues] == ["stranger_host"]
