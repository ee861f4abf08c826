"""A workspace that is damaged (工作区损坏): a file of its own is cut, overwritten or gone."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from caopan.units.message import CaopanError, Message, Text

READERS = frozenset({"duckdb", "_duckdb"})
"""The modules whose faults say that a file of facts does not read."""
UNSORTED = "Error"
"""The kind of fault DuckDB raises where the bytes inside a file of facts make no sense."""
GONE = "No files found"
FORBIDDEN = frozenset({sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})
"""What SQLite says where the system does not let it write or open the file."""


@contextmanager
def reading_ledger(place: str | None) -> Iterator[None]:
    """Say that the ledger is damaged, or may not be written, where it is so; other faults pass.

    >>> with reading_ledger("shop/ledger.sqlite"):
    ...     pass

    Raises:
        DamagedWorkspaceError: the ledger's file is not, or not wholly, a ledger.
        PermissionError: the system does not let the ledger's file be opened or written.
    """
    try:
        yield
    except DatabaseError as fault:
        if place and getattr(fault.orig, "sqlite_errorcode", 0) & 0xFF in FORBIDDEN:
            raise PermissionError(errno.EACCES, str(fault.orig), place) from fault
        if place is None or type(fault.orig) is not sqlite3.DatabaseError:
            raise  # a lock, a full disk or a server: the file itself is sound
        raise DamagedWorkspaceError(place, fault.orig) from fault


@contextmanager
def reading_facts(facts: Path) -> Iterator[None]:
    """Say in one sentence that a file of facts is damaged or gone; other faults pass.

    >>> with reading_facts(Path("shop/facts")):
    ...     pass

    Raises:
        DamagedWorkspaceError: a file of facts does not read.
    """
    try:
        yield
    except Exception as fault:
        if not _does_not_read(fault, facts):
            raise
        raise DamagedWorkspaceError(str(facts), fault) from fault


def _does_not_read(fault: Exception, facts: Path) -> bool:
    kind = type(fault)
    if kind.__module__ not in READERS:
        return False
    named = facts.name in str(fault)
    return kind.__name__ == UNSORTED or (
        named and (kind.__name__ == "InvalidInputException" or GONE in str(fault)))


class DamagedWorkspaceError(CaopanError):
    """Raised when a file of the workspace itself does not read; nothing is changed."""

    def __init__(self, place: str, fault: BaseException) -> None:
        """Name the file or folder and what was found there."""
        super().__init__(Message(
            key="damaged_workspace",
            values={"place": place, "detail": str(fault).partition("\n")[0][:300]},
            text=Text(zh="工作区自己的文件损坏了或不见了：{place}；什么都没有改动",
                      en="a file of the workspace itself is damaged or gone: {place}; nothing "
                         "was changed"),
            hint=Text(zh="从备份恢复整个工作区文件夹；没有备份就换一个空文件夹，"
                         "把当初的文件再导入一次（读到的是：{detail}）",
                      en="restore the whole workspace folder from a backup; without one, import "
                         "the original files again into an empty folder (what was read: "
                         "{detail})")))
