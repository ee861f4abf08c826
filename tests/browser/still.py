"""A clock that stands still, so that the same page is the same picture on every day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Self

from caopan.units import clock

MOMENT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai, the day after the synthetic world ends."""


class Still(datetime):
    """A datetime class for which it is always the same moment."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(MOMENT.timestamp(), tz)


@contextmanager
def still() -> Iterator[None]:
    """Stop the clock of this process for as long as the block runs."""
    moving = clock.datetime
    clock.datetime = Still
    try:
        yield
    finally:
        clock.datetime = moving
