"""A buyer's id as it is kept: a keyed hash, the same for one buyer of one workspace."""

from __future__ import annotations

import hashlib
import hmac

HASH_MARK, HASH_LENGTH = "b-", 32
"""A hashed id: the mark, then so many hex digits."""


def hashed_name(name: str, *, salt: bytes) -> str:
    """Return the keyed hash of an id: ``b-`` and 32 hex digits of HMAC-SHA256.

    >>> hashed_name("buyer", salt=b"s")
    'b-aa38ad8737f97624428dd8c91f4cf7bf'
    """
    return HASH_MARK + hmac.new(salt, name.encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]
