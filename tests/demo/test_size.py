from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from caopan.demo.size import SIZES, Size, UnknownSizeError, WorldTooSmallError, size_named
from caopan.demo.world import make


def test_the_named_sizes_go_from_a_first_run_to_a_platform() -> None:
    assert list(SIZES) == ["toy", "small", "medium", "large"]
    assert [size.merchants for size in SIZES.values()] == [6, 60, 1_000, 50_000]
    assert (SIZES["large"].orders, SIZES["large"].sessions) == (20_000_000, 200_000)


def test_the_toy_has_eight_hosts_for_six_merchants() -> None:
    assert size_named("toy").hosts == 8


def test_an_unknown_size_is_refused_with_the_sizes_there_are() -> None:
    with pytest.raises(UnknownSizeError) as refused:
        make("huge", seed=1, until=date(2026, 5, 1))

    assert refused.value.message.say("zh") == "没有名为 huge 的合成数据规模"
    assert "toy" in (refused.value.message.advise("en") or "")


@pytest.mark.parametrize(("merchants", "days", "knob"), [(1, 90, "merchants"), (9, 55, "days")])
def test_a_world_too_small_for_a_comparison_is_refused(
    merchants: int, days: int, knob: str,
) -> None:
    with pytest.raises(WorldTooSmallError) as refused:
        Size(name="x", merchants=merchants, days=days, sessions=100, orders=1_000)

    assert refused.value.message.values["knob"] == knob


def test_the_toy_comes_near_the_orders_and_shows_it_aims_at(toy: dict[str, pa.Table]) -> None:
    assert 0.75 < toy["sessions"].num_rows / SIZES["toy"].sessions < 1.25
    assert 0.6 < toy["orders"].num_rows / SIZES["toy"].orders < 1.5
