"""What a zipped workbook would unpack to, found out before it is parsed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from caopan.ingest.limits import LIMITS, MIB, Limits, swollen
from caopan.ingest.messages import refusal

_WIDE = re.compile(rb'r="([A-Z]{2,3})\d')
_CELL = re.compile(rb'r="[A-Z]{0,3}(\d{1,7})"')
_SPAN = re.compile(rb'number-(columns|rows)-repeated="(\d{4,})"[^>]*>(?!\s*<)')
_LETTERS = 26
_OVERLAP = 64


def inspect(stream: BinaryIO, *, limits: Limits = LIMITS) -> None:
    """Refuse a workbook that unpacks, or spreads, to more than memory should hold.

    The parts are really unpacked and counted (a directory can lie); of each sheet the last row
    and the last column are found, since one cell in the far corner makes a parser fill the whole
    area between.

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
        raise refusal("damaged_file", reason=error) from None


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    columns, last_row = _LETTERS, 1
    for block in _unpacked(archive, part, limits):
        if not sheet:
            continue
        columns = max([columns, *(_column(letters) for letters in _WIDE.findall(block))])
        tail = _CELL.findall(block[-MIB // 64:])
        last_row = int(tail[-1]) if tail else last_row
        if columns * last_row > limits.area:
            raise refusal("too_wide_area", n=columns * last_row, most=limits.area)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    """Return the part a block at a time, each beginning with the end of the one before."""
    done, before = 0, b""
    with archive.open(part) as stream:
        while block := stream.read(MIB):
            done += len(block)
            if swollen(packed=part.compress_size, unpacked=done, limits=limits):
                raise refusal("swollen", packed=part.compress_size, unpacked=done)
            yield before + block
            before = block[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters, ``A`` is 1."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
