"""A problem found in data from outside: where it is, what it is, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.units.message import Language, Message


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

    def document(self, language: Language) -> dict[str, object]:
        """Return the problem as a JSON row.

        >>> from caopan.units.message import Text
        >>> empty = Message(key="empty_cell", text=Text(zh="空", en="empty"))
        >>> Issue(level=Level.ERROR, message=empty, row=3).document("en")["row"]
        3
        """
        return {"level": self.level.value, "file": self.file, "sheet": self.sheet,
                "row": self.row, "column": self.column, "value": self.value,
                "key": self.message.key, "message": self.message.say(language),
                "hint": self.message.advise(language)}
