from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caopan import Workspace
from caopan.plan.item import Item, ItemType, LineClass, StockBatch, Target
from caopan.plan.run_sheet import RunSheet
from caopan.units.interval import Interval
from caopan.units.message import CaopanError
from caopan.workspace import sheet_book

FULL = Item(
    id="a", type=ItemType.FLASH, title="=1+1", seconds=600, line_class=LineClass.HERO,
    product_id="001", min_seconds=300, anchor=datetime(2026, 11, 28, 13, tzinfo=UTC),
    daily_price=7990, live_price=5990, final_price=4990, coupon=1000, unit_cost=3001,
    stock_batches=(StockBatch(quantity=30), StockBatch(quantity=20, when="在线≥500", locked=True)),
    target=Target(gmv=Interval(low=100000, mid=200000, high=300000, level=0.8),
                  units=Interval(low=1.5, mid=2, high=3, level=0.9)),
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
