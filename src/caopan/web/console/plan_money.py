"""Amounts that a page's what-if asks for, and how long an answer about the future holds."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from caopan.units.money import minor_of

_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{1,2})?)\s*(万|[kK]|[mM])?")
_TIMES = {"": 1, "万": 10_000, "k": 1_000, "m": 1_000_000}


def asked_amount(text: str | None) -> int | None:
    """Return an amount in minor units as a person writes it; None where it is none.

    >>> asked_amount("1.5万"), asked_amount("20,000"), asked_amount("2k"), asked_amount("-3")
    (1500000, 2000000, 200000, None)
    """
    found = _AMOUNT.fullmatch((text or "").replace(",", "").replace("¥", "").strip())
    if found is None:
        return None
    return minor_of(Decimal(found[1]) * _TIMES[(found[2] or "").lower()])


def hour_of(now: datetime) -> str:
    """Return the hour up to which an answer about what is to come is kept.

    >>> from datetime import UTC
    >>> hour_of(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    '2026-03-01 09'
    """
    return now.strftime("%Y-%m-%d %H")
