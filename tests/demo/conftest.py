"""Worlds that several tests look at."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pyarrow as pa
import pytest

from caopan.demo.size import Size
from caopan.demo.world import World, make

UNTIL = date(2026, 5, 1)

TOWN = Size(name="town", merchants=90, days=180, sessions=9_000, orders=180_000, goods=10.0,
            block_orders=200_000)


def draw(world: World) -> dict[str, pa.Table]:
    pieces = defaultdict(list)
    for name, piece in world.chunks():
        pieces[name].append(piece)
    return {name: pa.concat_tables(p) for name, p in pieces.items()}


@pytest.fixture(scope="session")
def toy() -> dict[str, pa.Table]:
    """Return the tables of the toy world."""
    return draw(make("toy", seed=7, until=UNTIL))


@pytest.fixture(scope="session")
def town_world() -> World:
    """Return a world of ninety merchants, in two blocks."""
    return make(TOWN, seed=11, until=UNTIL)


@pytest.fixture(scope="session")
def town(town_world: World) -> dict[str, pa.Table]:
    """Return the tables of the world of ninety merchants."""
    return draw(town_world)
