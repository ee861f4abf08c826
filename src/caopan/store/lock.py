"""One import at a time: the lock that a killed process cannot keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
