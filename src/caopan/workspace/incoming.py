"""Files on their way in (来件): received whole, kept a day, never trusted."""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter

from caopan.ingest.correction import Correction
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.folder import UnusableFolderError

KEPT = timedelta(days=1)
"""How long an upload that nobody finished is kept."""
GIB = 2**30
FILE_MOST = 8 * GIB
UPLOAD_MOST = 24 * GIB
FILES_MOST = 1_000
"""Bounds of one upload: bytes of a file, bytes of all, files."""
LOOK = "look.json"
"""What an upload was found to do, beside its files."""
CLUTTER = frozenset({"thumbs.db", "desktop.ini"})
"""What systems leave in folders beside what is hidden."""
NAME_MOST = 150
"""Bytes of a file's name that are kept."""
_ID = re.compile(r"[0-9a-f]{16}")
_ODD = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person says about the files of an upload; empty where nothing was said."""

    account: str = ""
    timezone: str = ""
    year: int | None = None
    currency: str = ""
    leave: tuple[str, ...] = ()
    """Names of files that stay out."""
    years: dict[str, int] = field(default_factory=dict)
    """The year of dates without one, of single files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """One file as it was received."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One upload (一批文件): what was received, what was said of it, which work is under way.

    ``corrections`` is what a person wrote in place of single cells, ``job`` the work that was last
    begun for it; ``batch`` the import it has become.
    """

    id: str
    began_at: datetime
    answers: Answers = field(default_factory=Answers)
    corrections: tuple[Correction, ...] = ()
    job: str | None = None
    batch: int | None = None

    def document(self, files: Sequence[UploadedFile]) -> dict[str, object]:
        """Return the upload as JSON, with the files that it holds."""
        said = self.answers
        return {"upload": self.id, "began_at": self.began_at, "batch": self.batch,
                "job": self.job,
                "files": [{"name": file.name, "bytes": file.size} for file in files],
                "answers": {"account": said.account or None, "timezone": said.timezone or None,
                            "year": said.year, "currency": said.currency or None,
                            "leave": list(said.leave), "years": said.years},
                "corrections": [one.document() for one in self.corrections]}


_UPLOAD = TypeAdapter(Upload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """The shelf of uploads: one folder each, ``incoming/<id>`` in the workspace."""

    root: Path

    def begin(self, *, now: datetime) -> Upload:
        """Make room for a new upload, and clear away what nobody came back for.

        Raises:
            UnusableFolderError: the disk does not take it.
        """
        self.sweep(now=now)
        upload = Upload(id=secrets.token_hex(8), began_at=now)
        try:
            self.files(upload.id).mkdir(parents=True)
            self.keep(upload)
        except OSError as fault:
            raise UnusableFolderError(self.root, fault) from fault
        return upload

    def get(self, name: str) -> Upload:
        """Return an upload.

        Raises:
            UnknownUploadError: there is none of that id, or it was cleared away.
        """
        note = self.folder(name) / "upload.json"
        if not _ID.fullmatch(name) or not note.is_file():
            raise UnknownUploadError
        return _UPLOAD.validate_json(note.read_bytes())

    def keep(self, upload: Upload) -> None:
        """Write down how an upload stands, all or nothing."""
        self.write(upload.id, "upload.json", _UPLOAD.dump_json(upload))

    def folder(self, name: str) -> Path:
        """Return the folder of one upload."""
        return self.root / name

    def files(self, name: str) -> Path:
        """Return the folder of an upload's files; nothing else lies in it."""
        return self.folder(name) / "files"

    def listed(self, name: str) -> tuple[UploadedFile, ...]:
        """Return the files that arrived whole, by name."""
        found = sorted(path for path in self.files(name).glob("*") if path.is_file())
        return tuple(UploadedFile(name=path.name, size=path.stat().st_size) for path in found)

    def open(self) -> tuple[Upload, ...]:
        """Return the uploads that still hold files and are no import yet, newest first."""
        found = [self.get(path.name) for path in self.root.glob("*")
                 if _ID.fullmatch(path.name) and (path / "upload.json").is_file()]
        waiting = [upload for upload in found if upload.batch is None and self.listed(upload.id)]
        return tuple(sorted(waiting, key=lambda upload: upload.began_at, reverse=True))

    def receive(self, name: str, file: str) -> Receiving:
        """Return where one file is written to, under a harmless name; an earlier look is forgotten.

        Raises:
            TooMuchError: the upload holds as many files or bytes as it may.
        """
        self.forget(name)
        held = self.listed(name)
        if len(held) >= FILES_MOST:
            raise TooMuchError(Bound.FILES, FILES_MOST)
        taken = {each.name for each in held}
        left = UPLOAD_MOST - sum(each.size for each in held)
        return Receiving(target=self.files(name) / unused(plain_name(file), taken=taken),
                         parts=self.folder(name), most=min(FILE_MOST, left))

    def forget(self, name: str) -> None:
        """Let go of the last look: what nobody has seen is not taken in."""
        (self.folder(name) / LOOK).unlink(missing_ok=True)

    def finished(self, upload: Upload, *, batch: int) -> None:
        """Note which import an upload became, and let its files go."""
        self.keep(replace(upload, batch=batch, corrections=()))
        shutil.rmtree(self.files(upload.id), ignore_errors=True)

    def discard(self, name: str) -> None:
        """Remove an upload with everything in it."""
        shutil.rmtree(self.folder(self.get(name).id))

    def sweep(self, *, now: datetime) -> None:
        """Remove what has lain here longer than it is kept."""
        for path in self.root.glob("*"):
            if now.timestamp() - path.stat().st_mtime > KEPT.total_seconds():
                shutil.rmtree(path, ignore_errors=True)

    def write(self, name: str, file: str, body: bytes) -> None:
        """Write one of an upload's own notes, all or nothing."""
        path = self.folder(name) / file
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.write_bytes(body)
        fresh.replace(path)


class Bound(StrEnum):
    """What an upload may have only so much of."""

    BYTES = "bytes"
    FILES = "files"


_BOUNDS: dict[Bound, Text] = {
    Bound.BYTES: Text(zh="文件大于 {size}，没有接收",
                      en="the file is larger than {size}; it was not received"),
    Bound.FILES: Text(zh="一批最多 {size} 个文件", en="an upload holds at most {size} files"),
}


class Receiving:
    """One file while it arrives; it exists only once it is whole.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with Receiving(target=folder / "a.csv", parts=folder, most=9) as receiving:
    ...     receiving.write(b"a,b")
    >>> (folder / "a.csv").read_bytes()
    b'a,b'
    """

    def __init__(self, *, target: Path, parts: Path, most: int) -> None:
        """Open a part beside the files."""
        self.target, self.most, self.size = target, most, 0
        self._part = parts / f"{secrets.token_hex(8)}.part"
        try:
            self._stream = self._part.open("xb")
        except OSError as fault:
            raise UnusableFolderError(parts, fault) from fault

    def write(self, block: bytes) -> None:
        """Take in the next bytes.

        Raises:
            TooMuchError: the file is larger than it may be.
            UnusableFolderError: the disk is full, or does not take them.
        """
        self.size += len(block)
        if self.size > self.most:
            raise TooMuchError(Bound.BYTES, self.most)
        try:
            self._stream.write(block)
        except OSError as fault:
            raise UnusableFolderError(self._part.parent, fault) from fault

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        """Put the whole file in its place, or leave nothing."""
        try:
            self._stream.close()
            if kind is None:
                self._part.replace(self.target)
        except OSError as fault:
            raise UnusableFolderError(self._part.parent, fault) from fault
        finally:
            self._part.unlink(missing_ok=True)


def plain_name(name: str) -> str:
    r"""Return a file's name without folders, control characters or anything a system treats apart.

    >>> plain_name("../../etc/pass\nwd"), plain_name("C:\\data\\.订单 表.csv"), plain_name("..")
    ('pass_wd', '订单 表.csv', 'file')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _ODD.sub("_", last).lstrip(".~$ ").rstrip(". ") or "file"
    stem, dot, suffix = plain.rpartition(".")
    if not dot:
        stem, suffix = plain, ""
    ending = (dot + suffix)[:20]
    room = NAME_MOST - len(ending.encode())
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + ending


def is_clutter(name: str) -> bool:
    """Return whether a file is what a system leaves in a folder, and nobody's export.

    >>> is_clutter("7月/.DS_Store"), is_clutter("~$订单.xlsx"), is_clutter("订单.csv")
    (True, True, False)
    """
    last = re.split(r"[/\\]", name)[-1]
    return last.startswith((".", "~$")) or last.casefold() in CLUTTER


def unused(name: str, *, taken: set[str]) -> str:
    """Return a name that is not taken, told apart by a number before its ending.

    >>> unused("a.csv", taken={"a.csv", "a (2).csv"})
    'a (3).csv'
    """
    stem, dot, suffix = name.partition(".")
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{stem} ({number}){dot}{suffix}"
    return found


class UnknownUploadError(CaopanError):
    """Raised for an upload that is not there any more."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(Message(
            key="unknown_upload",
            text=Text(zh="这一批文件已经不在了：没有完成的上传只留一天",
                      en="these files are gone: an unfinished upload is kept for one day"),
            hint=Text(zh="回到导入中心再放一次", en="go back to the import centre and drop them "
                                                "again")))


class TooMuchError(CaopanError):
    """Raised where an upload is larger than it may be."""

    usage = True

    def __init__(self, bound: Bound, most: int) -> None:
        """Name the bound."""
        size = f"{most / GIB:.3g} GiB" if bound is Bound.BYTES else str(most)
        super().__init__(Message(
            key="upload_too_large", text=_BOUNDS[bound], values={"size": size, "most": most},
            hint=Text(zh="分成几次导入；更大的文件用命令行：caopan import 文件",
                      en="import it in several goes; for larger files use the command line: "
                         "caopan import FILE")))
