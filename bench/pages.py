"""Server time of the pages of hosts, merchants and sessions, called in process.

python -m bench.pages FOLDER [--requests 40] [--warm]

Without ``--warm`` every request asks for another subject or session, so that nothing about it is
remembered yet; with it the same ones come again. Each page is called over ASGI with a session of
its own; the figures are wall time in milliseconds, median and 95th percentile.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from urllib.parse import quote

from starlette.testclient import TestClient

from caopan import Workspace
from caopan.units.clock import now
from caopan.web import session
from caopan.web.app import application
from caopan.web.house import House
from caopan.workspace.grain import Grain

HOST = "http://127.0.0.1:8700"
FRAGMENT = {"hx-request": "true"}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("folder")
    asked.add_argument("--requests", type=int, default=40)
    asked.add_argument("--warm", action="store_true")
    options = asked.parse_args()
    with Workspace.open(options.folder) as workspace:
        house = House.of(workspace)
        client = TestClient(application(house), base_url=HOST)
        client.cookies.set(session.COOKIE, session.new_session(house.keys, now=now()))
        print(f"{'page':32} {'median':>8} {'p95':>8}  first")
        for name, path, fragment in _pages(workspace, options):
            told = _timed(client, path, fragment=fragment)
            rest = sorted(told[1:] or told)
            worst = rest[min(len(rest) - 1, round(0.95 * len(rest)))]
            print(f"{name:32} {statistics.median(rest):8.0f} {worst:8.0f}  {told[0]:.0f}")


def _timed(client: TestClient, paths: list[str], *, fragment: bool) -> list[float]:
    """Return milliseconds a request; the first one may read what all share."""
    told = []
    for path in paths:
        began = time.perf_counter()
        answer = client.get(path, headers=FRAGMENT if fragment else {})
        told.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    return told


def _pages(workspace: Workspace,
           options: argparse.Namespace) -> Iterator[tuple[str, list[str], bool]]:
    count = options.requests + 1
    yield "/subjects", ["/subjects"] * count, False
    yield "/subjects merchants", ["/subjects?grain=merchant"] * count, False
    words = [f"/subjects?grain=merchant&q={number}&sort=change" for number in range(count)]
    yield "/subjects search", words, False
    for grain in (Grain.STREAMER, Grain.MERCHANT):
        paths = [f"/subjects/{grain.value}/{quote(name, safe='')}"
                 for name in _some(workspace, grain, options)]
        if not paths:
            continue
        yield f"profile {grain.value}", paths, False
        for panel in ("sessions", "followers", "refunds", "repurchase"):
            yield f"  panel {panel}", [f"{path}?panel={panel}" for path in paths], True
    shows = [f"/sessions/{quote(name, safe='')}" for name in _shows(workspace, options)]
    yield "session", shows, False


def _some(workspace: Workspace, grain: Grain, options: argparse.Namespace) -> list[str]:
    """Return subjects of every size, spread over the directory; one of them again and again."""
    rows = workspace.rooms.everyone(grain).rows
    known = [row["id"] for row in rows.select(["id", "sessions"]).to_pylist() if row["sessions"]]
    return _spread(sorted(known), options)


def _shows(workspace: Workspace, options: argparse.Namespace) -> list[str]:
    sessions = workspace.store.tables()["sessions"]
    return _spread(workspace.store.fetch(
        sessions.select("session_id").order_by("session_id"))["session_id"].to_pylist(), options)


def _spread(names: list[str], options: argparse.Namespace) -> list[str]:
    count = options.requests + 1
    if options.warm or not names:
        return names[:1] * count
    step = max(1, len(names) // count)
    return names[::step][:count]


if __name__ == "__main__":
    main()
