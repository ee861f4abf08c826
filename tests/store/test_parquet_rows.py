"""Stored files in the stated types, whatever columns each of them has."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from caopan.store.parquet_rows import parquet_rows

TYPES = {"n": "BIGINT", "day": "DATE"}


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """Return a DuckDB of the test's own."""
    return duckdb.connect()


def write(connection: duckdb.DuckDBPyConnection, path: Path, sql: str) -> Path:
    """Write the rows of a SELECT as Parquet."""
    connection.execute(f"COPY ({sql}) TO '{path.as_posix()}' (FORMAT parquet)")
    return path


def test_a_column_that_one_file_lacks_is_null_there(
        connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    files = [write(connection, tmp_path / "a.parquet", "SELECT 1::BIGINT AS n"),
             write(connection, tmp_path / "b.parquet", "SELECT DATE '2026-03-01' AS day, 2 AS n")]

    found = connection.execute(parquet_rows(connection, files, types=TYPES) + " ORDER BY n")

    assert [(n, str(day)) for n, day in found.fetchall()] == [(1, "None"), (2, "2026-03-01")]


def test_a_narrower_type_of_an_older_file_is_cast_and_a_strange_column_left_out(
        connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = write(connection, tmp_path / "a.parquet", "SELECT 3::SMALLINT AS n, 'x' AS strange")

    sql = parquet_rows(connection, [file], types=TYPES)

    assert connection.sql(sql).types == ["BIGINT", "DATE"]


def test_the_planner_knows_how_many_rows_there_are(
        connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = write(connection, tmp_path / "a.parquet", "SELECT range AS n FROM range(5000)")

    plan = connection.execute(
        f"EXPLAIN {parquet_rows(connection, [file], types=TYPES)}").fetchall()[0][1]

    assert "5,000 rows" in plan


def test_a_file_that_does_not_open_is_left_to_whoever_reads_it(
        connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    broken = tmp_path / "a.parquet"
    broken.write_bytes(b"PAR1 and no more")

    sql = parquet_rows(connection, [broken], types=TYPES)
    connection.execute(f"CREATE VIEW held AS {sql}")

    with pytest.raises(duckdb.Error):
        connection.execute("SELECT * FROM held")
