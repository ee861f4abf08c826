"""What the operator says about the files beyond the files themselves."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from caopan.ingest.messages import refusal

if TYPE_CHECKING:
    from caopan.ingest.correction import Correction
    from caopan.ingest.mapping import Mapping

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that a date without one may be of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices of one import.

    ``now`` is aware. ``source`` restricts recognition to one layout (``douyin.sessions``) or one
    platform (``douyin``). ``mapping`` forces one mapping, ``mappings`` are the saved ones, by
    name. ``account`` names whose files these are where the file does not say; ``timezone`` is an
    IANA name, ``year`` the year of dates without one (1990 to 2100), ``currency`` an ISO 4217
    code. ``salt`` keys the hash of buyer ids.

    Raises:
        FileRefusedError: ``year`` lies outside those years.
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
    corrections: tuple[Correction, ...] = ()
    """What persons wrote in place of cells, of any file."""

    def __post_init__(self) -> None:
        """Refuse a year that no export is of."""
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise refusal(key="impossible_year", year=self.year, first=FIRST_YEAR, last=LAST_YEAR)
