"""What connectors cost: finding the place after a restart, a turn, a pasted table, a long file.

``python -m bench connecting`` runs in one process on a new workspace; nothing leaves the machine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.row import Row, best, seconds
from caopan import Workspace
from caopan.ingest.feeds.increment import found, prefix, told
from caopan.ingest.feeds.reading import Gauge, Reading, Sold
from caopan.ingest.tailing.following import Following
from caopan.ingest.tailing.line import body_of
from caopan.live import event as ev
from caopan.live.event import Batch
from caopan.store.live_book import LiveBook
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.pasting import taken

START = datetime(2026, 11, 28, 12, tzinfo=UTC)
IDS, BATCH, PRODUCTS, ROWS, LINES = 1_000_000, 10_000, 100, 5_000, 200_000


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder)) as workspace:
        desk = Desk(workspace.store)
        try:
            yield _restart(desk)
            yield _turn()
            yield _paste(desk)
        finally:
            desk.close()
        yield _file(Path(folder))


def _room(desk: Desk) -> str:
    return desk.make(title="x", streamer_id="y", planned_start=START, now=START).room.id


def _restart(desk: Desk) -> Row:
    """Find how far ten totals were told among a million ids, a hundredth of them a connector's."""
    room, head = _room(desk), prefix("douyin", "7301")
    for first in range(0, IDS, BATCH):
        desk.take(room, Batch(events=[ev.Like(
            id=f"{head}t/like~{at}" if at % 100 == 0 else f"e{at}", at=1_764_240_000_000,
            source="platform") for at in range(first, first + BATCH)])).result(60)

    def look() -> dict[str, int]:
        with desk.store.ledger.reading() as connection:
            return found(LiveBook(connection).ids_from(desk.room(room).number, head))

    if look() != {"t/like": IDS - 100}:
        message = "the place was not found"
        raise ValueError(message)
    return Row(name="connector: its place among 1,000,000 ids of a room", ours=best(look),
               theirs=None, limit=3.0)


def _turn() -> Row:
    """Make the events of one reading of a hundred products, each with a new order."""
    sold = tuple(Sold(orders=2, minor=11_980, product=f"p{at}") for at in range(PRODUCTS))
    gauges = tuple(Gauge(kind="stock", value=9, product=f"p{at}") for at in range(PRODUCTS))
    marks = {f"{kind}/p{at}": value for at in range(PRODUCTS)
             for kind, value in (("o", 1), ("m", 5_990))}
    reading = Reading(at=START + timedelta(minutes=1), sold=sold, gauges=gauges)
    return Row(name="connector: a reading of 100 products becomes 200 events", unit="ms",
               ours=1000 * best(lambda: told(reading, marks, feed="douyin", live_id="7301",
                                             since=START), times=20), theirs=None, limit=20.0)


def _paste(desk: Desk) -> Row:
    room = _room(desk)
    text = "订单号\t支付时间\t商品ID\t金额\n" + "".join(
        f"o{at}\t2026-11-28 20:{at // 100:02}:{at % 60:02}\tp{at % 9}\t59.90\n"
        for at in range(ROWS))
    took = seconds(lambda: taken(desk, room, text, now=START))
    if desk.room(room).tally.total("orders") != ROWS:
        message = "not every order was taken"
        raise ValueError(message)
    return Row(name=f"paste: a table of {ROWS} orders looked at and taken", ours=took, theirs=None,
               limit=5.0)


def _file(folder: Path) -> Row:
    file = folder / "events.ndjson"
    file.write_text('{"kind":"like","at":1764240000000}\n' * LINES, encoding="utf-8")

    def follow() -> int:
        following, lines = Following(file), 0
        while (block := following.block()) is not None:
            lines += len(block.lines)
            body_of(block, source="observed")
        following.close()
        return lines

    return Row(name=f"tail: {LINES} lines of a file read and made ready", ours=best(follow),
               theirs=None, limit=10.0)
