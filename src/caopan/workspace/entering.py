"""Coming in (进门): the one-time link of the console and the keys behind it."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from caopan.store.store import Store

TICKET = "console_ticket"
TICKET_LIFE = timedelta(hours=12)


def key_of(store: Store, purpose: str) -> bytes:
    """Return a secret key of this workspace for one purpose, the same at every call."""
    return hmac.digest(store.salt(), f"caopan console {purpose}".encode(), "sha256")


def new_ticket(store: Store, *, now: datetime) -> str:
    """Return a fresh ticket; earlier ones end. Only its hash is kept."""
    ticket = secrets.token_urlsafe(24)
    store.set_setting(TICKET, {"hash": _hash(ticket), "until": (now + TICKET_LIFE).isoformat()})
    return ticket


def redeem(store: Store, ticket: str, *, now: datetime) -> bool:
    """Return whether a ticket opens the door, and end it: it does so once."""
    known = store.setting(TICKET)
    if not known or not hmac.compare_digest(known["hash"], _hash(ticket)):
        return False
    fresh = now < datetime.fromisoformat(known["until"])
    return store.take_setting(TICKET, known) and fresh


def _hash(ticket: str) -> str:
    return sha256(ticket.encode()).hexdigest()
