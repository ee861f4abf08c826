"""A problem found in data from outside: where it is, what it is, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.units.message import Message


class Level(StrEnum):
    """How bad a problem is.

    ``error``: the row or file did not load. ``warning``: it loaded, with an assumption that is
    named. ``future_error``: it loaded, and will not any more in a later version.
    """

    ERROR = "error"
    WARNING = "warning"
    FUTURE_ERROR = "future_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One problem (问题) with its place in the user's own file.

    ``row`` is 1-based as a spreadsheet shows it; ``column`` is the header as written in the file;
    ``value`` the cell as written, cut at 200 characters.
    """

    level: Level
    message: Message
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
