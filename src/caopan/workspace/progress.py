"""How long work says where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol, Self

from caopan.units.message import Text

KB, MB = 10**3, 10**6
LARGE = 10 * MB
"""Bytes from which megabytes are counted."""


class Progress(Protocol):
    """A listener: the step's name, how many are done, how many there are (None: not known)."""

    def __call__(self, step: Text, done: int, total: int | None) -> None:
        """Hear that ``done`` of ``total`` pieces of one step are done."""


def silent(step: Text, done: int, total: int | None) -> None:
    """Hear and say nothing.

    >>> silent(Text(zh="读", en="read"), 1, 2)
    """
    del step, done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class BytesRead:
    """How far files are read one after another: told in kilobytes, or in megabytes of many.

    >>> told = []
    >>> files = BytesRead.of([4_000, 12_000], lambda *said: told.append(said))
    >>> files.reached(1, 0.5)
    >>> told[0][0].en, told[0][1:]
    ('reading file 2 of 2; kB read', (10, 16))
    """

    progress: Progress
    ends: tuple[int, ...]
    """Bytes of the files up to and including each."""

    @classmethod
    def of(cls, sizes: Sequence[int], progress: Progress) -> Self:
        """Return the account of files of these sizes in bytes."""
        return cls(progress=progress, ends=tuple(accumulate(sizes)))

    def reached(self, file: int, share: float) -> None:
        """Hear that a share (0-1) of one file, counted from 0, and all before it are read."""
        before, total = self.ends[file - 1] if file else 0, self.ends[-1]
        unit, word = (MB, "MB") if total >= LARGE else (KB, "kB")
        done = before + share * (self.ends[file] - before)
        step = Text(zh=f"读第 {file + 1} 个文件，共 {len(self.ends)} 个；已读（{word}）",
                    en=f"reading file {file + 1} of {len(self.ends)}; {word} read")
        self.progress(step, int(done / unit), max(-(-total // unit), 1))
