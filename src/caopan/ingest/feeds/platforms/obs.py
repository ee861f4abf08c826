"""OBS: whether the stream goes out, over obs-websocket 5; its heartbeats feed the stream-lost card.

A heartbeat is told while OBS streams, does not reconnect, and bytes go out. Where they stop, the
room hears nothing, and the card 断流黑屏 comes up by its own trigger.
"""

from __future__ import annotations

import base64
import hashlib
import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.sync.client import ClientConnection, connect

from caopan.ingest.feeds.capability import Capability, How
from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Feed, Line, Need, Way
from caopan.ingest.feeds.increment import prefix
from caopan.ingest.feeds.reading import Reading, whole
from caopan.live import event as ev
from caopan.units.message import Text

NAME, PERIOD, LONGEST = "obs", 3.0, 6.0
URL, PASSWORD = "CAOPAN_OBS_URL", "CAOPAN_OBS_PASSWORD"
DEFAULT_URL, SECONDS, MOST_BYTES = "ws://127.0.0.1:4455", 3.0, 1 << 20
HELLO, IDENTIFY, IDENTIFIED, REQUEST, RESPONSE = 0, 1, 2, 6, 7
RPC, WRONG_PASSWORD = 1, 4009
MOST_SKIPPED = 20
"""So many messages that are no answer are passed over."""


@dataclass(slots=True)
class Obs:
    """One program that streams. ``sent``: the bytes that had gone out at the look before."""

    line: Line
    sent: int | None = None
    _held: ClientConnection | None = field(default=None, repr=False)
    _stack: ExitStack = field(default_factory=ExitStack, repr=False)
    _asked: int = 0

    def poll(self, now: datetime) -> Reading:
        """Return a heartbeat where the stream goes out, else nothing."""
        told = self._status()
        sent, active = whole(told, "outputBytes"), told.get("outputActive") is True
        moves = sent is None or self.sent is None or sent != self.sent
        self.sent = sent if active else None
        well = active and not told.get("outputReconnecting") and moves
        at = round(now.timestamp() * 1000)
        return Reading(
            at=now, on_air=active, source="observed",
            each=(ev.Heartbeat(id=f"{prefix(NAME, self.line.live_id)}h/{at}", at=at,
                               source="observed"),) if well else ())

    def hear(self, about: str) -> None:
        """Hear nothing: it is asked."""

    def close(self) -> None:
        """Let the line go."""
        self._held = None
        self._stack.close()

    def _status(self) -> dict[str, Any]:
        try:
            if self._held is None:
                self._held = self._identified()
            return self._answer(self._held, "GetStreamStatus")
        except FeedError:
            self.close()
            raise
        except ConnectionClosed as closed:
            self.close()
            raise _closed(closed) from None
        except (OSError, InvalidHandshake, InvalidURI, TimeoutError) as fault:
            self.close()
            raise FeedError(Cause.UNREACHABLE, type(fault).__name__) from None

    def _identified(self) -> ClientConnection:
        safe = self.line.safe
        held = self._stack.enter_context(connect(
            safe.get(URL) or DEFAULT_URL, open_timeout=SECONDS, close_timeout=1,
            max_size=MOST_BYTES, proxy=None))
        hello = _told(held.recv(SECONDS), HELLO)
        body: dict[str, Any] = {"rpcVersion": RPC, "eventSubscriptions": 0}
        asks = hello.get("authentication")
        if isinstance(asks, dict):
            body["authentication"] = answered(
                safe.need(PASSWORD), salt=str(asks.get("salt")),
                challenge=str(asks.get("challenge")))
        held.send(json.dumps({"op": IDENTIFY, "d": body}))
        _told(held.recv(SECONDS), IDENTIFIED)
        return held

    def _answer(self, held: ClientConnection, kind: str) -> dict[str, Any]:
        self._asked += 1
        held.send(json.dumps({"op": REQUEST, "d": {"requestType": kind,
                                                   "requestId": str(self._asked)}}))
        for _ in range(MOST_SKIPPED):
            said = _message(held.recv(SECONDS))
            told = said.get("d")
            if (said.get("op") != RESPONSE or not isinstance(told, dict)
                    or told.get("requestId") != str(self._asked)):
                continue
            data, status = told.get("responseData"), told.get("requestStatus")
            if not isinstance(status, dict) or not status.get("result"):
                raise FeedError(Cause.REFUSED, f"{kind}: {_code(status)}")
            if isinstance(data, dict):
                return data
            break
        raise FeedError(Cause.UNREADABLE, kind)


def answered(password: str, *, salt: str, challenge: str) -> str:
    """Return the answer to a challenge: the salted hash of the password, hashed with it.

    >>> answered("supersecretpassword", salt="lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=",
    ...          challenge="+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=")
    '1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4='
    """
    return _hashed(_hashed(password + salt) + challenge)


def _hashed(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _message(said: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        raise FeedError(Cause.UNREADABLE, "obs-websocket") from None
    if not isinstance(found, dict):
        raise FeedError(Cause.UNREADABLE, "obs-websocket")
    return found


def _told(said: str | bytes, op: int) -> dict[str, Any]:
    found = _message(said)
    told = found.get("d")
    if found.get("op") != op or not isinstance(told, dict):
        raise FeedError(Cause.UNREADABLE, f"obs-websocket: op {found.get('op')}")
    return told


def _code(status: object) -> str:
    return str(status.get("code")) if isinstance(status, dict) else "?"


def _closed(closed: ConnectionClosed) -> FeedError:
    code = closed.rcvd.code if closed.rcvd else None
    if code == WRONG_PASSWORD:
        return FeedError(Cause.REFUSED, f"obs-websocket {code}")
    return FeedError(Cause.UNREACHABLE, f"obs-websocket {code or ''}".strip())


FEED = Feed(
    name=NAME, title=Text(zh="OBS（推流心跳）", en="OBS (stream heartbeat)"), way=Way.SOCKET,
    period=PERIOD, longest=LONGEST, begin=Obs,
    live_id=Text(zh="随便起个名，如 obs", en="any name, such as obs"),
    source="https://github.com/obsproject/obs-websocket/blob/master/docs/generated/protocol.md",
    gives=(Capability(kind="heartbeat", how=How.EACH, seconds=round(PERIOD) + 2, basis=Text(
        zh="OBS 在推流、没有重连、字节在走；停了 10 秒，“断流黑屏”预案告警",
        en="OBS streams, does not reconnect and bytes go out; ten seconds after it stops, the "
           "card “stream lost” comes up")),),
    cannot=(
        Text(zh="只看本机推出去没有：平台那头卡住、黑画面、没声音看不到",
             en="only whether it goes out from here: a black picture, silence or a fault at the "
                "platform's end is not seen"),
        Text(zh="从没推过流就没有心跳，也就不会告警",
             en="where it never streamed there was no heartbeat, and no alarm comes"),
        Text(zh="不切场景、不动设置", en="it switches no scene and changes nothing")),
    needs=(
        Need(name=PASSWORD, title=Text(zh="obs-websocket 密码（设了才要）",
                                       en="the password of obs-websocket, where it has one"),
             optional=True),
        Need(name=URL, title=Text(zh="地址，默认 ws://127.0.0.1:4455",
                                  en="the address, else ws://127.0.0.1:4455"), secret=False,
             optional=True)))
