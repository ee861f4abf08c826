"""A room as server-sent events (直播流): a snapshot, then what has changed, by revision."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from caopan.units.clock import now
from caopan.units.document import plain
from caopan.units.message import Language

if TYPE_CHECKING:
    from caopan.web.house import House

ALWAYS = ("rev", "server_epoch_ms")
"""What every patch carries, changed or not."""


async def streamed(house: House, room: str, language: Language, *,
                   seen: int | None) -> AsyncIterator[str]:
    """Yield a room's events: one that has seen the present revision gets no snapshot."""
    before: dict[str, Any] = {}
    if seen is not None and house.desk.room(room).rev == seen:
        before = house.desk.snapshot(room, now=now(), language=language)
    async with house.hub.seated(frozenset({f"room:{room}"}), language) as seat:
        yield "retry: 1000\n\n"
        while True:
            await seat.take()
            state = house.desk.snapshot(room, now=now(), language=language)
            told = patch(before, state) if before else {"snapshot": True, **state}
            before = state
            if told is not None:
                yield (f"id: {state['rev']}\n"
                       f"data: {json.dumps(told, ensure_ascii=False, default=plain)}\n\n")


def patch(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any] | None:
    """Return what has changed between two snapshots; None where nothing has.

    >>> patch({"rev": 1, "server_epoch_ms": 5, "status": "live"},
    ...       {"rev": 2, "server_epoch_ms": 9, "status": "paused"})
    {'rev': 2, 'server_epoch_ms': 9, 'status': 'paused'}
    """
    changed = {key: value for key, value in after.items()
               if key not in ALWAYS and key != "ages" and before.get(key) != value}
    if not changed and before.get("rev") == after.get("rev"):
        return None
    return {key: after[key] for key in (*ALWAYS, "ages") if key in after} | changed
