"""A shelf (结果架): one result a subject, kept whole, found at once, ranked and searched."""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from caopan.store.workspace_folder import sync

FILE = "everyone.sqlite"
_MAKE = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    place INTEGER PRIMARY KEY, grain TEXT NOT NULL, id TEXT NOT NULL, currency TEXT NOT NULL,
    name TEXT NOT NULL, way TEXT NOT NULL, stake INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE TABLE content (place INTEGER PRIMARY KEY, card TEXT NOT NULL, body BLOB NOT NULL);
"""
_FINISH = """
CREATE INDEX entry_id ON entry (grain, id);
CREATE INDEX entry_rank ON entry (grain, currency, stake DESC, size DESC, id);
CREATE INDEX entry_way ON entry (grain, currency, way, stake DESC, size DESC, id);
"""
_WHERE = """FROM entry WHERE grain = :grain AND currency = :currency
    AND (:way = '' OR way = :way)
    AND (:text = '' OR instr(lower(name), :text) > 0 OR instr(lower(id), :text) > 0)"""
_COUNT = f"SELECT count(*) {_WHERE}"
_PAGE = f"""SELECT entry.id, entry.currency, entry.name, entry.way, entry.stake, content.card
    FROM (SELECT * {_WHERE} ORDER BY stake DESC, size DESC, id LIMIT :most OFFSET :skip) AS entry
    JOIN content USING (place) ORDER BY entry.stake DESC, entry.size DESC, entry.id"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One subject's result as it is put on the shelf.

    ``way`` is what the list may be narrowed by, ``stake`` and then ``size`` what it is ranked by;
    ``card`` is what a list shows (JSON), ``body`` the whole result.
    """

    grain: str
    id: str
    currency: str
    name: str
    way: str
    stake: int
    size: int
    card: Mapping[str, Any]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One subject in a list."""

    grain: str
    id: str
    currency: str
    name: str
    way: str
    stake: int
    card: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which subjects are listed: those of a grain and a currency, narrowed by way and text."""

    grain: str
    currency: str
    way: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The finished shelf of one state of the facts; it never changes.

    >>> import tempfile
    >>> where = Path(tempfile.mkdtemp()) / "made"
    >>> with filling(where) as fill:
    ...     fill.put(Entry(grain="merchant", id="m1", currency="CNY", name="果园", way="loss",
    ...                    stake=5, size=9, card={"n": 1}, body=b"whole"))
    ...     fill.say({"until": "2026-11-21"})
    >>> shelf = Shelf.at(where)
    >>> shelf.find("merchant", "m1"), shelf.about()["until"]
    ({'CNY': b'whole'}, '2026-11-21')
    """

    file: Path

    @classmethod
    def at(cls, folder: Path) -> Self | None:
        """Return the shelf of a folder; None where none was finished."""
        file = folder / FILE
        return cls(file=file) if file.is_file() else None

    def about(self) -> dict[str, Any]:
        """Return what is said of the whole shelf."""
        with self._open() as open_:
            return {name: json.loads(value)
                    for name, value in open_.execute("SELECT name, value FROM about")}

    def find(self, grain: str, id_: str) -> dict[str, bytes]:
        """Return a subject's results by currency, the one of most money first; empty for nobody."""
        query = ("SELECT currency, body FROM entry JOIN content USING (place) "
                 "WHERE grain = ? AND id = ? ORDER BY size DESC, currency")
        with self._open() as open_:
            return dict(open_.execute(query, (grain, id_)))

    def count(self, wanted: Wanted) -> int:
        """Return how many subjects a list holds."""
        with self._open() as open_:
            return int(open_.execute(_COUNT, _named(wanted)).fetchone()[0])

    def ways(self, grain: str, currency: str) -> dict[str, int]:
        """Return how many subjects went which way."""
        query = "SELECT way, count(*) FROM entry WHERE grain = ? AND currency = ? GROUP BY way"
        with self._open() as open_:
            return dict(open_.execute(query, (grain, currency)))

    def listed(self, wanted: Wanted, *, most: int, skip: int = 0) -> tuple[Listed, ...]:
        """Return a part of a list, most at stake first."""
        with self._open() as open_:
            rows = open_.execute(_PAGE, {**_named(wanted), "most": most, "skip": skip})
            return tuple(Listed(grain=wanted.grain, id=id_, currency=currency, name=name, way=way,
                                stake=stake, card=json.loads(card))
                         for id_, currency, name, way, stake, card in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # immutable: no lock is taken and none is looked for; the file is only ever replaced whole
        where = f"{self.file.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(where, uri=True)) as opened:
            yield opened


@dataclass(slots=True, kw_only=True)
class Fill:
    """A shelf being filled; nobody sees it before it is finished."""

    connection: sqlite3.Connection
    _places: int = 0

    def put(self, entry: Entry) -> None:
        """Add one subject's result."""
        self._places += 1
        self.connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self._places, entry.grain, entry.id, entry.currency, entry.name, entry.way,
             entry.stake, entry.size))
        self.connection.execute(
            "INSERT INTO content VALUES (?, ?, ?)",
            (self._places, json.dumps(dict(entry.card), ensure_ascii=False), entry.body))

    def say(self, about: Mapping[str, Any]) -> None:
        """Say something of the whole shelf."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO about VALUES (?, ?)",
            [(name, json.dumps(value, ensure_ascii=False)) for name, value in about.items()])


@contextmanager
def filling(folder: Path) -> Iterator[Fill]:
    """Fill the shelf of a folder: it is there, whole, at the end of the block, or never."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{FILE}.{secrets.token_hex(4)}"
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.executescript(_MAKE)
            connection.execute("BEGIN")
            yield Fill(connection=connection)
            connection.execute("COMMIT")
            connection.executescript(_FINISH)
        sync(partial)
        partial.replace(folder / FILE)
        sync(folder)
    finally:
        partial.unlink(missing_ok=True)


def clear(root: Path, *, keep: frozenset[str]) -> tuple[str, ...]:
    """Remove the folders under a root but those to keep, and return the names of the removed.

    >>> clear(Path("nowhere"), keep=frozenset())
    ()
    """
    if not root.is_dir():
        return ()
    old = sorted(path for path in root.iterdir() if path.is_dir() and path.name not in keep)
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return tuple(path.name for path in old)


def _named(wanted: Wanted) -> dict[str, str]:
    return {"grain": wanted.grain, "currency": wanted.currency, "way": wanted.way,
            "text": wanted.text.lower()}
