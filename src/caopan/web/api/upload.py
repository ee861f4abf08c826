"""Uploads (上传): files that were received and wait for an import, a mapping or a report."""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from caopan.units.message import CaopanError, Message, Text

KEPT = timedelta(days=1)
LONGEST_NAME = 120
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """A folder with a folder an upload; each is forgotten after a day."""

    root: Path

    def receive(self, files: Iterable[tuple[str, BinaryIO]], *, now: datetime) -> str:
        """Keep files and return the upload's id; their names lose what is no name."""
        self.sweep(now=now)
        name = secrets.token_hex(8)
        folder = self.root / name
        folder.mkdir(parents=True)
        for number, (given, stream) in enumerate(files, start=1):
            target = folder / harmless(given)
            if target.exists():
                target = target.with_name(f"{number}-{target.name}")
            with target.open("xb") as written:
                shutil.copyfileobj(stream, written, 2**20)
        return name

    def files(self, name: str) -> list[Path]:
        """Return the files of an upload.

        Raises:
            UnknownUploadError: there is none of that id.
        """
        folder = self.root / name
        if not _ID.fullmatch(name) or not folder.is_dir():
            raise UnknownUploadError(name)
        return sorted(folder.iterdir())

    def file(self, name: str, file: str) -> Path:
        """Return one file of an upload.

        Raises:
            UnknownUploadError: there is no such file.
        """
        for path in self.files(name):
            if path.name == file:
                return path
        raise UnknownUploadError(file)

    def forget(self, name: str) -> None:
        """Let an upload's files go.

        Raises:
            UnknownUploadError: there is none of that id.
        """
        self.files(name)
        shutil.rmtree(self.root / name)

    def sweep(self, *, now: datetime) -> None:
        """Let go what nobody came back for."""
        oldest = (now - KEPT).timestamp()
        for folder in self.root.glob("*"):
            if _ID.fullmatch(folder.name) and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder)


def harmless(name: str) -> str:
    """Return a file's own name, whatever path a caller wrote before it.

    >>> harmless("../../etc/订单.csv"), harmless("..")
    ('订单.csv', 'file')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    kept = kept.strip(". ") or "file"
    suffix = PurePosixPath(kept).suffix[:12]
    return kept if len(kept) <= LONGEST_NAME else kept[:LONGEST_NAME - len(suffix)] + suffix


class UnknownUploadError(CaopanError):
    """Raised for an upload or a file of it that is not there."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_upload", values={"upload": name},
            text=Text(zh="没有上传 {upload}（上传只留一天）",
                      en="there is no upload {upload} (uploads are kept for a day)"),
            hint=Text(zh="重新上传：POST /api/uploads", en="upload again: POST /api/uploads")))
