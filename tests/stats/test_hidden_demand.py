from __future__ import annotations

import numpy as np
import pytest

from caopan.stats.hidden_demand import drawn_beyond, drawn_hidden, expected_hidden, shape_of


def test_how_lucky_a_show_was_until_it_sold_out_counts_for_the_rest() -> None:
    sold = np.array([0.0, 4.0, 12.0])

    found = expected_hidden(sold, np.full(3, 4.0), np.full(3, 2.0), 4.0)

    assert found.tolist() == [1.0, 2.0, 4.0]  # 2 * (4 + sold) / (4 + 4)


def test_demand_cut_off_by_stock_is_put_right_where_scaling_overshoots() -> None:
    rng = np.random.default_rng(3)
    wanted = rng.poisson(10.0 * rng.gamma(3.0, 1 / 3.0, 4_000))
    stock = rng.integers(3, 15, 4_000)
    gone = np.array([np.sort(rng.random(n))[s - 1] if n >= s else 1.0
                     for n, s in zip(wanted, stock, strict=True)])
    sold = np.minimum(wanted, stock).astype(np.float64)

    told = sold + expected_hidden(sold, 10.0 * gone, 10.0 * (1.0 - gone), 3.0)

    assert told.mean() == pytest.approx(wanted.mean(), rel=0.02)
    assert (sold / gone).mean() > 1.1 * wanted.mean()
    assert sold.mean() < 0.8 * wanted.mean()


def test_draws_scatter_as_what_was_hidden_does() -> None:
    many, rng = np.full(20_000, 6.0), np.random.default_rng(5)

    drawn = drawn_hidden(many, many, many, 2.0, rng)

    # luck is gamma of shape 8 and mean 1: the count's variance is 6 + 36 / 8
    assert drawn.mean() == pytest.approx(6.0, rel=0.02)
    assert drawn.var() == pytest.approx(10.5, rel=0.05)


def test_beyond_a_count_nothing_smaller_is_drawn_and_the_rest_as_often_as_it_comes() -> None:
    rng = np.random.default_rng(6)
    came = rng.poisson(5.0 * rng.gamma(4.0, 0.25, 40_000)).astype(np.float64)

    drawn = drawn_beyond(np.full(10_000, 7.0), np.full(10_000, 5.0), 4.0, rng)

    assert drawn.min() == 7.0
    assert drawn.mean() == pytest.approx(came[came >= 7].mean(), rel=0.02)


@pytest.mark.parametrize("shape", [1.0, 4.0, 16.0])
def test_the_shape_of_luck_is_found_again(shape: float) -> None:
    rng = np.random.default_rng(7)
    luck, mean = rng.gamma(shape, 1 / shape, 40_000), np.full(40_000, 8.0)

    found = shape_of(rng.poisson(luck * 8.0).astype(np.float64), mean,
                     rng.poisson(luck * 8.0).astype(np.float64), mean)

    assert found == pytest.approx(shape, rel=0.35)  # a step of those tried is a quarter
