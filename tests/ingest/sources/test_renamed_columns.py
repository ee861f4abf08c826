"""A column the layout does not know stops the file and says what was expected and found."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from caopan.facts.issue import Issue, Level

RowsOf = Callable[..., tuple[str | None, dict[str, list[dict[str, Any]]], list[Issue]]]

SAMPLES = {
    "tiktok_livestreams": ("Direct GMV", "Own GMV"),
    "tiktok_live_ads": ("Net Cost", "Cost after rebates"),
    "tiktok_products": ("LIVE GMV", "LIVE revenue"),
    "tiktok_live_products": ("成交件数", "销量"),
    "tiktok_videos": ("VV", "Video views"),
    "douyin_sessions": ("直播间成交金额", "直播间GMV"),
    "thirdparty_sessions": ("Total_sales_amount", "Sales"),
    "thirdparty_products": ("Sales_volume", "Pieces"),
    "thirdparty_videos": ("Release_time", "Published"),
    "marketplace_orders": ("退款金额", "退款"),
}


def cells(path: Path) -> list[list[str]]:
    """Return every cell of a sample file as text."""
    if path.suffix == ".xlsx":
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        return [[str(cell) for cell in row] for row in sheet]
    encoding = "gb18030" if path.stem == "marketplace_orders" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.reader(stream))


def write(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


@pytest.mark.parametrize("name", SAMPLES)
def test_a_renamed_column_stops_the_file_with_a_diff(
    name: str, golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    known, renamed = SAMPLES[name]
    rows = cells(next(golden.glob(f"{name}.*")))
    changed = [[renamed if cell == known else cell for cell in row] for row in rows]
    assert changed != rows

    layout, tables, issues = rows_of(write(tmp_path / "export.csv", changed))

    assert (layout, tables) == (None, {})
    assert [issue.level for issue in issues] == [Level.ERROR]
    said = issues[0].message.say("en")
    assert re.search(re.escape(known), said, re.IGNORECASE)
    assert re.search(re.escape(renamed), said, re.IGNORECASE)
    assert known in issues[0].message.say("zh")


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"tiktok_livestreams"}))
def test_an_added_column_stops_the_file_and_is_named(
    name: str, golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    rows = cells(next(golden.glob(f"{name}.*")))
    width = max(map(len, rows))
    header = next(at for at, row in enumerate(rows)
                  if sum(bool(cell.strip()) for cell in row) == width)
    changed = [[*row, "Brand new" if at == header else "1"] for at, row in enumerate(rows)]

    layout, _, issues = rows_of(write(tmp_path / "export.csv", changed))

    assert layout is None
    assert "Brand new" in issues[0].message.say("en")


def test_an_extra_of_ones_own_is_kept_beside_a_platforms_columns(
    golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    rows = cells(golden / "thirdparty_videos.csv")
    changed = [[*row, "x_note" if at == 0 else "mine"] for at, row in enumerate(rows)]

    layout, tables, _ = rows_of(write(tmp_path / "export.csv", changed), year=2021)

    assert layout == "thirdparty.videos"
    assert {row["x_note"] for row in tables["videos"]} == {"mine"}
