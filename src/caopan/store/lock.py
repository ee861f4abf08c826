"""One import at a time, one console: the locks that a killed process cannot keep."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from filelock import FileLock, Timeout

from caopan.store.workspace_folder import WorkspaceFolder
from caopan.units.message import CaopanError, Message, Text

WAIT_SECONDS = 10.0
"""How long a second writer waits for the first before it is refused."""


@contextmanager
def holding(folder: WorkspaceFolder, *, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the workspace's write lock; readers never ask for it.

    The lock is the operating system's: it ends with the process, however that ends.

    >>> import tempfile; from pathlib import Path
    >>> folder = WorkspaceFolder(root=Path(tempfile.mkdtemp()))
    >>> with holding(folder):
    ...     with holding(folder, wait_seconds=0):
    ...         pass
    Traceback (most recent call last):
    ...
    caopan.store.lock.WorkspaceBusyError: another import has been writing to this workspace ...

    Raises:
        WorkspaceBusyError: another writer still holds it after ``wait_seconds``.
    """
    lock = FileLock(folder.lock, fallback_to_soft=False)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise WorkspaceBusyError(folder, wait_seconds) from None
    try:
        yield
    finally:
        lock.release()


class WorkspaceBusyError(CaopanError):
    """Raised when another process is writing to the workspace."""

    def __init__(self, folder: WorkspaceFolder, waited: float) -> None:
        """Name the folder and how long was waited."""
        super().__init__(Message(
            key="workspace_busy",
            text=Text(zh="另一个导入正在写入这个工作区（已等 {seconds:g} 秒）：{folder}",
                      en="another import has been writing to this workspace for the {seconds:g} s "
                         "waited: {folder}"),
            values={"seconds": waited, "folder": str(folder.root)},
            hint=Text(zh="等它结束后再试；查看数据不受影响",
                      en="try again when it has finished; reading goes on meanwhile"),
        ))


@contextmanager
def holding_live(folder: WorkspaceFolder) -> Iterator[None]:
    """Hold the workspace's live rooms: their sums are in one process's memory.

    >>> import tempfile; from pathlib import Path
    >>> folder = WorkspaceFolder(root=Path(tempfile.mkdtemp()))
    >>> with holding_live(folder):
    ...     with holding_live(folder):
    ...         pass
    Traceback (most recent call last):
    ...
    caopan.store.lock.LiveElsewhereError: another process runs the live rooms of ...

    Raises:
        LiveElsewhereError: another process holds them.
    """
    lock = FileLock(folder.live_lock, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LiveElsewhereError(folder) from None
    try:
        yield
    finally:
        lock.release()


class LiveElsewhereError(CaopanError):
    """Raised when another process runs the live rooms of the workspace."""

    def __init__(self, folder: WorkspaceFolder) -> None:
        """Name the folder."""
        super().__init__(Message(
            key="live_elsewhere", values={"folder": str(folder.root)},
            text=Text(zh="另一个进程正在跑这个工作区的直播间：{folder}",
                      en="another process runs the live rooms of this workspace: {folder}"),
            hint=Text(zh="用已经打开的那个操盘台", en="use the console that is already open")))


@contextmanager
def holding_house(folder: WorkspaceFolder) -> Iterator[Callable[[str], None]]:
    """Hold the workspace for one console; what is yielded says where it is, for others to name.

    Two consoles would begin the same work twice and end each other's one-time links.

    >>> import tempfile; from pathlib import Path
    >>> folder = WorkspaceFolder(root=Path(tempfile.mkdtemp()))
    >>> with holding_house(folder) as say_where:
    ...     say_where("http://127.0.0.1:8700")
    ...     with holding_house(folder):
    ...         pass
    Traceback (most recent call last):
    ...
    caopan.store.lock.ServedElsewhereError: ...: http://127.0.0.1:8700 (process ...)

    Raises:
        ServedElsewhereError: another process serves it.
        OSError: the folder cannot be made or written.
    """
    lock = FileLock(folder.house_lock, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ServedElsewhereError(folder) from None
    try:
        yield partial(_say_where, folder)
    finally:
        with suppress(OSError):  # it says nothing while nobody holds the lock
            folder.house.unlink(missing_ok=True)
        lock.release()


class ServedElsewhereError(CaopanError):
    """Raised when another console serves the workspace already."""

    def __init__(self, folder: WorkspaceFolder) -> None:
        """Name the folder, the other console's address and its process."""
        url, process = _told(folder)
        super().__init__(Message(
            key="served_elsewhere",
            values={"folder": str(folder.root), "url": url, "process": process},
            text=Text(zh="这个工作区（{folder}）已经有一个操盘台在开着：{url}（进程 {process}）",
                      en="a console serves this workspace ({folder}) already: {url} "
                         "(process {process})"),
            hint=Text(zh="用那一个；要换成这一个，先在那边按 Ctrl+C 停掉",
                      en="use that one; to have this one instead, end it there first (Ctrl+C)")))


def _say_where(folder: WorkspaceFolder, url: str) -> None:
    folder.house.write_text(json.dumps({"url": url, "process": os.getpid()}) + "\n",
                            encoding="utf-8")


def _told(folder: WorkspaceFolder) -> tuple[str, str]:
    """Return the address and the process that a console wrote down; "?" where it is not read."""
    try:
        told = json.loads(folder.house.read_text(encoding="utf-8"))
        return str(told["url"]), str(told["process"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?", "?"
