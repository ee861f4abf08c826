from __future__ import annotations

import numpy as np

from caopan.stats.adaptive import places, read_at, stepped
from caopan.stats.quantiles import LEVELS


def test_a_quantile_that_too_much_falls_below_is_read_lower_by_hand() -> None:
    low = np.array([0.1, 0.1, 0.1, 0.9])

    levels = stepped(LEVELS, low, low, rate=0.01)

    # three of four below the middle instead of two: 4 × 0.01 × (0.5 − 0.75)
    np.testing.assert_allclose(levels[9], 0.49)
    assert (np.diff(levels) >= 0).all()


def test_mass_on_the_value_counts_in_part() -> None:
    levels = stepped(LEVELS, np.zeros(40), np.full(40, 0.5), rate=0.01)

    # half the mass of one half lies below the level of a quarter: 0.4 × (0.25 − 0.5)
    np.testing.assert_allclose(levels[4], 0.15)


def test_reading_at_the_place_of_a_value_gives_the_value() -> None:
    rng = np.random.default_rng(1)
    quantiles = np.sort(rng.lognormal(3.0, 1.0, (200, 19)), axis=1)
    values = np.exp(rng.uniform(np.log(quantiles[:, 0]), np.log(quantiles[:, -1])))

    low, high = places(values, quantiles)

    np.testing.assert_allclose(low, high)
    told = [read_at(row[None, :], np.full(19, at))[0, 0]
            for row, at in zip(quantiles, low, strict=True)]
    np.testing.assert_allclose(told, values)


def test_shares_come_right_though_the_world_turns_twice_as_wide() -> None:
    rng = np.random.default_rng(2)
    told = np.exp(np.quantile(rng.normal(size=100_000), LEVELS))
    levels, inside = LEVELS, []
    for week in range(120):
        values = np.exp(rng.normal(0.0, 0.6 if week < 60 else 1.2, 20))
        made = read_at(told[None, :], levels)[0]
        inside.append(((values >= made[1]) & (values <= made[17])).mean())
        levels = stepped(levels, *places(values, np.tile(told, (20, 1))), rate=0.005)

    assert 0.77 < np.mean(inside[30:60]) < 0.84
    assert 0.77 < np.mean(inside[90:]) < 0.84
