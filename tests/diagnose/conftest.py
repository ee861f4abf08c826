"""Small worlds written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pytest

from caopan.diagnose.cleaning import Apart, set_apart
from caopan.diagnose.diagnosis import Subject
from caopan.diagnose.facts import Scene
from caopan.diagnose.inputs import Inputs, Products, sessions
from caopan.diagnose.reading import windows
from caopan.diagnose.sides import sides
from caopan.units.period import Period

Rows = Sequence[Mapping[str, object]]
NOW = Period(start=date(2026, 3, 15), end=date(2026, 3, 29))
"""The period of the small worlds; the compared one is 1 to 15 March."""


def inputs_of(
    rows: Rows, *, products: Products | None = None, names: Sequence[str] = ("晚晚果园",),
    categories: Sequence[str | None] | None = None, currency: str = "CNY",
) -> Inputs:
    """Return inputs from rows such as ``{"at": "2026-03-02T19:30", "gmv": 500, …}``.

    ``at`` is Shanghai time; ``who`` the position of the subject, 0 where it is missing.
    """
    names_used = sorted({name for row in rows for name in row} - {"at", "who", "id"})
    return Inputs(
        subjects=tuple(Subject(kind="streamer", id=f"z{i}", name=name, currency=currency)
                       for i, name in enumerate(names)),
        categories=tuple(categories or [None] * len(names)), products=products,
        sessions=sessions(
            subject=[row.get("who", 0) for row in rows],
            session_id=[str(row.get("id", f"s{i}")) for i, row in enumerate(rows)],
            started_at=[np.datetime64(str(row["at"]), "us") - np.timedelta64(8, "h")
                        for row in rows],
            columns={name: [row.get(name) for row in rows] for name in names_used}))


def scene_of(inputs: Inputs, period: Period | None = NOW) -> Scene:
    """Return the scene of inputs in a period."""
    made = windows(inputs, period=period)
    apart = set_apart(inputs.sessions)
    side = made.side(inputs.sessions.subject, inputs.sessions.day)
    return Scene(inputs=inputs, apart=apart, windows=made, side=side,
                 sides=sides(inputs.sessions, np.where(apart == Apart.KEPT, side, -1),
                             subjects=len(inputs.subjects)))


@pytest.fixture
def make() -> Callable[..., Inputs]:
    """Return the maker of inputs."""
    return inputs_of


@pytest.fixture
def scene() -> Callable[..., Scene]:
    """Return the maker of scenes."""
    return scene_of


def fortnight(**columns: Sequence[float | None]) -> list[dict[str, object]]:
    """Return three sessions of either period: the first three values, then the last three."""
    days = ("2026-03-02", "2026-03-05", "2026-03-09", "2026-03-16", "2026-03-19", "2026-03-23")
    return [{"at": f"{day}T19:30", **{name: values[i] for name, values in columns.items()}}
            for i, day in enumerate(days)]


@pytest.fixture
def six() -> Callable[..., list[dict[str, object]]]:
    """Return the maker of three sessions a side."""
    return fortnight
