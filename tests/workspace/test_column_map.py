from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from caopan import Workspace
from caopan.ingest.found import Found, on_disk
from caopan.ingest.mapping import from_dict
from caopan.workspace.column_map import (
    ColumnState,
    LackingError,
    UnansweredError,
    column_map,
    lacking,
    save,
)

TABLE = ("场观,开播时间,成交额,直播时长（分钟）,心情\n15318,2026-11-01 19:28,2.7,180,好\n").encode()


def shown(body: bytes = TABLE) -> Found:
    return Found(name="own.csv", size=len(body), open=lambda: io.BytesIO(body))


def test_each_column_says_what_it_is_and_only_the_doubtful_one_asks() -> None:
    found = column_map(shown(), table="sessions", name="own")

    assert [(column.header, column.to, column.state) for column in found.columns] == [
        ("场观", None, ColumnState.CHOOSE), ("开播时间", "started_at", ColumnState.AUTO),
        ("成交额", "gmv", ColumnState.AUTO),
        ("直播时长（分钟）", "duration_seconds", ColumnState.AUTO),
        ("心情", None, ColumnState.LEFT)]
    assert found.columns[3].handling == "minutes"
    assert found.columns[0].samples == ("15318",)


def test_what_a_person_chose_is_saved_with_its_handling(workspace: Workspace) -> None:
    found = column_map(shown(), table="sessions", name="own")

    made = save(workspace.store, found, name="我的表",
                to=["views", "started_at", "gmv", "duration_seconds", "x_"],
                handling=["", "", "10000", "minutes", ""])

    assert [(column.to, column.read, column.scale) for column in made.columns] == [
        ("views", None, 1.0), ("started_at", None, 1.0), ("gmv", None, 10_000.0),
        ("duration_seconds", "minutes", 1.0), ("x_心情", None, 1.0)]
    assert set(workspace.store.mappings()) == {"我的表"}


def test_an_open_question_is_not_saved(workspace: Workspace) -> None:
    found = column_map(shown(), table="sessions", name="own")

    with pytest.raises(UnansweredError) as refused:
        save(workspace.store, found, name="", to=["?", "started_at", "gmv", "", ""],
             handling=[""] * 5)

    assert refused.value.message.say("en") == "choose first what these are: 场观"
    assert workspace.store.mappings() == {}


def test_a_needed_column_must_be_filled(workspace: Workspace) -> None:
    found = column_map(shown(), table="sessions", name="own")

    with pytest.raises(LackingError):
        save(workspace.store, found, name="", to=["views", "", "gmv", "", ""], handling=[""] * 5)


@pytest.mark.parametrize(("table", "filled", "absent"), [
    ("orders", ["amount"], ("paid_at",)), ("orders", ["created_at"], ()),
    ("session_products", ["product_id"], ("session_id",))])
def test_what_a_table_needs(table: str, filled: list[str | None], absent: tuple[str, ...]) -> None:
    assert lacking(table, filled) == absent


RENAMED = [
    ("live_douyin_2021/Data_Livestream_General.csv.gz", "Start_time", "Start_at"),
    ("live_douyin_2021/Data_Sales.csv.gz", "Sales_volume", "Sales_volumes"),
    ("live_douyin_2021/Data_Short_Videos.csv.gz", None, None),
    ("cn_tmall_orders_2020/tmall_order_report.csv", "买家实际支付金额", "买家实付金额"),
    ("live_tiktok_units/sessions.xlsx", "Durasi_Jam", "Durasi (Jam)"),
]
"""Real files, and one of their columns under another name; None: the first that is required."""


def renamed(file: Path, header: str | None, new: str | None, folder: Path) -> Path:
    """Return a real file with one column under another name."""
    body = file.read_bytes()
    if file.suffix == ".xlsx":
        text = as_text(body)
    else:
        text = (gzip.decompress(body) if file.suffix == ".gz" else body).decode("utf-8-sig")
    line = next(line for line in text.splitlines() if line.strip(", "))
    old = header or next(name for name in line.split(",") if name.strip())
    copy = folder / "renamed.csv"
    copy.write_text(text.replace(old, new or f"{old}s", 1), encoding="utf-8")
    return copy


def as_text(body: bytes) -> str:
    """Return the first sheet of a workbook as a text table."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
    return "\n".join(",".join(map(str, row)) for row in sheet.iter_rows())


@pytest.mark.shared
@pytest.mark.parametrize(("name", "header", "new"), RENAMED)
def test_a_real_file_with_a_renamed_column_gives_what_the_layout_gives(
        workspace: Workspace, shared_data: Path, tmp_path: Path, name: str, header: str | None,
        new: str | None) -> None:
    original = shared_data / name
    file = renamed(original, header, new, tmp_path)
    shown = column_map(on_disk(file), table=None, name="新列名")

    save(workspace.store, shown, name="", to=[column.to or "" for column in shown.columns],
         handling=[column.handling for column in shown.columns])
    workspace.import_files([file], year=2021, account="店")
    again = workspace.import_files([original], year=2021, account="店")

    assert len(shown.open) == 1
    assert all((counts.added, counts.replaced) == (0, 0) for counts in again.tables.values())
    assert sum(counts.unchanged for counts in again.tables.values()) > 200


@pytest.mark.shared
def test_equal_rows_and_false_starts_of_a_renamed_table_count_as_the_layout_counts_them(
        workspace: Workspace, shared_data: Path, tmp_path: Path) -> None:
    file = renamed(shared_data / RENAMED[0][0], "Start_time", "Start_at", tmp_path)
    shown = column_map(on_disk(file), table=None, name="改名")

    save(workspace.store, shown, name="", to=[column.to or "" for column in shown.columns],
         handling=[""] * len(shown.columns))
    result = workspace.import_files([file], year=2021)

    assert result.tables["sessions"].added == 695
    assert {"equal_rows", "false_start"} & {issue.message.key for issue in result.issues}
    assert result.files[0].title.zh == "自定义：改名（按第三方直播场次表）"


def near_exchange() -> Found:
    body = (b"session_id,streamer_id,started_at,gmv,currency,gmv_before\n"
            b"s1,lin,2026-03-01T19:30:00+08:00,5.00,CNY,6.00\n")
    return Found(name="own.csv", size=len(body), open=lambda: io.BytesIO(body))


def test_a_map_of_a_renamed_column_says_which_layout_it_stands_on(workspace: Workspace) -> None:
    shown = column_map(near_exchange(), table=None, name="own")

    made = save(workspace.store, shown, name="",
                to=[column.to or "" for column in shown.columns], handling=[""] * 6)

    assert (shown.based_on, shown.table) == ("canonical.sessions", "sessions")
    assert [column.header for column in shown.open] == ["gmv_before"]
    assert made.based_on == "canonical.sessions"
    assert from_dict(workspace.store.mappings()["own"]) == made
    assert shown.called("gmv").en == "gmv (GMV (later refunds included))"


def test_who_names_the_table_maps_it_freely() -> None:
    shown = column_map(near_exchange(), table="orders", name="own")

    assert (shown.based_on, shown.table) == (None, "orders")


def test_a_renamed_column_that_nobody_chose_is_lacking_under_its_own_name(
        workspace: Workspace) -> None:
    body = b"session_id,streamer_id,started,gmv,currency\ns1,lin,2026-03-01,5.00,CNY\n"
    found = column_map(shown(body), table=None, name="own")

    with pytest.raises(LackingError) as refused:
        save(workspace.store, found, name="", to=["session_id", "streamer_id", "", "gmv",
                                                  "currency"], handling=[""] * 5)

    assert refused.value.message.say("zh") == "还缺必需的列：started_at（开播时刻）"
