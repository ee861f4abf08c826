"""What can be wrong with one cell."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt


class Fault(IntEnum):
    """Why a cell was refused (坏单元格); 0 is a good cell."""

    NONE = 0
    UNREADABLE_NUMBER = 1
    UNREADABLE_TIME = 2
    UNREADABLE_DURATION = 3
    UNREADABLE_FLAG = 4
    UNKNOWN_CHOICE = 5
    TOO_FINE = 6
    NOT_FINITE = 7
    NOT_WHOLE = 8
    NEGATIVE = 9
    TOO_LARGE = 10
    IMPOSSIBLE_DATE = 11
    AMBIGUOUS_DATE = 12
    NO_YEAR = 13
    FUTURE = 14
    DAMAGED_ID = 15
    OTHER_CURRENCY = 16
    UNKNOWN_CURRENCY = 17
    MISSING = 18
    TOO_LONG = 19


Codes = npt.NDArray[np.uint8]
"""One fault a row, shape (n,)."""


def clean(length: int) -> Codes:
    """Return codes that say every cell is good.

    >>> clean(2).tolist()
    [0, 0]
    """
    return np.zeros(length, dtype=np.uint8)


def worst(first: Codes, second: Codes) -> Codes:
    """Return for each row the first fault that is set.

    >>> worst(clean(1), clean(1) + np.uint8(Fault.FUTURE)).tolist()
    [14]
    """
    return np.where(first, first, second)
