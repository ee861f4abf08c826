"""The files that the given paths lead to."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from caopan.facts.issue import Issue, Level
from caopan.ingest.damage import damaged, unopened
from caopan.ingest.limits import LIMITS, Limits, swollen
from caopan.ingest.messages import FileRefusedError, message, refusal
from caopan.ingest.sniff import HEAD, Form, form

_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})
"""What systems leave in folders beside what is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One file to read (找到的文件): on disk, or inside an archive.

    ``name`` is what issues call it, ``open`` begins it anew each time; the stream is seekable
    unless the file lies in an archive. ``length`` is how many bytes ``open`` gives, where these
    are not ``size``.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    length: int | None = None

    @property
    def holds(self) -> int:
        """How many bytes it gives, as far as that is known."""
        return self.size if self.length is None else self.length


def on_disk(path: Path) -> Found:
    """Return one file on disk.

    >>> on_disk(Path(__file__)).name.endswith("found.py")
    True

    Raises:
        FileRefusedError: it is a pipe, a device, or anything else without an end of its own.
        OSError: it is not there, or the system does not let it be looked at.
    """
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise refusal(key="not_regular", path=str(path))
    return Found(name=str(path), size=path.stat().st_size, open=lambda: path.open("rb"))


def walk(paths: Iterable[Path], *, limits: Limits = LIMITS) -> tuple[list[Found], list[Issue]]:
    """Return every file under the paths, sorted, each once, and what could not be entered.

    Folders are walked whole; hidden files and links that lead out of the given folder are left;
    zip archives of exports are entered.

    >>> walk([Path("/no/such")])[1][0].message.key
    'no_such_path'
    """
    files, issues, seen = [], [], set()
    for root in paths:
        for path, problem in _under(root):
            if problem:
                issues.append(problem)
            elif path.resolve() not in seen:
                seen.add(path.resolve())
                found, wrong = _entered(path, limits)
                files += found
                issues += wrong
    return files, issues


def head(found: Found) -> bytes:
    """Return the first bytes of a file.

    >>> head(on_disk(Path(__file__)))[:3]
    b'\"\"\"'
    """
    with found.open() as stream:
        return stream.read(HEAD)


def seekable(found: Found, *, limits: Limits = LIMITS) -> BinaryIO:
    """Return the file as a stream that can seek; what lies in an archive comes into memory.

    Raises:
        FileRefusedError: it is larger than a workbook may be.
    """
    if found.size > limits.workbook:
        raise refusal(key="too_big", n=found.size, most=limits.workbook)
    stream = found.open()
    if stream.seekable():
        return stream
    with stream:
        body = stream.read(limits.workbook + 1)
    if len(body) > limits.workbook:
        raise refusal(key="too_big", n=len(body), most=limits.workbook)
    return io.BytesIO(body)


class Bounded(io.RawIOBase):
    """A stream of unpacked bytes that stops when they are abnormally many."""

    def __init__(self, raw: BinaryIO, *, packed: int, limits: Limits = LIMITS,
                 below: BinaryIO | None = None) -> None:
        """Read ``raw``, which was ``packed`` bytes before unpacking, out of ``below``."""
        self._raw, self._below, self._limits = raw, below, limits
        self._packed, self._done = packed, 0

    @property
    def share(self) -> float | None:
        """How much of what is packed was read, 0-1; None where that is not known."""
        if self._below is None or not self._below.seekable():
            return None
        return min(self._below.tell() / max(self._packed, 1), 1.0)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; all for a negative size."""
        if size < 0:
            return b"".join(iter(lambda: self.read(HEAD), b""))
        try:
            block = self._raw.read(size)
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise damaged(error) from None
        self._done += len(block)
        if swollen(packed=self._packed, unpacked=self._done, limits=self._limits):
            raise refusal(key="swollen", packed=self._packed, unpacked=self._done)
        return block

    def close(self) -> None:
        """Close the streams below as well."""
        self._raw.close()
        if self._below is not None:
            self._below.close()
        super().close()


def unzipped(found: Found, *, limits: Limits = LIMITS) -> Found:
    """Return what a gzip file holds, unpacked while it is read."""
    def opened() -> BinaryIO:
        packed = found.open()
        return cast("BinaryIO", Bounded(cast("BinaryIO", gzip.open(packed)), packed=found.size,
                                        limits=limits, below=packed))
    return Found(name=found.name, size=found.size, open=opened)


def _under(root: Path) -> Iterator[tuple[Path, Issue | None]]:
    try:
        mode = root.stat().st_mode
    except FileNotFoundError:
        yield root, _issue("no_such_path", root, path=str(root))
        return
    except OSError as error:
        yield root, _unopened(root, error)
        return
    if not stat.S_ISDIR(mode):
        yield root, _irregular(root, mode)
        return
    inside = root.resolve()
    for path in sorted(root.rglob("*")):
        if any(part.startswith((".", "~$")) for part in path.relative_to(root).parts) or (
                path.name.casefold() in _CLUTTER):
            continue
        problem = _odd(path, inside)
        if problem or path.is_file():
            yield path, problem


def _odd(path: Path, inside: Path) -> Issue | None:
    """Return why something inside a folder is not read; None for its files and folders."""
    try:
        mode = path.stat().st_mode
        if not path.resolve().is_relative_to(inside):
            return _issue("leads_outside", path, path=str(path))
    except FileNotFoundError:
        return _issue("no_such_path", path, path=str(path))
    except OSError as error:
        return _unopened(path, error)
    return None if stat.S_ISDIR(mode) else _irregular(path, mode)


def _irregular(path: Path, mode: int) -> Issue | None:
    return None if stat.S_ISREG(mode) else _issue("not_regular", path, path=str(path))


def _unopened(path: Path, error: OSError) -> Issue:
    return Issue(level=Level.ERROR, message=unopened(error, path=str(path)), file=str(path))


def _entered(path: Path, limits: Limits) -> tuple[list[Found], list[Issue]]:
    """Return the file itself, or the files of an archive."""
    try:
        found = on_disk(path)
        with found.open() as stream:
            first = stream.read(HEAD)
            if not first.startswith(b"PK") or form(first, stream) is not Form.ZIP:
                return [found], []
        return _entries(path, limits)
    except FileRefusedError:
        return [on_disk(path)], []
    except OSError as error:
        return [], [_unopened(path, error)]


def _entries(path: Path, limits: Limits) -> tuple[list[Found], list[Issue]]:
    files, issues = [], []
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.entries:
        return [], [_issue("archive_too_many", path, n=len(entries), most=limits.entries)]
    for entry in sorted(entries, key=lambda entry: entry.filename):
        parts = PurePosixPath(entry.filename).parts
        if any(part.startswith((".", "__MACOSX", "~$")) and part != ".." for part in parts) or (
                parts and parts[-1].casefold() in _CLUTTER):
            continue
        unsafe = ".." in parts or entry.filename.startswith("/") or entry.flag_bits & 1
        if unsafe or entry.filename.lower().endswith(".zip"):
            issues.append(_issue("archive_entry", path, entry=entry.filename))
        else:
            files.append(_entry(path, entry, limits))
    return files, issues


def _entry(path: Path, entry: zipfile.ZipInfo, limits: Limits) -> Found:
    def opened() -> BinaryIO:
        archive = zipfile.ZipFile(path)
        stream = archive.open(entry)
        archive.close()
        return cast("BinaryIO", Bounded(cast("BinaryIO", stream), packed=entry.compress_size,
                                        limits=limits))
    return Found(name=f"{path}/{entry.filename}", size=entry.compress_size, open=opened,
                 length=entry.file_size)


def _issue(key: str, where: Path, /, **values: object) -> Issue:
    return Issue(level=Level.ERROR, message=message(key, **values), file=str(where))
