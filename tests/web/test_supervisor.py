"""How a server that dies at its start is treated."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Sequence

import pytest

from caopan.units.message import Message
from caopan.web import supervisor
from caopan.web.supervisor import Ready, StartFailedError, Supervisor, pause_after


def test_the_first_death_costs_no_pause_and_later_ones_more_and_more() -> None:
    pauses = [pause_after(deaths) for deaths in range(12)]

    assert pauses[:5] == [0, 0, 0.5, 1, 2]
    assert max(pauses) == supervisor.LONGEST_PAUSE
    assert pauses == sorted(pauses)


DIES = (sys.executable, "-c", "raise SystemExit(3)")
SERVES_ONCE = (sys.executable, "-c", """
import json, sys
order = sys.stdin.readline().split()
print(json.dumps({"ready": {"ticket": "t" if order[0] == "go-with-ticket" else None,
                            "token": "o"}}), flush=True)
sys.exit(7) if order[0] == "go-with-ticket" else sys.stdin.read()
""")


def supervised(command: Sequence[str], *, stop_after: int | None = None,
               ) -> tuple[list[Ready], list[Message]]:
    """Run a supervisor and return what it heard and said; it may be stopped after a message."""
    said: list[Message] = []
    ready: list[Ready] = []

    def say(message: Message) -> None:
        said.append(message)
        if len(said) == stop_after:
            os.kill(os.getpid(), signal.SIGTERM)

    async def attempt() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            await Supervisor(command, listening=listening, ready=ready.append, say=say).run()

    asyncio.run(attempt())
    return ready, said


def test_a_child_that_never_serves_ends_the_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)

    with pytest.raises(StartFailedError):
        supervised(DIES)


def test_a_child_that_served_and_died_is_replaced_and_the_link_told_once() -> None:
    ready, said = supervised(SERVES_ONCE, stop_after=1)

    assert [(one.ticket, one.token) for one in ready] == [("t", "o")]
    assert [message.key for message in said] == ["server_restarted"]
    assert "(7)" in said[0].say("en")
