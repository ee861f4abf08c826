"""What a number counts."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """The unit (单位) of a metric's value; inside the system ratios are 0-1, money is minor units.

    ``money`` is an amount, or an amount per something the metric's name says (per buyer, per
    hour, per 1,000 views); ``ratio`` is a share of a whole or a rate; ``times`` a multiple such as
    ROI or units per order.
    """

    MONEY = "money"
    RATIO = "ratio"
    TIMES = "times"
    COUNT = "count"
    PEOPLE = "people"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
