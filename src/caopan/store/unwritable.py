"""What keeps an import from being written: a full disk, a folder without rights, no memory."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy.exc import OperationalError

from caopan.units.message import CaopanError, Message, Text

MEMORY = Text(zh="内存不够了", en="memory ran out")
OTHER = Text(zh="写不进工作区", en="the workspace could not be written")
FULL = Text(zh="磁盘满了", en="the disk is full")
WORDS = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL,
    errno.EFBIG: Text(zh="文件超过了系统允许的大小",
                      en="a file grew beyond what the system allows"),
    errno.EACCES: Text(zh="没有写权限", en="writing is not allowed"),
    errno.EROFS: Text(zh="工作区只读", en="the workspace is read-only"),
}
OUT_OF_MEMORY = (MemoryError, pa.ArrowMemoryError, duckdb.OutOfMemoryException)


@contextmanager
def writing_to(root: Path) -> Iterator[None]:
    """Say in one sentence why the workspace cannot be written, where it cannot.

    >>> with writing_to(Path("shop")):
    ...     raise OSError(errno.ENOSPC, "no space left")
    Traceback (most recent call last):
    ...
    caopan.store.unwritable.UnwritableError: the disk is full; this import was taken back ...

    Raises:
        UnwritableError: the disk is full, memory ran out, or the system forbids it.
    """
    try:
        yield
    except (OSError, MemoryError, duckdb.IOException, duckdb.OutOfMemoryException,
            OperationalError) as fault:
        raise UnwritableError(root, fault) from fault


def _why(fault: Exception) -> Text:
    if isinstance(fault, OUT_OF_MEMORY):
        return MEMORY
    if isinstance(fault, OSError):
        return WORDS.get(fault.errno or 0, OTHER)
    said = str(fault).casefold()
    return FULL if "no space left" in said or "disk is full" in said else OTHER


class UnwritableError(CaopanError):
    """Raised when an import cannot be written; nothing of it is kept."""

    def __init__(self, root: Path, fault: Exception) -> None:
        """Name the folder and what the system said."""
        why = _why(fault)
        super().__init__(Message(
            key="store_unwritable",
            values={"why_zh": why.zh, "why_en": why.en, "folder": str(root),
                    "detail": str(fault).splitlines()[0][:200] if str(fault) else ""},
            text=Text(zh="{why_zh}，这次导入已全部撤回，什么都没写进去：{folder}",
                      en="{why_en}; this import was taken back whole, and nothing of it was "
                         "written: {folder}"),
            hint=Text(zh="腾出空间或换一个工作区，再导入一次同样的文件（系统说：{detail}）",
                      en="make room or use another workspace, and import the same files again "
                         "(the system said: {detail})")))
