"""One call to a platform (调用): over TLS, without redirects, with a limit to all that comes."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from caopan.ingest.feeds.fault import Cause, FeedError

SECONDS, MOST_BYTES = 10.0, 4 << 20
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
GOOD, MOVED, LIMITED, BROKEN = 200, 300, 429, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of a platform. Its address may hold a token: it is never shown."""

    base: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came; ``clock``: the platform's time, None where it did not say."""

    status: int
    body: bytes = field(repr=False)
    clock: datetime | None = None


Wire = Callable[[Ask], Answer]
"""Carries a question to a platform; raises ``FeedError``."""


def carried(ask: Ask) -> Answer:
    """Ask a platform over the network.

    Raises:
        FeedError: it cannot be reached, is broken, or limits how often it is asked.
    """
    connection = _connection(ask.base)
    target = ask.path + (f"?{urlencode(ask.query)}" if ask.query else "")
    try:
        connection.request("POST" if ask.body is not None else "GET", target, body=ask.body,
                           headers={"user-agent": "caopan", **ask.headers})
        with connection.getresponse() as came:
            body = came.read(MOST_BYTES + 1)
            told = {name.lower(): value for name, value in came.getheaders()}
    except (OSError, http.client.HTTPException) as fault:
        raise FeedError(Cause.UNREACHABLE, type(fault).__name__) from None
    finally:
        connection.close()
    return _sound(came.status, body, told)


def _connection(base: str) -> http.client.HTTPConnection:
    parts = urlsplit(base)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, parts.port, timeout=SECONDS,
                                           context=ssl.create_default_context())
    if parts.scheme == "http" and host in LOCAL:
        return http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
    raise FeedError(Cause.REFUSED, "https only")


def _sound(status: int, body: bytes, told: Mapping[str, str]) -> Answer:
    if status == LIMITED:
        raise FeedError(Cause.LIMITED, f"HTTP {status}", retry_seconds=_number(
            told.get("retry-after")))
    if status >= BROKEN:
        raise FeedError(Cause.UNREACHABLE, f"HTTP {status}",
                        retry_seconds=_number(told.get("retry-after")))
    if status < GOOD or MOVED <= status < 400:  # noqa: PLR2004 - the end of redirects
        raise FeedError(Cause.REFUSED, f"HTTP {status}")
    if len(body) > MOST_BYTES:
        raise FeedError(Cause.UNREADABLE, f"> {MOST_BYTES >> 20} MiB")
    if len(body) < (_number(told.get("content-length")) or 0):
        raise FeedError(Cause.UNREACHABLE, f"HTTP {status}, cut off after {len(body)} B")
    return Answer(status=status, body=body, clock=_clock(told.get("date")))


def _number(said: str | None) -> float | None:
    return float(said) if said is not None and said.isdecimal() else None


def _clock(said: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(said) if said else None
    except ValueError:
        return None


def read(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer.

    >>> read(Answer(status=200, body=b'{"code": 0}'))
    {'code': 0}

    Raises:
        FeedError: it is cut off, or no object.
    """
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise FeedError(Cause.UNREADABLE, f"HTTP {answer.status}, {len(answer.body)} B"
                        ) from None
    if not isinstance(found, dict):
        raise FeedError(Cause.UNREADABLE, type(found).__name__)
    return found
