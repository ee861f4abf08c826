"""DuckDB connections: in memory, in UTC, with a ceiling and a place to spill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

IMPORT_MEMORY = "1GB"
"""What the comparison of an import may hold before it spills to disk."""
READ_MEMORY = "3GB"
"""What the analysis of one open workspace may hold before it spills to disk."""


def connect(*, spill: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection; close it.

    Nothing is ever downloaded: only what is built in is used. What is set holds for its cursors
    too: one that fell back on the machine's own time zone would tell other days.

    >>> connection = connect(spill=Path("spill"), memory="100MB")
    >>> connection.cursor().execute("SELECT current_setting('TimeZone')").fetchone()
    ('UTC',)
    >>> connection.close()
    """
    import duckdb

    connection = duckdb.connect(":memory:", config={
        "memory_limit": memory,
        "temp_directory": spill.as_posix(),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    })
    for option in ("TimeZone = 'UTC'", "parquet_metadata_cache = true"):
        connection.execute(f"SET GLOBAL {option}")
    return connection
