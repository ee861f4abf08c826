"""What the data allow to be said."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """``supported`` (有据): the data carry the claim; ``cannot_tell`` (无法判断): they do not."""

    SUPPORTED = "supported"
    CANNOT_TELL = "cannot_tell"
