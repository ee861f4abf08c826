from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from caopan.web.address import LOOPBACK, listen
from caopan.web.child import server_of
from caopan.web.house import House
from caopan.web.live import wire
from caopan.web.live.wire import framed

WAIT = 20.0


@pytest.mark.parametrize(("text", "head"), [
    ("", b"\x81\x00"), ("x" * 125, b"\x81\x7d"), ("x" * 126, b"\x81\x7e\x00\x7e"),
    ("x" * 65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
])
def test_a_frame_says_how_long_it_is(text: str, head: bytes) -> None:
    assert framed(text) == head + text.encode()


@contextmanager
def served(house: House) -> Iterator[str]:
    """Serve a house on a socket of its own; yield the address of its live pages."""
    with listen("127.0.0.1", 0) as listening:
        server = server_of(house, hosts=LOOPBACK)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"ws://127.0.0.1:{listening.getsockname()[1]}/live/ws"
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.enable_socket
def test_every_page_hears_the_same_bytes_framed_once(
        empty_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pushed: list[str] = []

    def counting(text: str) -> bytes:
        pushed.append(text)
        return framed(text)

    monkeypatch.setattr(wire, "framed", counting)

    async def listen_all(url: str) -> list[dict[str, Any]]:
        bearer = {"authorization": f"Bearer {empty_house.keys.owner}"}
        pages = [await connect(f"{url}?topics=workspace", proxy=None, additional_headers=bearer)
                 for _ in range(3)]
        heard = [await state(page) for page in pages]
        for page in pages:
            await page.close()
        return heard

    with served(empty_house) as url:
        heard = asyncio.run(listen_all(url))

    assert [one["rev"] for one in heard] == [0, 0, 0]
    assert any('"topic":"workspace"' in text for text in pushed), "nobody was told the short way"


async def state(page: ClientConnection) -> dict[str, Any]:
    """Return the first thing a page hears of the workspace."""
    async with asyncio.timeout(WAIT):
        while True:
            told: dict[str, Any] = json.loads(await page.recv())
            if told.get("topic") == "workspace":
                return told
