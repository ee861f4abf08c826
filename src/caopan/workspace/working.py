"""Records of long work (任务): what was begun, and how it ended, beyond the process that did it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from caopan.store.store import Store

KIND = "job"


def keep(store: Store, name: str, body: Mapping[str, Any], *, now: datetime) -> None:
    """Append how a piece of work stands, under its name."""
    store.put_document(KIND, body, inputs_hash=name, now=now)


def kept(store: Store, name: str) -> Mapping[str, Any] | None:
    """Return how a piece of work stood when it was last written down."""
    found = store.latest_document(KIND, inputs_hash=name)
    return found.body if found else None


def revision(store: Store) -> int:
    """Return how many times an import or an undo has changed what counts.

    It grows by one with each, whichever process did it, and never goes back.
    """
    return store.revision()
