"""The table of false alarms, and its promise as rows: one subject in ten at most."""

from __future__ import annotations

from collections.abc import Iterator

from bench.false_alarms import SUBJECTS, table
from bench.row import Row

LIMIT = 0.125
"""One subject in ten, and two standard errors of what a few hundred subjects can show."""


def rows(subjects: int = SUBJECTS) -> Iterator[Row]:
    """Print the table, then yield the share of subjects with a false alarm, world by world."""
    for name, made in table(subjects).items():
        yield Row(name=f"false alarms a subject: {name}", ours=made.alarmed, theirs=None,
                  limit=LIMIT, unit=" ")
