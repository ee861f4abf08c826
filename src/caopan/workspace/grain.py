"""Whose rooms a diagnosis looks at."""

from __future__ import annotations

from enum import StrEnum


class Grain(StrEnum):
    """Whose rooms are looked at: each streamer's, or each merchant's.

    >>> Grain.MERCHANT.key
    'merchant_id'
    """

    STREAMER = "streamer"
    MERCHANT = "merchant"

    @property
    def key(self) -> str:
        """Return the column that names the subject."""
        return f"{self.value}_id"
