"""Sessions of the console (登录状态): a signed cookie, a token against forged forms."""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

COOKIE = "caopan_session"
LIFE = timedelta(days=14)
_SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The secrets of a running console; all come from the workspace and outlive a restart."""

    session: bytes
    form: bytes
    owner: str
    """The owner's bearer token for the API, as ``serve --json`` prints it."""


def new_session(keys: Keys, *, now: datetime) -> str:
    """Return the cookie of a session that begins now.

    >>> from datetime import UTC
    >>> keys = Keys(session=b"s", form=b"f", owner="o")
    >>> moment = datetime(2026, 3, 1, tzinfo=UTC)
    >>> is_open(new_session(keys, now=moment), keys, now=moment)
    True
    """
    body = f"{secrets.token_hex(_SIZE)}.{int(now.timestamp())}"
    return f"{body}.{_seal(keys.session, body)}"


def is_open(cookie: str | None, keys: Keys, *, now: datetime) -> bool:
    """Return whether a cookie is a session of ours that has not ended."""
    body, _, seal = (cookie or "").rpartition(".")
    if not body or not hmac.compare_digest(_seal(keys.session, body), seal):
        return False
    began = int(body.rpartition(".")[2])
    return 0 <= now.timestamp() - began < LIFE.total_seconds()


def form_token(cookie: str, keys: Keys) -> str:
    """Return what every change must carry beside the cookie; a foreign page cannot know it."""
    return _seal(keys.form, cookie)


def is_ours(token: str | None, cookie: str | None, keys: Keys) -> bool:
    """Return whether a change carries the token of its own session."""
    return bool(token and cookie) and hmac.compare_digest(
        form_token(cookie or "", keys), token or "")


def is_owner(authorization: str | None, keys: Keys) -> bool:
    """Return whether a header carries the owner's token.

    >>> is_owner("Bearer o", Keys(session=b"s", form=b"f", owner="o"))
    True
    """
    kind, _, token = (authorization or "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(token.strip(), keys.owner)


def _seal(key: bytes, body: str) -> str:
    digest = hmac.digest(key, body.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
