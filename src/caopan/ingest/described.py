"""What became of each column of a file that was recognised."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.ingest.grid import Grid
from caopan.ingest.reading import Part, Reading

SAMPLES = 3
"""First cells of a column that are shown."""
SAMPLE_WIDTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One table of a file as it was read (一张表): where its header ends, what its columns become.

    ``targets`` names for each header the canonical column, an ``x_…`` name, or None where the
    column is known and not imported; ``samples`` are its first cells.
    """

    sheet: str | None
    header_row: int
    headers: tuple[str, ...]
    targets: tuple[str | None, ...]
    samples: tuple[tuple[str, ...], ...]
    table: str


def described(reading: Reading) -> tuple[Described, ...]:
    """Return every table of a file with its columns; empty for a file that was skipped."""
    return tuple(_described(part) for part in reading.parts)


def samples(grid: Grid, *, header_row: int, at: int) -> tuple[str, ...]:
    """Return the first cells of one column that hold anything, each once."""
    cells = [row[at].strip() for row in grid.head[header_row:] if at < len(row)]
    found = list(dict.fromkeys(cell[:SAMPLE_WIDTH] for cell in cells if cell))
    return tuple(found[:SAMPLES])


def _described(part: Part) -> Described:
    fit = part.recognised.fit
    header = fit.header
    targets: dict[int, str | None] = {bound.at: bound.field.to for bound in fit.bindings}
    return Described(
        sheet=part.grid.sheet, header_row=header.row, headers=header.names,
        targets=tuple(targets.get(at) for at in range(len(header.names))),
        samples=tuple(samples(part.grid, header_row=header.row, at=at)
                      for at in range(len(header.names))),
        table=fit.layout.table)
