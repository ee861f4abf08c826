"""What a live room takes: events a second, durable and summed before they are answered.

``python -m bench living`` starts a real server and sends batches from a process of its own on the
same two cores. About one batch in a hundred is sent twice; the sums are checked at the end. Then
the server is killed in mid-load, time and again, and what was acknowledged must be there, once.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from bench.row import Row
from bench.serving import Console, settled, started, used

ROOMS, BATCH, SECONDS = 50, 1_000, 8.0
RATES = (10_000, 50_000, 100_000)
P99_LIMIT, BACK_LIMIT = 0.025, 3.0
P99_RATIO, PROCESSOR_RATIO = 1.5, 1.5
"""Beside the one by hand, which does a part of what the product does."""
KILLS = 20


def rows() -> Iterator[Row]:
    for rate in RATES:
        ours, theirs = _ours(rate), _theirs(rate)
        for who, told in (("ours", ours), ("by hand", theirs)):
            print(f"      {rate} events/s asked, {who}: {told['rate']:.0f}/s acknowledged, p50 "
                  f"{told['p50'] * 1e3:.1f} ms, p99 {told['p99'] * 1e3:.1f} ms, "
                  f"{told['processor']:.1f} µs of processor an event, "
                  f"{told['refused']} batches told to come again, sums "
                  f"{'as sent' if told['right'] else 'WRONG'}", flush=True)
            if not told["right"]:
                message = f"sums differ from what was acknowledged: {told}"
                raise ValueError(message)
        yield Row(name=f"live: p99 of an answer at {rate} events/s", ours=ours["p99"],
                  theirs=None, limit=P99_LIMIT)
        yield Row(name="live: the same beside the one by hand", ours=ours["p99"],
                  theirs=theirs["p99"], limit=P99_RATIO)
        yield Row(name=f"live: processor an event at {rate} events/s", unit="µs",
                  ours=ours["processor"], theirs=theirs["processor"], limit=PROCESSOR_RATIO)
        yield Row(name=f"live: events/s asked for each acknowledged, at {rate}",
                  ours=rate / ours["rate"], theirs=rate / theirs["rate"], limit=1.3, unit="×")
    with tempfile.TemporaryDirectory() as folder:
        lost, twice, back = killed(Path(folder), times=KILLS)
        yield Row(name=f"live: events lost or doubled by {KILLS} kills in mid-load",
                  ours=float(lost + twice), theirs=None, limit=0.0, unit="events")
        yield Row(name="live: kill -9 to the next acknowledged batch, the longest", ours=back,
                  theirs=None, limit=BACK_LIMIT)
    with tempfile.TemporaryDirectory() as folder:
        took, moved = restarted(Path(folder))
        yield Row(name="live: start of the server to a room's answer in mid-show", ours=took,
                  theirs=None, limit=BACK_LIMIT)
        yield Row(name="live: what its timer is off by after that", ours=moved, theirs=None,
                  limit=0.05)


def _ours(rate: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        console = started(Path(folder))
        try:
            console.get("/api/rooms")
            settled(console)
            return _load(console, rate, console.children()[0])
        finally:
            console.end()


def _theirs(rate: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "bench.hand_living", folder], stdout=subprocess.PIPE, text=True)
        told = json.loads(process.stdout.readline()) if process.stdout else {}
        console = Console(process=process, url=told["url"], token=told["token"])
        try:
            return _load(console, rate, process.pid)
        finally:
            console.end()


def _load(console: Console, rate: int, number: int) -> dict[str, float]:
    """Return what a generator in a process of its own saw, and what the server's process used."""
    before = used(number)
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bench.living", console.url, console.token, str(rate)],
        check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told | {"processor": (used(number) - before) / told["sent"] * 1e6}


def restarted(folder: Path) -> tuple[float, float]:
    """End the server in mid-show and start it anew.

    Returns the seconds until a room answers, and how far its timer then is from where it should
    be.
    """
    console = started(folder)
    room = _make(console, 1, {"items": [{"id": "a", "type": "open", "title": "a",
                                         "seconds": 3600}]})[0]
    _ask(console, f"/api/rooms/{room}/start", b"")
    began = _snapshot(console, room)
    console.end()
    start = time.perf_counter()
    console = started(folder)
    try:
        after = _snapshot(console, room)
        took = time.perf_counter() - start
    finally:
        console.end()
    passed = (after["server_epoch_ms"] - began["server_epoch_ms"]) / 1000
    elapsed = after["now"]["elapsed_seconds"] - began["now"]["elapsed_seconds"]
    return took, abs(elapsed - passed)


def _snapshot(console: Console, room: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(console.get(f"/api/rooms/{room}"))
    return found


def killed(folder: Path, *, times: int) -> tuple[int, int, float]:
    """Kill the server time and again under load.

    Returns how many events were lost and doubled, and the longest time without an answer.
    """
    rng = np.random.default_rng(7)
    console = started(folder)
    try:
        console.get("/api/rooms")
        room = _make(console, 1)[0]
        sent = acknowledged = 0
        longest = 0.0
        for _ in range(times):
            ends = time.perf_counter() + rng.uniform(0.2, 0.8)
            os.kill(console.children()[0], 0)
            struck = False
            while True:
                if not struck and time.perf_counter() > ends:
                    os.kill(console.children()[0], signal.SIGKILL)
                    struck = True
                body = _batch(room, sent, 200)
                asked = time.perf_counter()
                acknowledged += _until_taken(console, room, body)
                longest = max(longest, time.perf_counter() - asked)
                sent += 200
                if struck:
                    break
        total = json.loads(console.get(f"/api/rooms/{room}"))["totals"]["entries"]
    finally:
        console.end()
    return max(acknowledged - total, 0), max(total - sent, 0), longest


def _until_taken(console: Console, room: str, body: bytes) -> int:
    """Send a batch until it is acknowledged; return how many events it holds."""
    for _ in range(400):
        try:
            status, answer = _post(console, room, body)
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
            continue
        if status == 200:
            return int(answer["accepted"]) + int(answer["duplicates"])
        time.sleep(0.02)
    message = "the server did not come back"
    raise ValueError(message)


def _post(console: Console, room: str, body: bytes) -> tuple[int, dict[str, int]]:
    return _ask(console, f"/api/rooms/{room}/events", body)


def _ask(console: Console, path: str, body: bytes) -> tuple[int, dict[str, int]]:
    address = urlsplit(console.url)
    line = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        line.request("POST", path, body,
                     {**console.headers, "content-type": "application/x-ndjson"})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


def _make(console: Console, count: int, sheet: dict[str, Any] | None = None) -> list[str]:
    address = urlsplit(console.url)
    found = []
    for at in range(count):
        line = http.client.HTTPConnection(address.hostname or "", address.port, timeout=300)
        line.request("POST", "/api/rooms", json.dumps({
            "title": f"room {at}", "streamer_id": f"h{at}",
            "planned_start": "2026-11-27T20:00:00+08:00", "run_sheet": sheet}),
            {**console.headers, "content-type": "application/json"})
        found.append(json.loads(line.getresponse().read())["room"])
        line.close()
    return found


def _batch(room: str, first: int, size: int) -> bytes:
    at = int(time.time() * 1000)  # noqa: TID251 - a bench
    lines = []
    for number in range(first, first + size):
        head = f'{{"id":"{room}-{number}","at":{at},"source":"synthetic",'
        lines.append(head + '"kind":"enter","count":1,"channel":"public"}')
    return "\n".join(lines).encode()


def mixed(room: str, first: int, size: int, at: int) -> tuple[bytes, int]:
    """Return a batch of what a room sends, and how many orders are in it."""
    lines, orders = [], 0
    for number in range(first, first + size):
        head = f'{{"id":"{room}-{number}","at":{at},"source":"synthetic",'
        turn = number % 20
        if turn == 0:
            lines.append(f'{head}"kind":"order","order_id":"o{number}",'
                         f'"product_id":"p{number % 7}","amount":"59.90"}}')
            orders += 1
        elif turn < 8:
            lines.append(head + '"kind":"enter","channel":"public"}')
        elif turn < 14:
            lines.append(f'{head}"kind":"click","product_id":"p{number % 7}"}}')
        else:
            lines.append(head + '"kind":"comment"}')
    return "\n".join(lines).encode(), orders


async def generate(  # noqa: PLR0915 - one run, told from top to bottom
        url: str, token: str, rate: int) -> dict[str, float]:
    """Send at a rate over kept connections, each room's batches in turn; return what was seen."""
    console = Console(process=None, url=url, token=token)  # type: ignore[arg-type]
    rooms = _make(console, ROOMS)
    lines = [await asyncio.open_connection("127.0.0.1", urlsplit(url).port) for _ in rooms]
    seen: list[float] = []
    tally = {"accepted": 0, "orders": 0, "refused": 0}
    rounds = int(rate * SECONDS / (BATCH * ROOMS)) or 1
    batches = {(room, turn): mixed(room, turn * BATCH, BATCH, int(time.time() * 1000))  # noqa: TID251 - a bench
               for turn in range(rounds) for room in rooms}
    gap, begin = BATCH / rate, asyncio.get_running_loop().time() + 0.2

    async def one(at: int, room: str) -> None:
        loop, (reader, writer) = asyncio.get_running_loop(), lines[at]
        for turn in range(rounds):
            due = begin + (turn * ROOMS + at) * gap
            await asyncio.sleep(max(due - loop.time(), 0.0))
            body, orders = batches[room, turn]
            for again in range(2 if (turn * ROOMS + at) % 100 == 99 else 1):
                start = loop.time()
                writer.write(_request(room, token, body))
                status, told = await _answer(reader)
                if status != 200:
                    tally["refused"] += 1
                    break
                seen.append(loop.time() - start)
                if not again:
                    tally["accepted"] += told["accepted"]
                    tally["orders"] += orders

    start = asyncio.get_running_loop().time()
    await asyncio.gather(*(one(at, room) for at, room in enumerate(rooms)))
    took = max(asyncio.get_running_loop().time() - max(start, begin), 1e-9)
    sums = [json.loads(console.get(f"/api/rooms/{room}"))["totals"] for room in rooms]
    seen.sort()
    kept = sum(one["entries"] + one["clicks"] + one["orders"] + one["comments"] for one in sums)
    right = kept == tally["accepted"] and sum(one["orders"] for one in sums) == tally["orders"]
    return {"rate": tally["accepted"] / took, "p50": seen[len(seen) // 2],
            "p99": seen[int(len(seen) * 0.99)], "sent": float(len(seen) * BATCH),
            "refused": tally["refused"], "right": right}


def _request(room: str, token: str, body: bytes) -> bytes:
    return (f"POST /api/rooms/{room}/events HTTP/1.1\r\nhost: 127.0.0.1\r\n"
            f"authorization: Bearer {token}\r\ncontent-type: application/x-ndjson\r\n"
            f"content-length: {len(body)}\r\n\r\n").encode() + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, int]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.split("content-length:")[1].split("\r\n")[0])
    return int(head.split(" ")[1]), json.loads(await reader.readexactly(length))


if __name__ == "__main__":
    address, key, asked = sys.argv[1:]
    print(json.dumps(asyncio.run(generate(address, key, int(asked)))))
