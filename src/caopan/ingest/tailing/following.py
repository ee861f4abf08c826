"""A file that grows (追文件): read on from a place, across rotation and truncation.

A place says which file, how far, and how the file began: a file that was cut and has grown again
past the place begins otherwise, or is shorter, and is read from its beginning.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from io import BufferedReader
from pathlib import Path

MOST_LINES, MOST_BYTES, BEGINNING = 1_000, 1 << 20, 256
LONGEST_LINE = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far a file was taken; ``head``: the digest of its first ``looked`` bytes."""

    device: int
    inode: int
    offset: int
    head: str
    looked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One whole line: where it stands, and its bytes without the end."""

    offset: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that came together. ``place``: after them. ``first``: the file's own first line.

    ``gap``: what was between the last place and these lines is gone with its file.
    """

    lines: tuple[Line, ...]
    place: Place
    first: bytes
    gap: bool = False


class Following:
    """A file while it is followed.

    Args:
        path: the file; it need not be there yet.
        place: how far it was taken before; None: never.
    """

    def __init__(self, path: Path, *, place: Place | None = None) -> None:
        """Open nothing yet."""
        self._path, self._place = path, place
        self._open: BufferedReader | None = None
        self._gap = False

    def block(self) -> Block | None:
        """Return the next lines; None where nothing is new. What was returned is not again."""
        while True:
            file = self._file()
            if file is None:
                return None
            found = self._lines(file)
            if found:
                return self._told(file, found)
            if not self._moved(file):
                return None
            self.close()

    def close(self) -> None:
        """Let the file go."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _file(self) -> BufferedReader | None:
        if self._open is None:
            self._open = self._opened()
        elif _size(self._open) < self._open.tell():  # it was cut while it was open
            self._open.seek(0)
        return self._open

    def _opened(self) -> BufferedReader | None:
        """Open the file of the place where it left off, else the file itself from its beginning."""
        place, self._place = self._place, None
        if place is not None:
            for path in (self._path, *_beside(self._path)):
                if _is(path, place):
                    file = path.open("rb")
                    if _begins(file, place.looked) == place.head and _size(file) >= place.offset:
                        file.seek(place.offset)
                        return file
                    file.close()
            self._gap = True
        return self._path.open("rb") if self._path.is_file() else None

    def _lines(self, file: BufferedReader) -> list[Line]:
        """Return whole lines; what has no end yet is left where it is."""
        found: list[Line] = []
        offset = began = file.tell()
        while len(found) < MOST_LINES and offset - began < MOST_BYTES:
            body = file.readline(LONGEST_LINE)
            if not body.endswith(b"\n") and len(body) < LONGEST_LINE:
                file.seek(offset)
                break
            found.append(Line(offset=offset, body=body.rstrip(b"\r\n")))
            offset += len(body)
        return found

    def _told(self, file: BufferedReader, lines: list[Line]) -> Block:
        stat, offset = os.fstat(file.fileno()), file.tell()
        looked = min(offset, BEGINNING)
        place = Place(device=stat.st_dev, inode=stat.st_ino, offset=offset, looked=looked,
                      head=_begins(file, looked))
        first = _peek(file, LONGEST_LINE).partition(b"\n")[0].rstrip(b"\r")
        gap, self._gap = self._gap, False
        return Block(lines=tuple(lines), place=place, first=first, gap=gap)

    def _moved(self, file: BufferedReader) -> bool:
        """Return whether the name now leads to another file; the old one was read to its end."""
        try:
            now = self._path.stat()
        except OSError:
            return False
        held = os.fstat(file.fileno())
        return (now.st_dev, now.st_ino) != (held.st_dev, held.st_ino)


def kept(path: Path) -> Place | None:
    """Return the place that a file keeps; None where there is none that can be read."""
    try:
        return Place(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep(path: Path, place: Place) -> None:
    """Keep a place: wholly, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(place), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _size(file: BufferedReader) -> int:
    return os.fstat(file.fileno()).st_size


def _begins(file: BufferedReader, looked: int) -> str:
    return blake2b(_peek(file, looked), digest_size=8).hexdigest()


def _peek(file: BufferedReader, size: int) -> bytes:
    """Return how a file begins; where it stands stays."""
    at = file.tell()
    file.seek(0)
    found = file.read(size)
    file.seek(at)
    return found


def _is(path: Path, place: Place) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == (place.device, place.inode)


def _beside(path: Path) -> Iterator[Path]:
    """Yield what stands beside a file under a name that begins as its own: what it was renamed."""
    try:
        yield from sorted(one for one in path.parent.iterdir() if one != path and one.is_file()
                          and one.name.startswith(path.stem))
    except OSError:
        return
