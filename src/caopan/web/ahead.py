"""Ahead (预热): what the first pages would wait for is loaded and worked out before they come."""

from __future__ import annotations

import gc
import logging
from threading import Lock, Thread

from caopan.units.message import CaopanError
from caopan.workspace.workspace import Workspace

LOG = logging.getLogger("caopan.web")


def load() -> None:
    """Import every screen and the API, what a room on air needs first; quick when done again.

    What is loaded stays: the collector, which would stop everything for a third of a second to
    look at it, is told to leave it be.
    """
    from caopan.web.api import room_app  # noqa: PLC0415, I001 - this is what loads it, in this order
    from caopan.web.api import app  # noqa: PLC0415 - as above
    from caopan.web.console.screens import every  # noqa: PLC0415 - as above

    del room_app, app
    every()
    if not gc.get_freeze_count():
        gc.freeze()


class Ahead:
    """The work ahead of one workspace's pages, once a revision, in a thread of its own.

    Args:
        workspace: the workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Begin nothing yet."""
        self._workspace = workspace
        self._revision: int | None = None
        self._turn = Lock()
        self._leaving = False

    def begin(self, revision: int) -> Thread | None:
        """Begin the work for a revision and return its thread; None where it was begun before."""
        with self._turn:
            if revision == self._revision:
                return None
            self._revision = revision
        thread = Thread(target=self._work, name="ahead", daemon=True)
        thread.start()
        return thread

    def follow(self, revision: int) -> None:
        """Begin anew where the revision has moved on; nothing where nothing was ever begun.

        A house that only answers calls, as in tests, begins nothing by itself.
        """
        if self._revision is not None:
            self.begin(revision)

    def leave(self) -> None:
        """Say nothing more: the process is about to end, and with it what is being read."""
        self._leaving = True

    def _work(self) -> None:
        try:
            load()
            self._workspace.rooms.prepare()
        except CaopanError as refused:
            LOG.info("nothing was worked out ahead: %s", refused.message.say("en"))
        except Exception:
            if not self._leaving:
                LOG.exception("working out ahead failed; pages do it themselves")
