"""What the tests of the reader use: files made in the test, read through the front door."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from caopan.ingest.found import Found
from caopan.ingest.layout import Field, Layout
from caopan.ingest.options import Options
from caopan.ingest.reading import Reading, read
from caopan.units.message import Text

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

SHOWS = Layout(
    name="test.shows", platform="test", title=Text(zh="场次", en="shows"), table="sessions",
    fields=(Field(header="场次ID", to="session_id"), Field(header="主播", to="streamer_id"),
            Field(header="开播时间", to="started_at"), Field(header="成交金额", to="gmv"),
            Field(header="观看人数", to="viewers", required=False),
            Field(header="退款金额", to="refund_amount", required=False),
            Field(header="备注", to=None, required=False)))
"""A small layout of sessions."""


@pytest.fixture(scope="session")
def shows() -> Layout:
    """Return a small layout of sessions."""
    return SHOWS


@pytest.fixture(scope="session")
def now() -> datetime:
    """Return the moment the tests take for the present."""
    return NOW


@pytest.fixture(scope="session")
def held() -> Callable[..., Found]:
    """Return the function that makes a file of some bytes."""
    return _held


@pytest.fixture(scope="session")
def reading() -> Callable[..., tuple[dict[str, list[dict[str, Any]]], Reading]]:
    """Return the function that reads bytes, text or a path: (rows by table, the reading)."""
    return _reading


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """Return the function that makes a workbook of sheets (name to rows)."""
    return _workbook


def _held(body: bytes, name: str = "file") -> Found:
    return Found(name=name, size=len(body), open=lambda: io.BytesIO(body))


def _reading(content: bytes | str | Path, *, layouts: Sequence[Layout] | None = (SHOWS,),
             name: str = "shows.csv",
             **choices: object) -> tuple[dict[str, list[dict[str, Any]]], Reading]:
    body = content.encode() if isinstance(content, str) else content
    options = Options(**{"now": NOW, "salt": b"salt", **choices})  # type: ignore[arg-type]
    file = body if isinstance(body, Path) else _held(body, name)
    found = read(file, options=options, layouts=layouts)
    rows = defaultdict(list)
    for chunk in found.chunks():
        rows[chunk.table] += chunk.rows.to_pylist()
    return dict(rows), found


def _workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm",
                                      "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return buffer.getvalue()
