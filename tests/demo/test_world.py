from __future__ import annotations

import tracemalloc
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from caopan.demo.size import Size
from caopan.demo.world import World, make

UNTIL = date(2026, 5, 1)


def collected(world: World) -> dict[str, list[pa.Table]]:
    pieces: dict[str, list[pa.Table]] = {}
    for name, piece in world.chunks():
        pieces.setdefault(name, []).append(piece)
    return pieces


def test_the_same_seed_gives_the_same_world_to_the_last_cell() -> None:
    one, other = (make("toy", seed=3, until=UNTIL) for _ in range(2))

    assert collected(one) == collected(other)
    assert one.truth == other.truth


def test_walking_the_chunks_twice_gives_the_same_tables(toy: dict[str, pa.Table]) -> None:
    world = make("toy", seed=7, until=UNTIL)

    list(world.chunks())
    again = collected(world)

    assert pa.concat_tables(again["orders"]) == toy["orders"]


def test_another_seed_gives_another_world() -> None:
    one, other = (make("toy", seed=seed, until=UNTIL) for seed in (3, 4))

    assert collected(one)["orders"] != collected(other)["orders"]


def test_the_history_ends_the_day_before_until(town: dict[str, pa.Table]) -> None:
    assert town["followers_daily"]["day"].to_pylist()[179] == date(2026, 4, 30)


@pytest.mark.parametrize("seed", range(12))
def test_a_toy_of_any_seed_can_be_drawn(seed: int) -> None:
    world = make("toy", seed=seed, until=date(2026, 1 + seed % 12, 1 + seed))

    tables = collected(world)
    assert len(tables) == 16
    assert world.truth["fruit"]["viewers_after"] == 20


def test_a_tiny_world_of_two_merchants_can_be_drawn() -> None:
    size = Size(name="pair", merchants=2, days=56, sessions=20, orders=100)

    tables = collected(make(size, seed=1, until=UNTIL))

    assert tables["merchants"][0].num_rows == 2


def test_a_sparse_world_of_many_silent_merchants_can_be_drawn() -> None:
    size = Size(name="sparse", merchants=300, days=90, sessions=400, orders=6_000)

    tables = collected(make(size, seed=1, until=UNTIL))

    assert tables["merchants"][0].num_rows == 300
    assert 300 < sum(piece.num_rows for piece in tables["sessions"]) < 500


@pytest.mark.slow
def test_memory_is_bounded_by_the_block_and_not_by_the_world() -> None:
    shape = {"days": 90, "orders": 400_000, "sessions": 6_000, "block_orders": 80_000}
    world = make(Size(name="x", merchants=400, **shape), seed=1, until=UNTIL)
    pieces = []
    tracemalloc.start()
    before = pa.total_allocated_bytes()
    most = 0

    for name, piece in world.chunks():
        pieces += [piece.num_rows] if name == "orders" else []
        most = max(most, pa.total_allocated_bytes() - before)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(pieces) >= 6
    assert max(pieces) < 130_000
    assert sum(pieces) > 300_000
    assert peak + most < 200_000_000


def test_gmv_varies_within_a_host_as_much_as_real_hosts_do(town: dict[str, pa.Table]) -> None:
    sessions = town["sessions"]
    sold = np.nan_to_num(sessions["gmv"].to_numpy()).astype(float)
    host = sessions["streamer_id"].to_numpy(zero_copy_only=False)
    seconds = (sessions["ended_at"].to_numpy() - sessions["started_at"].to_numpy()).astype(
        "timedelta64[s]").astype(float)
    spread, lengths = [], []
    for name in np.unique(host):
        mine = (host == name) & (sold > 0)
        if mine.sum() >= 20:
            spread.append(sold[mine].std() / sold[mine].mean())
            lengths.append(np.log(seconds[mine]).std())

    assert len(spread) > 60
    assert 1.0 < np.median(spread) < 1.5
    assert 0.4 < np.median(lengths) < 0.7
