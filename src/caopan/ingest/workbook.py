"""What a zipped workbook would unpack to, found out before it is parsed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest.ahead import ahead
from caopan.ingest.damage import damaged
from caopan.ingest.limits import LIMITS, MIB, Limits, swollen
from caopan.ingest.messages import refusal

MOST_ROWS = 1_048_576
"""Rows of a sheet, by every spreadsheet program."""
_FAR = re.compile(rb'\br\s*=\s*["\'](?:([A-Za-z]{2,})\d|[A-Za-z]?(\d{7,}))')
_HINT = r"r\s*=\s*[\"'](?:[A-Za-z]{2,}\d|[A-Za-z]?\d{7})"
"""The same, looser, for the faster engine that looks through every block first."""
_ROW = re.compile(rb'\br\s*=\s*["\'][A-Za-z]*(\d+)')
_REPEATED = re.compile(rb'number-(columns|rows)-repeated\s*=\s*["\'](\d+)["\'][^>]*?(/?)>')
_LETTERS = 26
_OVERLAP = 4_096
_CELL_BYTES = 8
"""The least that one cell takes in a sheet's XML, about."""


def inspect(stream: BinaryIO, *, limits: Limits = LIMITS) -> None:
    """Refuse a workbook that unpacks, or spreads, to more than memory should hold.

    The parts are really unpacked and counted (a directory can lie). Of each sheet the farthest
    row and column are found: a parser fills the whole area between, so that one cell in the far
    corner takes all memory there is.

    Raises:
        FileRefusedError: it is too large, or no archive.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            for part in archive.infolist():
                _part(archive, part, limits)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError,
            RuntimeError) as error:
        raise damaged(error) from None


@dataclass(slots=True)
class _Reach:
    """How far a sheet reaches; where ``rows`` was not needed it is the most there can be."""

    columns: int = _LETTERS
    rows: int = 1

    def refuse(self, limits: Limits) -> None:
        if self.rows > MOST_ROWS or self.columns * self.rows > limits.area:
            raise refusal(key="too_wide_area", n=self.columns * self.rows, most=limits.area)


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    blocks = ahead(_unpacked(archive, part, limits))
    if part.filename == "content.xml":
        _repeated(blocks).refuse(limits)
        return
    # Any part may be a sheet: what it is called is the file's own choice.
    reach = _narrow(blocks)
    reach.refuse(limits)
    if reach.columns > _LETTERS:
        reach.rows = max((int(row) for block in _unpacked(archive, part, limits)
                          for row in _ROW.findall(block)), default=1)
        reach.refuse(limits)


def _narrow(blocks: Iterator[bytes]) -> _Reach:
    """Return the farthest column, and the farthest row where it has seven digits or more.

    Twenty-six columns fit the limit at any height, so rows only matter in wider sheets.
    """
    reach = _Reach()
    for block in blocks:
        if not pc.match_substring_regex(pa.array([block], pa.large_binary()), _HINT)[0].as_py():
            continue
        for letters, digits in _FAR.findall(block):
            if letters:
                reach.columns = max(reach.columns, _column(letters))
            else:
                reach.rows = max(reach.rows, int(digits))
    return reach


def _repeated(blocks: Iterator[bytes]) -> _Reach:
    """Return how far an OpenDocument sheet repeats cells and rows that hold something."""
    reach = _Reach(columns=1)
    for block in blocks:
        for what, times, empty in _REPEATED.findall(block):
            if what == b"rows":
                reach.rows = max(reach.rows, int(times))
            elif not empty:
                reach.columns = max(reach.columns, int(times))
    return reach


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    """Return the part a block at a time, each beginning with the end of the one before."""
    done, before = 0, b""
    with archive.open(part) as stream:
        while block := stream.read(MIB):
            done += len(block)
            if (swollen(packed=part.compress_size, unpacked=done, limits=limits)
                    or done > limits.area * _CELL_BYTES * 4):
                raise refusal(key="swollen", packed=part.compress_size, unpacked=done)
            yield before + block
            before = block[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters, ``A`` is 1."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
