"""Open the workspace of a command, once, as late as possible."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from caopan.cli.options import Options

if TYPE_CHECKING:
    from caopan.workspace.workspace import Workspace


def options_of(context: typer.Context) -> Options:
    """Return the general options of a running command.

    Raises:
        TypeError: the command was called outside the application.
    """
    options = context.obj
    if not isinstance(options, Options):
        message = "a verb runs inside the application"
        raise TypeError(message)
    return options


@contextmanager
def workspace(options: Options) -> Iterator[Workspace]:
    """Open the workspace there is for the length of a ``with`` block.

    Raises:
        NoWorkspaceError: there is none; a verb that reads makes none.
    """
    from caopan.workspace.folder import ensure_there  # noqa: PLC0415 - as below

    ensure_there(options.workspace)
    with new_workspace(options) as opened:
        yield opened


@contextmanager
def new_workspace(options: Options) -> Iterator[Workspace]:
    """Open the workspace for the length of a ``with`` block; make it where there is none.

    ``$CAOPAN_DATABASE_URL`` names a PostgreSQL database for its ledger; a flag would show it to
    everyone who lists processes.

    The import stands inside: ``caopan --help`` must not load the numbers.
    """
    gc.disable()  # modules are no garbage: looking through them again and again costs a tenth
    try:
        from caopan.workspace.workspace import Workspace  # noqa: PLC0415
    finally:
        gc.enable()
    url = os.environ.get("CAOPAN_DATABASE_URL") or None
    with Workspace.open(options.workspace, url=url) as opened:
        yield opened
