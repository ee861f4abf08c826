"""Worlds that several tests look at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pytest

from caopan.demo.size import Size
from caopan.demo.world import World, make

UNTIL = date(2026, 5, 1)

TOWN = Size(name="town", merchants=90, days=180, sessions=9_000, orders=180_000, goods=10.0,
            block_orders=200_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A world and its tables, whole."""

    world: World
    tables: dict[str, pa.Table]

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[name]


def draw(size: str | Size, *, seed: int) -> Drawn:
    world = make(size, seed=seed, until=UNTIL)
    pieces = defaultdict(list)
    for name, piece in world.chunks():
        pieces[name].append(piece)
    return Drawn(world=world, tables={name: pa.concat_tables(p) for name, p in pieces.items()})


@pytest.fixture(scope="session")
def toy() -> Drawn:
    """Return the toy world."""
    return draw("toy", seed=7)


@pytest.fixture(scope="session")
def town() -> Drawn:
    """Return a world of ninety merchants, in two blocks."""
    return draw(TOWN, seed=11)
