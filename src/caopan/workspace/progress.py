"""How long work says where it stands."""

from __future__ import annotations

from typing import Protocol

from caopan.units.message import Text


class Progress(Protocol):
    """A listener: the step's name, how many are done, how many there are (None: not known)."""

    def __call__(self, step: Text, done: int, total: int | None) -> None:
        """Hear that ``done`` of ``total`` pieces of one step are done."""


def silent(step: Text, done: int, total: int | None) -> None:
    """Hear and say nothing.

    >>> silent(Text(zh="读", en="read"), 1, 2)
    """
    del step, done, total
