from __future__ import annotations

import json
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.ingest.mapping import Mapped
from caopan.units.message import CaopanError
from caopan.workspace.mapping import corrected

OWN = "单号,下单人,什么时候付的,给了多少钱,电话\n1,甲,2026-03-01 19:40:00,¥1.2万,13800000000\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a table that nobody knows."""
    file = tmp_path / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    return file


CORRECTIONS = ("单号=order_id", "下单人=buyer_id", "什么时候付的=paid_at", "给了多少钱=amount")


def test_a_guess_shows_columns_reasons_and_cells(workspace: Workspace, own: Path) -> None:
    proposal = workspace.mapping(own, table="orders")

    lines = proposal.lines("zh")
    assert lines[0].endswith("→  orders")
    assert len(lines) == 6
    assert proposal.mapping is None
    assert {column.header: column.to for column in proposal.columns}["电话"] is None


def test_a_saved_mapping_is_recognised_from_then_on(workspace: Workspace, own: Path) -> None:
    assert workspace.import_files([own]).refused is not None

    workspace.mapping(own, table="orders", columns=CORRECTIONS, save="自家订单")
    result = workspace.import_files([own])

    assert [file.layout for file in result.files] == ["mapping.自家订单"]
    assert workspace.metric("gmv_orders").document("zh")["rows"][0]["value"] == "12000.00"


def test_a_mapping_file_serves_once(workspace: Workspace, own: Path, tmp_path: Path) -> None:
    proposal = workspace.mapping(own, table="orders", columns=CORRECTIONS)
    file = tmp_path / "mapping.json"
    file.write_text(json.dumps(proposal.document("zh")["mapping"], ensure_ascii=False), "utf-8")

    result = workspace.import_files([own], mapping=file)

    assert result.tables["orders"].added == 1


@pytest.mark.parametrize(("correction", "key"), [
    ("单号", "stray_correction"), ("没有这列=order_id", "stray_correction"),
    ("单号=order_number", "bad_mapping"),
])
def test_a_correction_that_fits_nothing_is_named(workspace: Workspace, own: Path,
                                                 correction: str, key: str) -> None:
    with pytest.raises(CaopanError) as refused:
        workspace.mapping(own, table="orders", columns=(correction,))

    assert refused.value.message.key == key


def test_a_column_is_filled_by_one_header_only() -> None:
    columns = (Mapped(header="a", to="order_id"), Mapped(header="b", to="amount"))

    assert [column.to for column in corrected(columns, ["b=order_id"])] == [None, "order_id"]
    assert [column.to for column in corrected(columns, ["a="])] == [None, "amount"]


def test_a_file_that_is_not_there_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(CaopanError) as refused:
        workspace.mapping(tmp_path / "gone.csv")

    assert refused.value.message.key == "no_such_file"
