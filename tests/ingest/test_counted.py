"""How much of a file is read is known while it is read, whatever its form."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from caopan.ingest.found import walk
from caopan.ingest.layout import Layout
from caopan.ingest.options import Options
from caopan.ingest.reading import read

ROWS = 400_000
LINE = "a{at},小美,2026-03-01 19:30,{at}\n"


@pytest.fixture(scope="module")
def text() -> str:
    """Return a table of some twenty megabytes."""
    return "场次ID,主播,开播时间,成交金额\n" + "".join(
        LINE.format(at=at) for at in range(ROWS))


def shares(folder: Path, layout: Layout, now: datetime) -> list[float]:
    """Return the share that is read with each stretch of the one file in a folder."""
    [found], _ = walk([folder])
    reading = read(found, options=Options(now=now, salt=b""), layouts=[layout])
    told = [chunk.share for chunk in reading.chunks()]
    assert reading.skipped is None
    return told


@pytest.mark.parametrize("write", [
    lambda text: ("a.csv", text.encode()),
    lambda text: ("a.csv", text.encode("gb18030")),
    lambda text: ("a.csv", text.encode("utf-16")),
    lambda text: ("a.csv.gz", gzip.compress(text.encode(), 1)),
    lambda text: ("a.zip", zipped(text)),
], ids=["utf-8", "gb18030", "utf-16", "gzip", "zip"])
def test_a_text_table_moves_on_within_the_file(
        text: str, write: Callable[[str], tuple[str, bytes]], tmp_path: Path, shows: Layout,
        now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caopan.ingest.delimited._STRETCH", 2**19)
    monkeypatch.setattr("caopan.ingest.decode.BLOCK", 2**19)
    monkeypatch.setattr("caopan.ingest.gb18030.BLOCK", 2**19)
    name, body = write(text)
    (tmp_path / name).write_bytes(body)

    told = shares(tmp_path, shows, now)

    assert len(told) >= 3
    assert told == sorted(told)
    assert 0.0 < told[0] < 0.8
    assert 0.9 <= told[-1] <= 1.0


def test_a_parquet_file_moves_on_by_its_rows(tmp_path: Path, shows: Layout, now: datetime) -> None:
    parquet.write_table(pa.table({
        "场次ID": [f"a{at}" for at in range(250_000)], "主播": ["小美"] * 250_000,
        "开播时间": ["2026-03-01 19:30"] * 250_000, "成交金额": ["1"] * 250_000,
    }), tmp_path / "a.parquet")

    assert shares(tmp_path, shows, now) == pytest.approx([0.4, 0.8, 1.0])


def test_a_workbook_moves_on_by_the_rows_of_its_sheets(
        reading: Callable[..., Any], workbook: Callable[..., bytes], tmp_path: Path,
        shows: Layout, now: datetime) -> None:
    rows = [["场次ID", "主播", "开播时间", "成交金额"],
            *([f"a{at}", "小美", "2026-03-01 19:30", 1] for at in range(30_000))]
    (tmp_path / "a.xlsx").write_bytes(workbook(一=rows, 二=rows))

    told = shares(tmp_path, shows, now)

    assert told == pytest.approx([1 / 3, 0.5, 5 / 6, 1.0], abs=0.01)


def zipped(text: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", text)
    return body.getvalue()
