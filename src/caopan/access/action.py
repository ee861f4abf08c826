"""Actions (动作): what a person or a program may ask of a workspace."""

from __future__ import annotations

from enum import StrEnum


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
