"""OBS before a fake of obs-websocket 5 that asks for the salted answer."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Line, Poller
from caopan.ingest.feeds.platforms.obs import FEED
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import carried

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PASSWORD, SALT, CHALLENGE = "password-of-nobody", "c2FsdA==", "Y2hhbGxlbmdl"


def hashed(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@dataclass
class Program:
    """The fake: it streams until it is told not to."""

    status: dict[str, Any] = field(default_factory=lambda: {
        "outputActive": True, "outputReconnecting": False, "outputBytes": 0})
    result: bool = True
    rubbish: str | None = None
    opened: int = 0
    port: int = 0

    def talk(self, line: ServerConnection) -> None:
        self.opened += 1
        line.send(json.dumps({"op": 0, "d": {"obsWebSocketVersion": "5.5.0", "rpcVersion": 1,
                                             "authentication": {"challenge": CHALLENGE,
                                                                "salt": SALT}}}))
        told = json.loads(line.recv())
        due = hashed(hashed(PASSWORD + SALT) + CHALLENGE)
        if told["op"] != 1 or told["d"]["authentication"] != due:
            line.close(4009, "Authentication failed.")
            return
        line.send(json.dumps({"op": 2, "d": {"negotiatedRpcVersion": 1}}))
        try:
            while True:
                self._respond(line, json.loads(line.recv())["d"])
        except ConnectionClosed:
            return

    def _respond(self, line: ServerConnection, asked: dict[str, Any]) -> None:
        if self.rubbish is not None:
            line.send(self.rubbish)
            return
        self.status["outputBytes"] += 1000 if self.status["outputActive"] else 0
        line.send(json.dumps({"op": 5, "d": {"eventType": "SceneChanged"}}))  # in between
        line.send(json.dumps({"op": 7, "d": {
            "requestType": asked["requestType"], "requestId": asked["requestId"],
            "requestStatus": {"result": self.result, "code": 100 if self.result else 207},
            "responseData": self.status}}))


@pytest.fixture
def program() -> Iterator[Program]:
    made = Program()
    with serve(made.talk, "127.0.0.1", 0) as server:
        made.port = server.socket.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def poller(program: Program) -> Iterator[Poller]:
    made = begun(program)
    yield made
    made.close()


def begun(program: Program, *, password: str = PASSWORD) -> Poller:
    safe = Safe({"CAOPAN_OBS_URL": f"ws://127.0.0.1:{program.port}",
                 "CAOPAN_OBS_PASSWORD": password})
    return FEED.begin(Line(live_id="obs", safe=safe, wire=carried, began=NOW))


def beats(poller: Poller, second: int) -> int:
    return len(poller.poll(NOW + timedelta(seconds=second)).each)


def test_a_stream_that_goes_out_has_a_heartbeat_of_its_own_at_each_look(
        program: Program, poller: Poller) -> None:
    readings = [poller.poll(NOW + timedelta(seconds=at)) for at in (0, 3)]

    ids = {one.id for reading in readings for one in reading.each}
    assert len(ids) == 2
    assert readings[0].each[0].source == "observed"
    assert program.opened == 1  # the line is held


@pytest.mark.parametrize("status", [
    {"outputActive": False}, {"outputReconnecting": True}, {"outputBytes": -10**9}])
def test_a_stream_that_has_stopped_reconnects_or_stands_still_has_none(
        program: Program, poller: Poller, status: dict[str, Any]) -> None:
    assert beats(poller, 0) == 1
    if "outputBytes" in status:
        program.status["outputBytes"] -= 1000  # the next look sees the same sum
    else:
        program.status |= status

    assert beats(poller, 3) == 0


def test_a_wrong_password_is_refused_and_not_told(program: Program) -> None:
    poller = begun(program, password="another-password")  # noqa: S106 - of nobody

    with pytest.raises(FeedError) as refused:
        poller.poll(NOW)

    assert refused.value.cause is Cause.REFUSED
    assert "another-password" not in str(refused.value)


@pytest.mark.parametrize(("rubbish", "result", "cause"), [
    ("{", True, Cause.UNREADABLE), ("[]", True, Cause.UNREADABLE), (None, False, Cause.REFUSED)])
def test_what_obs_says_that_cannot_be_used_is_named_and_the_line_is_opened_anew(
        program: Program, poller: Poller, rubbish: str | None, result: bool,  # noqa: FBT001 - a case
        cause: Cause) -> None:
    program.rubbish, program.result = rubbish, result

    with pytest.raises(FeedError) as fault:
        poller.poll(NOW)
    program.rubbish, program.result = None, True

    assert fault.value.cause is cause
    assert beats(poller, 3) == 1
    assert program.opened == 2


def test_an_obs_that_is_not_there_is_not_reached() -> None:
    safe = Safe({"CAOPAN_OBS_URL": "ws://127.0.0.1:9"})

    with pytest.raises(FeedError) as fault:
        FEED.begin(Line(live_id="obs", safe=safe, wire=carried, began=NOW)).poll(NOW)

    assert fault.value.cause is Cause.UNREACHABLE
