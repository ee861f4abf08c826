"""Columns about persons (个人信息): never stored, whoever asks for them."""

from __future__ import annotations

from caopan.facts.schema import EXTRA_PREFIX, TABLES, Kind
from caopan.ingest.header import folded
from caopan.ingest.synonyms import PERSONAL

_WORDED = frozenset({Kind.TEXT, Kind.WORDS})
_HIDDEN = frozenset({"buyer_id", "province"})
"""Columns that keep a hash, or the province alone."""
_HOST_NAME = "姓名"
"""A host's or a shop's name is no secret of a buyer's; in orders it would be one."""


def personal(header: str) -> bool:
    """Return whether a header names something about a person.

    >>> personal("收货人手机"), personal("E-mail"), personal("成交金额")
    (True, True, False)
    """
    return any(word in folded(header) for word in PERSONAL)


def betrays(header: str, *, table: str, to: str | None) -> bool:
    """Return whether a column of a person would be stored as it is written.

    A buyer's id is hashed and of an address the province alone is kept; numbers and moments
    cannot hold either. Everything else would.

    >>> [betrays("手机", table="orders", to=to) for to in ("x_phone", "buyer_id")]
    [True, False]
    """
    if to is None or to in _HIDDEN or not personal(header):
        return False
    if to.startswith(EXTRA_PREFIX):
        return True
    if to not in TABLES[table].names or TABLES[table].column(to).kind not in _WORDED:
        return False
    others = [word for word in PERSONAL if word != _HOST_NAME and word in folded(header)]
    return table == "orders" or bool(others)
