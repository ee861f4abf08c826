"""A folder that cannot be used, and why."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from caopan.store.workspace_folder import WorkspaceFolder
from caopan.units.message import CaopanError, Message, Text

REASONS = {
    errno.EEXIST: Text(zh="那里已有一个文件", en="a file stands there"),
    errno.ENOTDIR: Text(zh="那是文件，不是文件夹", en="it is a file, not a folder"),
    errno.EACCES: Text(zh="没有写权限", en="writing is not allowed"),
    errno.EPERM: Text(zh="没有写权限", en="writing is not allowed"),
    errno.EROFS: Text(zh="那里只读", en="the place is read-only"),
    errno.ENOSPC: Text(zh="磁盘满了", en="the disk is full"),
    errno.EDQUOT: Text(zh="空间配额用完了", en="the quota of space is used up"),
    errno.ENAMETOOLONG: Text(zh="名字太长", en="the name is too long"),
}
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
ROOM = Text(zh="腾出空间，再做一次", en="make room and do it again")
OTHER_FOLDER = Text(zh="换一个能写的文件夹", en="use a folder that can be written")
OTHER = Text(zh="系统不让写", en="the system does not allow it")


def ensure_there(folder: Path) -> None:
    """Refuse a folder without a workspace: who only reads must not make one by a slip.

    Raises:
        NoWorkspaceError: there is none.
    """
    is_unusable = folder.exists() and not folder.is_dir()  # opening it says why
    if not is_unusable and not WorkspaceFolder(root=folder).is_there:
        raise NoWorkspaceError(folder)


class NoWorkspaceError(CaopanError):
    """Raised when there is no workspace to read; it names those one folder below."""

    def __init__(self, folder: Path) -> None:
        """Name the folder and what may have been meant."""
        below = _workspaces_below(folder)
        super().__init__(Message(
            key="no_workspace",
            text=Text(zh="{folder} 里没有工作区", en="there is no workspace in {folder}"),
            values={"folder": str(folder), "below": ", ".join(map(str, below))},
            hint=BELOW if below else NONE_YET))


def _workspaces_below(folder: Path) -> list[Path]:
    with suppress(OSError):  # none there, or nothing that may be read
        return [one for one in sorted(folder.iterdir()) if WorkspaceFolder(root=one).is_there]
    return []


class UnusableFolderError(CaopanError):
    """Raised when a folder cannot be made or written."""

    def __init__(self, folder: Path, fault: OSError) -> None:
        """Name the folder and the reason."""
        reason = REASONS.get(fault.errno or 0, OTHER)
        super().__init__(Message(
            key="unusable_folder",
            text=Text(zh="文件夹 {folder} 用不了：{reason_zh}",
                      en="the folder {folder} cannot be used: {reason_en}"),
            values={"folder": str(folder), "reason_zh": reason.zh, "reason_en": reason.en},
            hint=ROOM if fault.errno in FULL else OTHER_FOLDER))
BELOW = Text(zh="下面有：{below}；用 --workspace 指明是哪一个",
             en="below it there are: {below}; name one with --workspace")
NONE_YET = Text(
    zh="检查 --workspace（或 CAOPAN_WORKSPACE）写对没有；"
       "要新建：caopan import 文件，或 caopan demo",
    en="check --workspace (or CAOPAN_WORKSPACE); to make one: caopan import FILES, or caopan demo")
