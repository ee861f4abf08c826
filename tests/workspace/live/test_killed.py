"""A process that is killed while it takes events: what it acknowledged is there, once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from caopan import Workspace
from caopan.live.event import Batch, Enter
from caopan.workspace.live.desk import Desk

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
SIZE = 50
SENDING = """
import sys
from caopan.store.store import Store
from caopan.workspace.live.desk import Desk
from tests.workspace.live.test_killed import batch
desk = Desk(Store.open(sys.argv[1]))
for turn in range(int(sys.argv[3]), 10_000):
    desk.take(sys.argv[2], batch(turn)).result(60)
    print(turn, flush=True)
"""


def batch(turn: int) -> Batch:
    return Batch(events=[Enter(id=f"{turn}-{at}", at=AT, source="platform")
                         for at in range(SIZE)])


def killed(folder: Path, room: str, *, after: int, begin: int) -> int:
    """Let a process take batches, kill it in the midst; return the last that it acknowledged."""
    with subprocess.Popen([sys.executable, "-c", SENDING, str(folder), room, str(begin)],
                          stdout=subprocess.PIPE, text=True,
                          cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.kill()
        told = process.stdout.read().split()  # what was said before it died
    return int(told[-1]) if told else begin + after - 1


def test_what_was_acknowledged_is_there_once_after_every_kill(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    with Workspace.open(folder) as workspace:
        made = Desk(workspace.store)
        room = made.make(title="夜场", streamer_id="h", planned_start=AT, now=AT).room.id
        made.close()
    begin = 0
    for after in (1, 4):
        last = killed(folder, room, after=after, begin=begin)
        with Workspace.open(folder) as workspace:
            desk = Desk(workspace.store)
            kept = desk.room(room).tally.total("entries")
            again = [desk.take(room, batch(turn)).result(60) for turn in (last, last + 1)]
            desk.close()

        assert kept in {(last + 1) * SIZE, (last + 2) * SIZE}
        assert again[0].duplicates == SIZE
        assert again[1].accepted + again[1].duplicates == SIZE
        begin = last + 2
