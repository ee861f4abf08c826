"""The handover (交接): how a parent gives its listening socket to a child."""

from __future__ import annotations

import socket
import sys

GO, GO_WITH_TICKET = "go", "go-with-ticket"
REHEARSE = "--rehearse"
"""Among a child's arguments: begin a rehearsal on a synthetic workspace."""


def handed(listening: socket.socket, child: int) -> str:
    """Return a word by which the child process of an id finds the socket.

    Elsewhere than on Windows the child has inherited its descriptor.
    """
    if sys.platform == "win32":
        return listening.share(child).hex()
    return str(listening.fileno())


def taken(word: str) -> socket.socket:
    """Return the socket that a parent has handed over.

    >>> import os
    >>> with socket.socket() as given:
    ...     with taken(handed(given, os.getpid())) as same:
    ...         same.detach() == given.fileno()
    True
    """
    if sys.platform == "win32":
        return socket.fromshare(bytes.fromhex(word))
    return socket.socket(fileno=int(word))
