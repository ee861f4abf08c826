"""A platform that is not there: a server on this machine that answers as a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came to the fake."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What it answers; ``cut``: only so many bytes of what it promised."""

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None


Answering = Callable[[Asked], Said]


@dataclass(slots=True)
class Platform:
    """The fake as it runs: where it is, what it was asked, what time it has."""

    answer: Answering
    base: str = ""
    asked: list[Asked] = field(default_factory=list)
    now: Callable[[], datetime] = lambda: datetime(2026, 11, 28, 12, tzinfo=UTC)


@contextmanager
def platform(answer: Answering) -> Iterator[Platform]:
    """Run a fake while the block lasts."""
    made = Platform(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._respond()

        def do_POST(self) -> None:
            self._respond()

        def log_message(self, *_: object) -> None:
            pass

        def _respond(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            asked = Asked(method=self.command, path=parts.path, query=dict(parse_qsl(parts.query)),
                          headers={name.lower(): value for name, value in self.headers.items()},
                          body=self.rfile.read(length))
            made.asked.append(asked)
            said = made.answer(asked)
            body = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
            self.send_response_only(said.status)
            self.send_header("date", format_datetime(made.now(), usegmt=True))
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if said.cut is None else body[:said.cut])

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
