"""The level of a range (区间水平) that is asked for: refused where no range has it."""

from __future__ import annotations

from caopan.units.message import CaopanError, Message, Text


def check_level(level: float) -> None:
    """Refuse a level that no range has.

    >>> check_level(0.8)

    Raises:
        RangeLevelError: it is not between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise RangeLevelError(level)


class RangeLevelError(CaopanError):
    """Raised for a level that no range has."""

    usage = True

    def __init__(self, asked: float) -> None:
        """Name it."""
        super().__init__(Message(
            key="level_out_of_range", values={"asked": asked},
            text=Text(zh="区间水平 {asked} 不行", en="no range of level {asked} can be told"),
            hint=Text(zh="写大于 0、小于 1 的数，例如 0.8",
                      en="write more than 0 and less than 1, for example 0.8")))
