"""Which part of a long list is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Query

LAST, LARGEST, USUAL = 1_000_000, 500, 50
One = TypeVar("One")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """A page of a list, counted from 1."""

    number: int
    size: int

    @property
    def skipped(self) -> int:
        """Return how many stand before the page.

        >>> Paging(number=3, size=50).skipped
        100
        """
        return (self.number - 1) * self.size

    def cut(self, rows: Sequence[One]) -> Sequence[One]:
        """Return the page of a list.

        >>> Paging(number=2, size=2).cut([1, 2, 3])
        [3]
        """
        return rows[self.skipped:self.skipped + self.size]

    def document(self) -> dict[str, int]:
        """Return it as JSON."""
        return {"page": self.number, "size": self.size}


def paging(page: Annotated[int, Query(ge=1, le=LAST)] = 1,
           size: Annotated[int, Query(ge=1, le=LARGEST)] = USUAL) -> Paging:
    """Return the page that a call asks for.

    >>> paging(2, 50).skipped
    50
    """
    return Paging(number=page, size=size)


Paged = Annotated[Paging, Depends(paging)]
