"""The server child (服务进程): the console itself, on a socket that its parent handed over.

It waits for ``go``. The first one is told at once and loads its screens while it answers; one that
stands by loads everything meanwhile, and takes over at once.
It ends when its parent does: the pipe between them closes, however the parent ends.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
from pathlib import Path
from threading import Thread, Timer

import uvicorn

from caopan.units.clock import now
from caopan.units.message import CaopanError
from caopan.web.ahead import load
from caopan.web.app import application
from caopan.web.handover import GO_WITH_TICKET, REHEARSE, taken
from caopan.web.house import House
from caopan.web.job import told
from caopan.web.live.wire import Wire
from caopan.web.logbook import keep_logbook
from caopan.workspace.synthetic import SYNTHETIC
from caopan.workspace.workspace import Workspace

GRACE_SECONDS = 3
STANDS_BY_AFTER = 0.3
"""A child that was not told to go for so many seconds stands by."""


def main(arguments: list[str]) -> int:
    """Stand by, then serve until the parent says or dies; return the exit code."""
    folder, *names = arguments
    rehearse = REHEARSE in names
    standing_by = Timer(STANDS_BY_AFTER, load)
    standing_by.daemon = True
    standing_by.start()
    order, _, word = sys.stdin.readline().strip().partition(" ")
    standing_by.cancel()
    if not order:
        return 0
    listening = taken(word)
    try:
        opened = Workspace.open(Path(folder), url=os.environ.get("CAOPAN_DATABASE_URL") or None)
        keep_logbook(Path(folder))
        house = House.of(opened)
        ticket = opened.new_ticket() if order == GO_WITH_TICKET else None
    except CaopanError as refused:
        _say({"refused": told(refused.message)})
        return 1
    server = server_of(house, hosts=frozenset(names) - {REHEARSE})
    Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    _say({"ready": {"ticket": ticket, "token": house.keys.owner}})
    house.ahead.begin(opened.revision())
    Thread(target=house.feeds.resume, daemon=True).start()
    if rehearse and order == GO_WITH_TICKET:  # not again where a child takes over from another
        Thread(target=_rehearse, args=(house,), daemon=True).start()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nobody reads the pipe any more
    for number in (signal.SIGTERM, signal.SIGINT):  # the server raises it again when it has ended
        signal.signal(number, lambda *_: setattr(server, "should_exit", True))
    server.run(sockets=[listening])
    house.leave()
    opened.close()
    # A job's thread cannot be stopped; an import is all or nothing, so it may be cut off.
    os._exit(0)


class Server(uvicorn.Server):
    """A server that ends quietly: what it cuts off at its own end is no fault."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let streams go that no page has closed, without a word."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets=sockets)


def server_of(house: House, *, hosts: frozenset[str]) -> Server:
    """Return the server of a house, not yet running."""
    return Server(uvicorn.Config(
        application(house, hosts=hosts), log_config=None, access_log=False,
        ws=Wire, ws_per_message_deflate=False,
        timeout_graceful_shutdown=GRACE_SECONDS))


def _rehearse(house: House) -> None:
    """Begin the rehearsal that a synthetic workspace shows first; nothing where it is real."""
    # a rehearsal brings the numbers with it, which the first page shall not wait for
    from caopan.workspace.live.rehearse import shown  # noqa: PLC0415 - see the line above

    if house.workspace.store.setting(SYNTHETIC):
        shown(house.desk, clock=now).begin_running()


def _end_with_parent(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


def _say(document: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
