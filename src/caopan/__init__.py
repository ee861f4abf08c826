"""Caopan 操盘: the operator's system for live commerce."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caopan.workspace.workspace import Workspace

__all__ = ["Workspace"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load the public entry on first use, so that importing the package stays cheap."""
    if name == "Workspace":
        from caopan.workspace.workspace import Workspace  # noqa: PLC0415

        return Workspace
    raise AttributeError(name)
