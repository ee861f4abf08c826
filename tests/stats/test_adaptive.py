from __future__ import annotations

import numpy as np

from caopan.stats.adaptive import LEAST, Fallen, places, read_at
from caopan.stats.quantiles import LEVELS


def _came(low: np.ndarray, high: np.ndarray) -> Fallen:
    return Fallen.none().and_then(low, high, ago=np.zeros(len(low)), since=0.0)


def test_before_anything_came_distributions_are_read_as_they_were_told() -> None:
    np.testing.assert_allclose(Fallen.none().levels(), LEVELS)


def test_a_quantile_that_too_much_falls_below_is_read_lower_by_hand() -> None:
    low = np.repeat([0.1, 0.9], [75, 25])

    levels = _came(low, low).levels()

    # 50 that fell evenly and 75 below 0.1: half of all 150 lie below the place where 50 u = 0
    # past 0.1 (75 + 5 = 80 > 75), so the middle is read at the step up to 0.1
    assert 0.095 <= levels[9] <= 0.1
    # three quarters of 150 are 112.5 = 75 + 50 u
    np.testing.assert_allclose(levels[14], 0.75)
    assert (np.diff(levels) >= 0).all()


def test_mass_on_the_value_counts_in_part() -> None:
    levels = _came(np.zeros(50), np.full(50, 0.5)).levels()

    # up to one half 50 u that fell evenly and 50 × 2 u: a quarter of 100 lies below u = 1/6
    np.testing.assert_allclose(levels[4], 1 / 6, atol=1e-9)


def test_what_came_long_ago_counts_less_whether_it_was_counted_then_or_now() -> None:
    low = np.linspace(0.05, 0.4, 30)

    then = Fallen.none().and_then(low, low, ago=np.full(30, 3.0), since=7.0).and_then(
        low[:0], low[:0], ago=low[:0], since=70.0)
    now = Fallen.none().and_then(low, low, ago=np.full(30, 73.0), since=77.0)

    np.testing.assert_allclose(then.below, now.below)
    np.testing.assert_allclose([then.mass, then.trust], [now.mass, LEAST])
    assert then.mass < 15.0


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
    fallen, inside = Fallen.none(), []
    for week in range(120):
        values = np.exp(rng.normal(0.0, 0.6 if week < 60 else 1.2, 20))
        made = read_at(told[None, :], fallen.levels())[0]
        inside.append(((values >= made[1]) & (values <= made[17])).mean())
        fallen = fallen.and_then(*places(values, np.tile(told, (20, 1))), ago=np.full(20, 3.0),
                                 since=7.0)

    assert 0.77 < np.mean(inside[30:60]) < 0.84
    assert 0.77 < np.mean(inside[90:]) < 0.84
