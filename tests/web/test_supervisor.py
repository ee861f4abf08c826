"""How a server that dies at its start is treated."""

from __future__ import annotations

import asyncio
import socket

import pytest

from caopan.units.message import Message
from caopan.web import supervisor
from caopan.web.supervisor import Ready, StartFailedError, Supervisor, pause_after


def test_the_first_death_costs_no_pause_and_later_ones_more_and_more() -> None:
    pauses = [pause_after(deaths) for deaths in range(12)]

    assert pauses[:5] == [0, 0, 0.5, 1, 2]
    assert max(pauses) == supervisor.LONGEST_PAUSE
    assert pauses == sorted(pauses)


def test_a_child_that_never_serves_ends_the_attempt(
        monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)
    said: list[Message] = []
    ready: list[Ready] = []

    async def attempt() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            await Supervisor([], listening=listening, ready=ready.append, say=said.append).run()

    with pytest.raises(StartFailedError):
        asyncio.run(attempt())

    assert ready == []
    assert [message.key for message in said] == ["server_restarted", "server_dies"]
    assert "Error" in capfd.readouterr().err
