"""The log of experiments (实验记录): which session's spend was drawn, kept before it is live."""

from __future__ import annotations

from datetime import datetime

from caopan.store.store import Store

KIND = "experiment"


def keep(store: Store, drawn: dict[str, str], *, now: datetime) -> None:
    """Append the drawn rungs of sessions; a later entry about a session replaces an earlier.

    Args:
        store: the workspace's store.
        drawn: the rung (``x0``, ``x1``, ``x2``, or ``off`` to take it back) by session id.
        now: when it is written down.
    """
    store.put_document(KIND, {"drawn": drawn}, inputs_hash="", now=now)


def logged(store: Store) -> dict[str, str]:
    """Return the rung of every session in the log."""
    found: dict[str, str] = {}
    for document in store.documents(KIND):
        found |= document.body["drawn"]
    return found
