"""What serving costs: many screens, a death, a start.

``python -m bench serving`` starts a real server in processes of its own; loopback only.
A start counts once the modules are compiled, as an installed program has them: where the
environment forbids Python to write them, every start would compile them all anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from websockets.asyncio.client import ClientConnection, connect

from bench.row import Row

SCREENS, SECONDS, ROUNDS = 200, 10, 3
SHARE_LIMIT, RECOVERY_LIMIT, START_LIMIT = 2.0, 3.0, 1.5
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """A running server."""

    process: subprocess.Popen[str]
    url: str
    token: str

    def children(self) -> list[int]:
        """Return the children, the serving one first."""
        number = self.process.pid
        listed = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
        return [int(word) for word in listed.split()]

    def get(self, path: str) -> str:
        """Ask as the owner's program."""
        asking = Request(self.url + path, headers=self.headers)  # noqa: S310 - our own server
        with urlopen(asking, timeout=300) as answer:  # noqa: S310 - as above
            return str(answer.read().decode())

    def end(self) -> None:
        """Stop serving."""
        self.process.terminate()
        self.process.wait()

    @property
    def headers(self) -> dict[str, str]:
        """Return what the owner's program carries."""
        return {"authorization": f"Bearer {self.token}"}


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        _answering(Path(folder)).end()
        starts, efforts = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            console = _answering(Path(folder))
            starts.append(time.perf_counter() - start)
            efforts.append(sum(map(used, (console.process.pid, console.children()[0]))))
            if len(starts) < ROUNDS:
                console.end()
        try:
            yield Row(name="serve: start to first answer", ours=min(starts), theirs=None,
                      limit=START_LIMIT)
            yield Row(name="serve: processor time of both until then", ours=min(efforts),
                      theirs=None, limit=START_LIMIT)
            yield Row(name="serve: kill -9 to the next answer", ours=_recovered(console),
                      theirs=None, limit=RECOVERY_LIMIT)
        finally:
            console.end()
        share, messages = _screens(Path(folder))
        yield Row(name=f"serve: {SCREENS} screens, {messages:.2f} updates/s each, of a core",
                  ours=share, theirs=None, limit=SHARE_LIMIT, unit="%")


def _answering(folder: Path) -> Console:
    """Return a console that has answered once."""
    console = started(folder)
    console.get("/health")
    return console


def started(folder: Path) -> Console:
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "caopan", "--workspace", str(folder / "room"), "--json", "serve",
         "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=_compiling(folder))
    told = json.loads(process.stdout.readline()) if process.stdout else {}
    return Console(process=process, url=told["url"].partition("/enter")[0], token=told["token"])


def _compiling(folder: Path) -> dict[str, str]:
    """Return an environment in which compiled modules are kept, beside the workspace."""
    kept = {name: word for name, word in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def settled(console: Console) -> None:
    """Wait until the child that stands by is loaded and asleep."""
    while len(console.children()) < 2:
        time.sleep(0.1)
    before = -1.0
    while used(console.children()[1]) != before:
        before = used(console.children()[1])
        time.sleep(2)


def _screens(folder: Path) -> tuple[float, float]:
    """Return the share of a core, in percent, and the messages a screen and second."""
    server = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "bench.screens", str(folder / "screens")], stdout=subprocess.PIPE,
        text=True)
    told = json.loads(server.stdout.readline()) if server.stdout else {}
    try:
        return asyncio.run(_shared(told, server.pid))
    finally:
        server.kill()
        server.wait()


async def _shared(told: dict[str, str], server: int) -> tuple[float, float]:
    address = f"{told['url'].replace('http', 'ws')}/live/ws?topics=workspace,{told['topic']}"
    heard = [0]
    sockets = [await connect(address, compression=None, proxy=None, additional_headers={
        "authorization": f"Bearer {told['token']}"}) for _ in range(SCREENS)]
    readers = [asyncio.create_task(_read(socket, heard)) for socket in sockets]
    await asyncio.sleep(2)
    shares, messages = [], []
    for _ in range(ROUNDS):
        begin, clock, before = used(server), time.perf_counter(), heard[0]
        await asyncio.sleep(SECONDS)
        passed = time.perf_counter() - clock
        shares.append((used(server) - begin) / passed * 100)
        messages.append((heard[0] - before) / SCREENS / passed)
    for reader in readers:
        reader.cancel()
    return min(shares), min(messages)


async def _read(socket: ClientConnection, heard: list[int]) -> None:
    async for _ in socket:
        heard[0] += 1


def used(number: int) -> float:
    """Return the processor seconds a process has used."""
    told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICK


def _recovered(console: Console) -> float:
    """Kill the serving child and return the seconds until the console answers again."""
    settled(console)
    os.kill(console.children()[0], signal.SIGKILL)
    start = time.perf_counter()
    console.get("/health")
    return time.perf_counter() - start
