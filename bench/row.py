"""One line of the table that ``make bench`` prints."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured, what it is held against, and the limit of their ratio or of itself."""

    name: str
    ours: float
    theirs: float | None
    limit: float
    unit: str = "s"

    @property
    def figure(self) -> float:
        """Return the ratio to the hand-written way, or the figure itself where there is none."""
        return self.ours / self.theirs if self.theirs else self.ours

    def line(self) -> str:
        """Return the row as text."""
        against = f"{self.theirs:9.2f} {self.unit}" if self.theirs else " " * 11
        kind = "×" if self.theirs else self.unit
        mark = "ok  " if self.figure <= self.limit else "OVER"
        return (f"{mark}  {self.name:<58} {self.ours:9.2f} {self.unit} {against}   "
                f"{self.figure:8.2f} {kind} (limit {self.limit:g} {kind})")


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of several calls."""
    return min(seconds(work) for _ in range(times))


def peak_gib() -> float:
    """Return this process's peak memory in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
