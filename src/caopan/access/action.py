"""Actions (动作): what a person or a program may ask of a workspace."""

from __future__ import annotations

from enum import StrEnum

from caopan.units.message import Text


class Action(StrEnum):
    """What is asked; a page or a call names exactly one."""

    ENTER = "enter"
    """Come in: the only action that needs no session."""
    READ = "read"
    """See what the workspace knows."""
    IMPORT = "import"
    """Bring files in, take an import back."""
    EDIT_HANDBOOK = "edit_handbook"
    """Change the workspace's own pages of the handbook."""
    EXPORT = "export"
    """Take tables, pictures and reports out."""
    RUN = "run"
    """Run live rooms: make them, command them, feed them."""
    SET = "set"
    """Change settings of the workspace or of one's own screen."""

    @property
    def said(self) -> Text:
        """Return the action as people say it.

        >>> Action.EDIT_HANDBOOK.said.zh
        '改操盘手册'
        """
        return SAID[self]


SAID = {
    Action.ENTER: Text(zh="进门", en="come in"),
    Action.READ: Text(zh="查看数据", en="see the data"),
    Action.IMPORT: Text(zh="导入和撤销", en="import and undo"),
    Action.EDIT_HANDBOOK: Text(zh="改操盘手册", en="change the handbook"),
    Action.EXPORT: Text(zh="导出", en="export"),
    Action.RUN: Text(zh="操作直播间", en="run live rooms"),
    Action.SET: Text(zh="改设置", en="change settings"),
}
"""Every action in both languages."""
