"""Problems as a spreadsheet shows them: the row, its cells, the bad one marked."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.facts.issue import Issue
from caopan.web.console.imports_mend import YEARLESS, Mend, mend
from caopan.workspace.look import Look, LookedFile, LookedPart, Trouble

SHOWN = 6
"""Columns of a row that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row: the issue, its cells, which of them (0-based) is bad; no cells where unknown."""

    issue: Issue
    cells: tuple[str, ...]
    bad: int | None
    mend: Mend | None = None
    """How the bad cell can be mended here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTrouble:
    """One kind of problem with its first rows under the headers they stand under."""

    trouble: Trouble
    headers: tuple[str, ...]
    rows: tuple[ShownRow, ...]

    @property
    def more(self) -> int:
        """Return how many further rows have the same problem."""
        return self.trouble.count - len(self.rows)

    @property
    def yearless(self) -> bool:
        """Return whether the year of the file's dates is what is missing."""
        return self.trouble.key in YEARLESS


def excerpts(look: Look, file: LookedFile) -> tuple[ShownTrouble, ...]:
    """Return the problems of one file with their rows; why it is left out is said above them."""
    said = file.reason.key if file.reason else None
    return tuple(_shown(look, file, trouble) for trouble in look.troubles_of(file.name)
                 if trouble.key != said)


def _shown(look: Look, file: LookedFile, trouble: Trouble) -> ShownTrouble:
    sheet = trouble.examples[0].sheet if trouble.examples else None
    part = next((part for part in file.parts if part.sheet == sheet), None)
    places = picked(part, trouble.column) if part else ()
    rows = []
    for issue in trouble.examples:
        found = look.row(issue)
        cells = () if found is None else tuple(
            found.cells[at] if at < len(found.cells) else "" for at in places)
        bad = next((place for place, at in enumerate(places)
                    if part and part.headers[at] == trouble.column), None)
        rows.append(ShownRow(issue=issue, cells=cells, bad=bad, mend=mend(issue, part)))
    headers = tuple(part.headers[at] for at in places) if part else ()
    return ShownTrouble(trouble=trouble, headers=headers, rows=tuple(rows))


def picked(part: LookedPart, column: str | None) -> tuple[int, ...]:
    """Return the columns that are shown, in the file's order: the bad one, then what is stored."""
    bad = [at for at, header in enumerate(part.headers) if header == column][:1]
    stored = [at for at, to in enumerate(part.targets) if to and not to.startswith("x_")]
    rest = [at for at, header in enumerate(part.headers) if header]
    order = list(dict.fromkeys([*bad, *stored, *rest]))
    return tuple(sorted(order[:SHOWN]))
