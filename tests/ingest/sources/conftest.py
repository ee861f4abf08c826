"""What the tests of sources use: files through the reader, and shapes on typed rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from caopan.facts.issue import Issue
from caopan.facts.schema import TABLES, Kind
from caopan.ingest.context import Context
from caopan.ingest.options import Options
from caopan.ingest.problems import Problems
from caopan.units.money import Money

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
GOLDEN = Path(__file__).parent / "golden"

Tables = dict[str, list[dict[str, Any]]]
RowsOf = Callable[..., tuple[str | None, Tables, list[Issue]]]


@pytest.fixture(scope="session")
def golden() -> Path:
    """Return the folder of sample files."""
    return GOLDEN


@pytest.fixture(scope="session")
def rows_of() -> RowsOf:
    """Return the function that reads a file into (layout, rows by table, issues)."""
    return _rows_of


@pytest.fixture(scope="session")
def rows_table() -> Callable[..., pa.Table]:
    """Return the function that reads one canonical table of a file as Arrow rows."""
    return _rows_table


@pytest.fixture
def context() -> Callable[..., Context]:
    """Return the function that makes the context of one file."""
    return _context


def _context(
    *, platform: str = "tiktok", currency: str = "IDR", zone: str = "Asia/Jakarta",
    titles: Iterable[str] = (), headers: Sequence[str] = (), file: str = "export.xlsx",
    **choices: object,
) -> Context:
    return Context(
        layout=f"{platform}.test", platform=platform, file=file, sheet=None,
        titles=tuple(titles), headers=tuple(headers), options=options(**choices),
        currency=currency, zone=ZoneInfo(zone), problems=Problems(file=file))


def _rows_table(path: Path, table: str, **choices: object) -> pa.Table:
    from caopan.ingest.reading import read

    chunks = read(path, options=options(**choices)).chunks()
    return pa.concat_tables([chunk.rows for chunk in chunks if chunk.table == table])


def options(**choices: object) -> Options:
    """Return the options of a test: a fixed now and salt."""
    return Options(now=NOW, salt=b"salt", **choices)


def _rows_of(path: Path, **choices: object) -> tuple[str | None, Tables, list[Issue]]:
    """Return the layout's name, the rows by table (null cells left out), and the issues."""
    from caopan.ingest.reading import read

    reading = read(path, options=options(**choices))
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for chunk in reading.chunks():
        name = f"{chunk.table} (derived)" if chunk.derived else chunk.table
        tables[name] += [_plain(chunk.table, row) for row in chunk.rows.to_pylist()]
    return reading.layout, dict(tables), list(reading.issues)


def _plain(table: str, row: dict[str, Any]) -> dict[str, Any]:
    money = {column.name for column in TABLES[table].columns if column.kind is Kind.MONEY}
    result: dict[str, Any] = {}
    for name, value in row.items():
        if value is None:
            continue
        if name in money:
            result[name] = str(Money(minor=value).major())
        elif isinstance(value, datetime):
            result[name] = value.astimezone(UTC).isoformat()
        else:
            result[name] = value.isoformat() if isinstance(value, date) else value
    return result
