"""The safe (密钥): secrets from the environment or a file of one's own, and nowhere else.

The file is TOML, one name a line; it is read anew when it has changed, so that a renewed token
needs no restart. One that others may read is refused as a whole.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.units.message import CaopanError, Message, Text

FILE, FILE_SETTING = "secrets.toml", "CAOPAN_SECRETS"
HIDDEN = "•••"
SHORTEST = 6
"""What is shorter is no secret, and would be found in every text."""


@dataclass(slots=True)
class Safe:
    """Where connectors find what only they may know; its text never shows a value.

    ``environ``: names and values of the process. ``file``: the file of secrets; None: none.
    """

    environ: Mapping[str, str] = field(repr=False)
    file: Path | None = None
    _read: tuple[tuple[int, int], dict[str, str]] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, folder: Path, *, environ: Mapping[str, str]) -> Safe:
        """Return the safe of a workspace: its own file, or the one that the environment names."""
        return cls(environ, Path(environ.get(FILE_SETTING) or folder / FILE))

    def get(self, name: str) -> str | None:
        """Return a value; the environment goes before the file.

        >>> Safe({"CAOPAN_X": "1"}).get("CAOPAN_X")
        '1'

        Raises:
            LooseFileError: others may read the file.
        """
        found = self.environ.get(name) or self._file().get(name)
        return found.strip() if found and found.strip() else None

    def need(self, name: str) -> str:
        """Return a value.

        Raises:
            FeedError: it is not set.
            LooseFileError: others may read the file.
        """
        found = self.get(name)
        if found is None:
            raise FeedError(Cause.UNSET, name)
        return found

    def hide(self, text: str, *, names: tuple[str, ...]) -> str:
        """Return a text without the values of some names, however they are written in it.

        >>> Safe({"CAOPAN_X": "s3cret+1"}).hide("no s3cret%2B1 here", names=("CAOPAN_X",))
        'no ••• here'
        """
        for name in names:
            value = self.get(name) or ""
            if len(value) >= SHORTEST:
                for written in {value, quote(value, safe=""), quote(value)}:
                    text = text.replace(written, HIDDEN)
        return text

    def _file(self) -> dict[str, str]:
        if self.file is None or not self.file.is_file():
            return {}
        found = self.file.stat()
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
            raise LooseFileError(self.file)
        mark = (found.st_mtime_ns, found.st_size)
        if self._read is None or self._read[0] != mark:
            self._read = (mark, _values(self.file))
        return self._read[1]


def _values(file: Path) -> dict[str, str]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        # what is wrong with it would quote it
        raise FeedError(Cause.UNSET, f"{file.name}: not TOML") from None
    return {name: str(value) for name, value in read.items() if isinstance(value, str | int)}


class LooseFileError(CaopanError):
    """Raised for a file of secrets that others may read."""

    def __init__(self, file: Path) -> None:
        """Name the file."""
        super().__init__(Message(
            key="loose_secrets", values={"file": str(file)},
            text=Text(zh="密钥文件 {file} 别人也能读，没有用它",
                      en="others may read the file of secrets {file}; it was not used"),
            hint=Text(zh="chmod 600 {file}", en="chmod 600 {file}")))
