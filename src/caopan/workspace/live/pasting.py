"""A table pasted into a room (粘贴进房): looked at first, then taken; pasted again, taken once.

A minute's number is what that minute has come to: pasted again with more, only what is more is
told, so that a table may be pasted again and again as it grows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from caopan.ingest.feeds.increment import Marks, found, prefix, told
from caopan.ingest.feeds.reading import Reading
from caopan.ingest.pasting.table import Pasted, RowFault, read
from caopan.live import event as ev
from caopan.store.live_book import LiveBook
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Language, Message, Text
from caopan.workspace.live.accepted import Accepted
from caopan.workspace.live.desk import Desk

FEED = "paste"
AT_ONCE, PATIENCE, SHOWN = 5_000, 30.0, 50


@dataclass(slots=True, kw_only=True)
class Look:
    """What pasting would do: the events it makes, those of them that are known, the faults."""

    pasted: Pasted
    events: list[ev.Known] = field(default_factory=list)
    known: int = 0

    def document(self, language: Language) -> dict[str, object]:
        """Return it as JSON carries it; the first faults alone, and how many there are."""
        kinds = Counter(str(one.__struct_config__.tag) for one in self.events)
        return {"kind": self.pasted.kind.value, "rows": self.pasted.rows,
                "columns": [{"heading": heading, "field": name}
                            for heading, name in self.pasted.columns],
                "events": dict(sorted(kinds.items())), "known": self.known,
                "fault_count": len(self.pasted.faults),
                "faults": [{"row": one.row, "heading": one.heading,
                            **one.message.document(language)}
                           for one in self.pasted.faults[:SHOWN]]}


def looked(desk: Desk, room_id: str, text: str, *, now: datetime) -> Look:
    """Return what pasting a table into a room would do; nothing is changed.

    Raises:
        CaopanError: there is no such room, or it is no table that is known.
    """
    held = desk.room(room_id)
    begins = held.room.started_at or min(held.room.planned_start, held.now(now))
    look = Look(pasted=read(text, begins=begins, zone=BUSINESS_ZONE))
    with desk.store.ledger.reading() as connection:
        ids = LiveBook(connection).ids_from(held.number, f"{FEED}~")
    taken = set(ids)
    look.known = sum(one.id in taken for _, one in look.pasted.orders)
    look.events += [one for _, one in look.pasted.orders if one.id not in taken]
    by_minute: dict[str, list[str]] = {}
    for one in ids:
        by_minute.setdefault(one[:one.find("~", len(FEED) + 1) + 1], []).append(one)
    marks = {head: found(kept) for head, kept in by_minute.items()}
    for row, reading in look.pasted.readings:
        minute = str(round(reading.at.timestamp()) // 60)
        head = prefix(FEED, minute)
        made = told(reading, marks.get(head, {}), feed=FEED, live_id=minute, since=reading.at)
        new = [one for one in made.events if one.id not in taken]
        look.known += not new
        look.events += new
        if _less(reading, marks.get(head, {})):
            look.pasted.faults.append(RowFault(row=row, heading="", message=_fewer(row)))
        marks[head] = made.marks
    return look


def taken(desk: Desk, room_id: str, text: str, *, now: datetime) -> tuple[Look, Accepted]:
    """Take a pasted table into a room, but for the rows with a fault.

    Raises:
        CaopanError: as ``looked``; or the room is closed, or full.
    """
    look = looked(desk, room_id, text, now=now)
    total = Accepted(accepted=0, duplicates=look.known, rejected=(),
                     rev=desk.room(room_id).rev)
    for first in range(0, len(look.events), AT_ONCE):
        body = msgspec.json.encode(look.events[first:first + AT_ONCE])
        part = desk.take(room_id, ev.read(body)).result(PATIENCE)
        total = Accepted(accepted=total.accepted + part.accepted, rev=part.rev,
                         duplicates=total.duplicates + part.duplicates,
                         rejected=(*total.rejected, *part.rejected))
    return look, total


def _less(reading: Reading, before: Marks) -> bool:
    """Return whether a row says less than was pasted before."""
    said = {f"t/{kind}": count for (kind, _), count in reading.totals.items()}
    said |= {f"o/{one.product}": one.orders for one in reading.sold}
    return any(count < before.get(key, 0) for key, count in said.items())


def _fewer(row: int) -> Message:
    return Message(key="pasted_less", values={"row": row},
                   text=Text(zh="第 {row} 行比上次粘贴的少，少的部分没有扣",
                             en="row {row} says less than was pasted before; nothing was taken "
                                "back"),
                   hint=Text(zh="平台会回调数字；已经记下的不动",
                             en="a platform may correct its numbers; what was counted stays"))
