"""What the operator says about the files beyond the files themselves."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caopan.ingest.mapping import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices of one import.

    ``now`` is aware. ``source`` restricts recognition to one layout (``douyin.sessions``) or one
    platform (``douyin``). ``mapping`` forces one mapping, ``mappings`` are the saved ones, by
    name. ``account`` names whose files these are where the file does not say; ``timezone`` is an
    IANA name, ``year`` the year of dates without one, ``currency`` an ISO 4217 code. ``salt``
    keys the hash of buyer ids.
    """

    now: datetime
    salt: bytes
    source: str | None = None
    mapping: Mapping | None = None
    account: str | None = None
    timezone: str | None = None
    year: int | None = None
    currency: str | None = None
    mappings: Lookup[str, Mapping] = field(default_factory=dict)
