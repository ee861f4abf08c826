"""Server time of every page of the console, called in process; also ``python -m bench pages``.

python -m bench.pages FOLDER [--requests 40] [--warm]

Without ``--warm`` every request asks for another subject or session, so that nothing about it is
remembered yet; with it the same ones come again. Each page is called over ASGI with a session of
its own; ``first`` is the very first call, which reads what all later ones share, as the server
does ahead at its start. Wall and processor time in milliseconds: median, 95th percentile, worst.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from starlette.testclient import TestClient

from bench.row import Row
from caopan import Workspace
from caopan.units.clock import now
from caopan.web import session
from caopan.web.ahead import load
from caopan.web.app import application
from caopan.web.house import House
from caopan.workspace.grain import Grain

HOST = "http://127.0.0.1:8700"
FRAGMENT = {"hx-request": "true"}
MEDIAN_LIMIT, P95_LIMIT = 0.3, 1.0
FOLDER = "CAOPAN_BENCH_WORKSPACE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One kind of page and the addresses that are called."""

    name: str
    paths: list[str]
    fragment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Milliseconds a request, wall and processor."""

    wall: list[float]
    cpu: list[float]

    def line(self, name: str) -> str:
        rest = [sorted(told[1:] or told) for told in (self.wall, self.cpu)]
        figures = [f"{statistics.median(told):7.0f} {late(told):7.0f} {told[-1]:7.0f}"
                   for told in rest]
        return f"{name:26} {figures[0]}  {figures[1]}  {self.wall[0]:7.0f}"


def late(told: list[float]) -> float:
    """Return the 95th percentile of sorted figures."""
    return told[min(len(told) - 1, round(0.95 * (len(told) - 1)))]


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("folder")
    asked.add_argument("--requests", type=int, default=40)
    asked.add_argument("--warm", action="store_true")
    options = asked.parse_args()
    print(f"{'page':26} {'wall: median, p95, worst':>23}  {'cpu: median, p95, worst':>23}    first")
    for name, times in timed(options.folder, requests=options.requests, warm=options.warm):
        print(times.line(name), flush=True)


def rows() -> Iterator[Row]:
    """Yield the figures of the workspace that the environment names."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        print(f"set {FOLDER} to a workspace (caopan demo --size large)")
        return
    for name, times in timed(folder, requests=20, warm=False):
        told = sorted(times.wall[1:])
        yield Row(name=f"{name}, median", ours=statistics.median(told) / 1000, theirs=None,
                  limit=MEDIAN_LIMIT)
        yield Row(name=f"{name}, p95", ours=late(told) / 1000, theirs=None, limit=P95_LIMIT)


def timed(folder: str, *, requests: int, warm: bool) -> Iterator[tuple[str, Times]]:
    load()
    with Workspace.open(folder) as workspace:
        began = time.perf_counter()
        workspace.rooms.prepare()
        print(f"# prepared ahead in {time.perf_counter() - began:.1f} s", flush=True)
        house = House.of(workspace)
        client = TestClient(application(house), base_url=HOST)
        client.cookies.set(session.COOKIE, session.new_session(house.keys, now=now()))
        for page in pages(workspace, count=requests + 1, warm=warm):
            yield page.name, _times(client, page)
            house.figures.settle()  # what one kind of page left behind is not the next one's


def _times(client: TestClient, page: Page) -> Times:
    wall, cpu = [], []
    for path in page.paths:
        began, used = time.perf_counter(), time.process_time()
        answer = client.get(path, headers=FRAGMENT if page.fragment else {})
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    return Times(wall=wall, cpu=cpu)


def pages(workspace: Workspace, *, count: int, warm: bool) -> Iterator[Page]:
    """Yield every kind of page. Diagnoses are only asked for where they are kept."""
    for path in ("/", "/import", "/import/batches", "/import/batches/1", "/subjects",
                 "/subjects?grain=merchant", "/metrics", "/handbook", "/quality", "/settings",
                 "/palette?q=gmv"):
        yield Page(name=path, paths=[path] * count)
    words = [f"/subjects?grain=merchant&q={number}&sort=change" for number in range(count)]
    yield Page(name="/subjects search", paths=words)
    yield Page(name="a metric", paths=_spread(
        [f"/metrics/{one.id}" for one in workspace.metrics()], count=count, warm=warm))
    yield Page(name="coverage part", paths=["/quality/coverage"] * count, fragment=True)
    found = workspace.results()
    covered = found is not None and found.moment.covered
    if covered:
        for grain in Grain:
            yield Page(name=f"diagnoses {grain.value}",
                       paths=[f"/diagnose?grain={grain.value}"] * count)
    for grain in Grain:
        paths = [f"{grain.value}/{quote(name, safe='')}"
                 for name in _some(workspace, grain, count=count, warm=warm)]
        if not paths:
            continue
        yield Page(name=f"profile {grain.value}", paths=[f"/subjects/{path}" for path in paths])
        for panel in ("sessions", "followers", "refunds", "repurchase"):
            yield Page(name=f"  panel {panel}", fragment=True,
                       paths=[f"/subjects/{path}?panel={panel}" for path in paths])
        if covered:
            yield Page(name=f"diagnosis {grain.value}",
                       paths=[f"/diagnose/{path}" for path in paths])
    shows = workspace.store.tables()["sessions"]
    names = workspace.store.fetch(shows.select("session_id").order_by("session_id"))
    yield Page(name="session", paths=[f"/sessions/{quote(name, safe='')}" for name in _spread(
        names["session_id"].to_pylist(), count=count, warm=warm)])


def _some(workspace: Workspace, grain: Grain, *, count: int, warm: bool) -> list[str]:
    """Return subjects of every size, spread over the directory; one of them again and again."""
    known = workspace.rooms.everyone(grain).rows.select(["id", "sessions"]).to_pylist()
    return _spread(sorted(row["id"] for row in known if row["sessions"]), count=count, warm=warm)


def _spread(names: list[str], *, count: int, warm: bool) -> list[str]:
    if warm or not names:
        return names[:1] * count
    return names[::max(1, len(names) // count)][:count]


if __name__ == "__main__":
    main()
