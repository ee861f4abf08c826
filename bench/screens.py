"""A server whose one job tells its progress every second; ``bench.serving`` listens to it.

``python -m bench.screens FOLDER`` prints ``{"url", "token", "topic"}`` and serves until killed.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import count
from pathlib import Path

from caopan.units.message import Text
from caopan.web.address import LOOPBACK, listen
from caopan.web.child import server_of
from caopan.web.house import House
from caopan.workspace.progress import Progress
from caopan.workspace.workspace import Workspace

READING = Text(zh="读取文件", en="reading files")


def tick(progress: Progress) -> dict[str, object]:
    for done in count():
        progress(READING, done, 1_000_000)
        time.sleep(1)
    return {}


def main(folder: str) -> None:
    with Workspace.open(Path(folder)) as workspace, listen("127.0.0.1", 0) as listening:
        house = House.of(workspace)
        job = house.jobs.start("bench", tick, title=READING)
        print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}",
                          "token": house.keys.owner, "topic": f"job:{job.id}"}), flush=True)
        server_of(house, hosts=LOOPBACK).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
