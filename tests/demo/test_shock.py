from __future__ import annotations

import numpy as np

from caopan.demo.shock import (
    SESSION_MEMORY,
    WEEKLY_MEMORY,
    WEEKLY_SPREAD,
    conversion_noise,
    session_noise,
    weekly_shocks,
)


def test_weekly_shocks_have_the_spread_and_memory_stated() -> None:
    shocks = weekly_shocks(np.ones(3_000, dtype=bool), weeks=20, rng=np.random.default_rng(1))

    assert abs(shocks.std() - WEEKLY_SPREAD) < 0.005
    assert abs(np.corrcoef(shocks[:, 9], shocks[:, 10])[0, 1] - WEEKLY_MEMORY) < 0.04


def test_merchants_that_do_not_move_have_no_shocks() -> None:
    shocks = weekly_shocks(np.array([True, False]), weeks=5, rng=np.random.default_rng(1))

    assert not shocks[1].any()
    assert shocks[0].all()


def test_session_noise_remembers_the_show_before_but_not_another_host() -> None:
    counts = np.full(20_000, 2)

    noise = session_noise(counts, np.random.default_rng(1)).reshape(-1, 2)

    within = np.corrcoef(noise[:, 0], noise[:, 1])[0, 1]
    across = np.corrcoef(noise[:-1, 1], noise[1:, 0])[0, 1]
    assert SESSION_MEMORY * 0.4 < within < SESSION_MEMORY
    assert abs(across) < 0.03


def test_noise_does_not_move_the_mean() -> None:
    noise = session_noise(np.array([200_000]), np.random.default_rng(2))

    assert abs(np.exp(noise).mean() - 1) < 0.02
    assert abs(conversion_noise(200_000, np.random.default_rng(2)).mean() - 1) < 0.01


def test_tails_are_heavier_than_those_of_a_normal_draw() -> None:
    noise = session_noise(np.array([100_000]), np.random.default_rng(3))

    centred = (noise - noise.mean()) / noise.std()
    assert (centred**4).mean() > 3.5
