from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caopan import Workspace
from caopan.plan.item import Item, ItemType, LineClass, StockBatch, Target
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import Do, Edit
from caopan.units.interval import Interval
from caopan.units.message import CaopanError
from caopan.workspace import sheet_book
from caopan.workspace.run_sheets import before

FULL = Item(
    id="a", type=ItemType.FLASH, title="=1+1", seconds=600, line_class=LineClass.HERO,
    product_id="001", min_seconds=300, anchor=datetime(2026, 11, 28, 13, tzinfo=UTC),
    daily_price=7990, live_price=5990, final_price=4990, coupon=1000, unit_cost=3001,
    stock_batches=(StockBatch(quantity=30), StockBatch(quantity=20, when="在线≥500", locked=True)),
    target=Target(gmv=Interval(low=100000, mid=200000, high=300000, level=0.8),
                  units=Interval(low=1.5, mid=2.1234567890123457, high=3, level=0.9)),
    points=("甜", "@SUM(A1)"), banned_words=("最\n佳",), conditions=("[样品]",), sample_ready=False,
    fallback_id="b", optional=True)
SHEET = RunSheet(items=(FULL, Item(id="b", type=ItemType.CLOSE, title="收尾", seconds=60)),
                 currency="IDR")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("sheets") / "w") as opened:
        yield opened


def test_a_workbook_comes_back_without_loss_and_holds_no_formula(tmp_path: Path) -> None:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(sheet_book.workbook(SHEET, session_id="s1"))

    assert sheet_book.opened(file) == (SHEET, "s1")
    cells = [cell for row in openpyxl.load_workbook(file)["节目单"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1,
                max_size=12)
MONEY = st.none() | st.integers(0, 10**9)


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(
    Item, id=st.uuids().map(str), type=st.sampled_from(ItemType), title=WORDS,
    seconds=st.integers(0, 86_400), product_id=st.none() | WORDS, live_price=MONEY,
    coupon=MONEY, points=st.lists(WORDS, max_size=3).map(tuple),
    stock_batches=st.lists(st.builds(StockBatch, quantity=st.integers(0, 999),
                                     when=st.none() | WORDS), max_size=2).map(tuple)),
    max_size=3, unique_by=lambda one: one.id))
def test_any_run_sheet_comes_back_without_loss(tmp_path: Path, items: list[Item]) -> None:
    file, sheet = tmp_path / "any.xlsx", RunSheet(items=tuple(items))
    file.write_bytes(sheet_book.workbook(sheet, session_id="s"))

    assert sheet_book.opened(file)[0] == sheet


def test_every_fault_of_a_workbook_is_named_by_its_row(tmp_path: Path) -> None:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(sheet_book.workbook(SHEET, session_id="s1"))
    book = openpyxl.load_workbook(file)
    page = book["节目单"]
    heads = {str(cell.value).split()[-1]: cell.column for cell in page[1]}
    page.cell(2, heads["seconds"]).value = "ten"
    page.cell(2, heads["live_price"]).value = -5
    page.cell(3, heads["type"]).value = "dance"
    book.save(file)

    with pytest.raises(CaopanError) as refused:
        sheet_book.opened(file)

    assert [(one.row, one.column) for one in refused.value.issues] == [  # type: ignore[attr-defined]
        (2, "seconds"), (2, "live_price"), (3, "type")]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("hello")

    with pytest.raises(CaopanError):
        sheet_book.opened(tmp_path / "x.xlsx")


def test_versions_are_kept_and_told_apart(room: Workspace, tmp_path: Path) -> None:
    first = room.keep_run_sheet("s1", SHEET)
    again = room.keep_run_sheet("s1", SHEET)
    second = room.keep_run_sheet("s1", SHEET.without("b").changed("a", lambda one: Item(
        id="a", type=one.type, title="新", seconds=900)), after=1)

    assert (first.version, again.version, second.version) == (1, 1, 2)
    found = room.run_sheet_difference("s1", before=1, after=2)
    assert [(one.item_id, one.is_at) for one in found.items] == [("a", 0), ("b", None)]
    with pytest.raises(CaopanError) as refused:
        room.keep_run_sheet("s1", SHEET, after=1)
    assert refused.value.message.key == "sheet_changed"
    file = tmp_path / "out.xlsx"
    assert room.export_run_sheet(file, session="s1", version=1).version == 1
    assert room.import_run_sheet(file, session="s2").sheet.items == SHEET.items
    assert [one.version for one in room.run_sheets("s1")] == [1, 2]


def test_a_run_sheet_that_was_never_kept_is_said(room: Workspace) -> None:
    with pytest.raises(CaopanError) as refused:
        room.run_sheet("nobody")

    assert "plan lineup --keep" in str(refused.value.message.advise("en"))


def test_an_unchanged_workbook_keeps_no_other_version(room: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "same.xlsx"
    room.keep_run_sheet("same", SHEET)
    room.export_run_sheet(file, session="same")

    assert room.look_at_run_sheet(file).edits == ()
    assert room.import_run_sheet(file).version == 1
    assert len(room.run_sheets("same")) == 1


def test_a_workbook_changes_what_it_changes_and_leaves_what_others_kept(
        room: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    room.keep_run_sheet("both", SHEET)
    room.export_run_sheet(file, session="both")
    book = openpyxl.load_workbook(file)
    heads = {str(cell.value).split()[-1]: cell.column for cell in book["节目单"][1]}
    book["节目单"].cell(3, heads["seconds"]).value = 120
    book.save(file)
    room.edit_run_sheet("both", [Edit(do=Do.CHANGE, item_id="a", fields={"title": "新"})])

    looked = room.look_at_run_sheet(file)
    found = room.import_run_sheet(file)

    assert (looked.base, [one.item_id for one in looked.difference.items]) == (1, ["b"])
    assert [(one.title, one.seconds) for one in found.sheet.items] == [("新", 600), ("收尾", 120)]
    room.edit_run_sheet("both", [Edit(do=Do.CHANGE, item_id="b", fields={"seconds": 30})])
    with pytest.raises(CaopanError) as refused:
        room.import_run_sheet(file)
    assert refused.value.message.key == "sheet_clash"


def change(seconds: int) -> Edit:
    return Edit(do=Do.CHANGE, item_id="b", fields={"seconds": seconds})


def test_every_edit_is_kept_and_can_be_taken_back_one_by_one(room: Workspace) -> None:
    room.keep_run_sheet("undo", SHEET)
    for seconds in (70, 80):
        room.edit_run_sheet("undo", [change(seconds)])

    def undone() -> int:
        versions = room.run_sheets("undo")
        back = before(versions)
        assert back is not None
        return room.restore_run_sheet("undo", back, after=versions[-1].version
                                      ).sheet.item("b").seconds

    assert [undone(), undone()] == [70, 60]
    assert before(room.run_sheets("undo")) is None
    assert room.edit_run_sheet("undo", [change(99)]).edits == (change(99),)
    assert undone() == 60
    assert [one.version for one in room.run_sheets("undo")] == [1, 2, 3, 4, 5, 6, 7]


def test_an_undo_of_what_another_kept_meanwhile_is_refused(room: Workspace) -> None:
    room.keep_run_sheet("race", SHEET)
    room.edit_run_sheet("race", [change(70)])

    with pytest.raises(CaopanError) as refused:
        room.restore_run_sheet("race", 1, after=1)

    assert refused.value.message.key == "sheet_changed"


def test_edits_at_the_same_moment_are_all_kept(room: Workspace) -> None:
    items = tuple(Item(id=f"i{at}", type=ItemType.QA, title="问", seconds=60) for at in range(8))
    room.keep_run_sheet("crowd", RunSheet(items=items))

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda at: room.edit_run_sheet("crowd", [Edit(
            do=Do.CHANGE, item_id=f"i{at}", fields={"seconds": 100 + at})], after=1), range(8)))

    versions = room.run_sheets("crowd")
    assert [one.version for one in versions] == list(range(1, 10))
    assert [one.seconds for one in versions[-1].sheet.items] == list(range(100, 108))
