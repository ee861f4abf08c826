"""How much of a file is read before it is refused: hostile files end early and small."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB, GIB = 2**10, 2**20, 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds (上限) of one file; sizes in bytes."""

    cell: int = 64 * KIB
    line: int = MIB
    columns: int = 2_000
    text: int = 16 * GIB
    """Decoded text of one CSV."""
    workbook: int = 512 * MIB
    """A spreadsheet or Parquet file as it lies on disk."""
    unpacked: int = 4 * GIB
    """What all parts of one archive or spreadsheet unpack to."""
    ratio: int = 250
    """Unpacked over packed size, once ``free`` bytes came out."""
    free: int = 16 * MIB
    area: int = 60_000_000
    """Cells from the first to the last used corner of one sheet."""
    entries: int = 10_000
    """Files in one archive."""


LIMITS = Limits()
"""The bounds of every import."""


def swollen(*, packed: int, unpacked: int, limits: Limits = LIMITS) -> bool:
    """Return whether data unpacks to more than a real export does.

    >>> swollen(packed=10_000, unpacked=100_000_000), swollen(packed=10, unpacked=10_000)
    (True, False)
    """
    ratio = unpacked > limits.free and unpacked > limits.ratio * max(packed, 1)
    return ratio or unpacked > limits.unpacked
