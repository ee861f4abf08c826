"""What a number counts."""

from __future__ import annotations

from enum import StrEnum

MINOR = 100
"""Minor units in a major one, whatever the currency."""


class Unit(StrEnum):
    """The unit (单位) of a metric's value; inside the system ratios are 0-1, money is minor units.

    ``money`` is an amount, or an amount per something the metric's name says (per buyer, per
    hour, per 1,000 views); ``units`` are items sold (件), where sales are counted and not priced;
    ``ratio`` is a share of a whole or a rate; ``times`` a multiple such as ROI or units per order.
    """

    MONEY = "money"
    UNITS = "units"
    RATIO = "ratio"
    TIMES = "times"
    COUNT = "count"
    PEOPLE = "people"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"

    @property
    def parts(self) -> int:
        """Return how many of what is stored make one of what is read: 100 for money, else 1.

        >>> Unit.MONEY.parts, Unit.UNITS.parts
        (100, 1)
        """
        return MINOR if self is Unit.MONEY else 1
