from __future__ import annotations

import time
from pathlib import Path

import pytest

from caopan.store.engine import connect

MIDNIGHT = "SELECT CAST(TIMESTAMPTZ '2026-03-01 20:00:00+00' AS DATE)::VARCHAR"


def test_a_cursor_reads_the_days_of_its_connection_and_not_of_the_machine(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        connection = connect(spill=tmp_path, memory="100MB")
        with connection, connection.cursor() as cursor:
            told = [one.execute(MIDNIGHT).fetchone() for one in (connection, cursor)]
            kept = cursor.execute("SELECT current_setting('parquet_metadata_cache')").fetchone()
    finally:
        monkeypatch.undo()
        time.tzset()

    assert told == [("2026-03-01",), ("2026-03-01",)]
    assert kept == (True,)
