"""Histories of hosts whose sales follow the hours, with noise that is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from caopan.forecast.history import History

Make = Callable[..., History]


@pytest.fixture(scope="session")
def make_history() -> Make:
    """Return a function that makes one: sales = rate × hours^power × lognormal noise."""

    def made(*, hosts: int = 12, sessions: int = 60, power: float = 1.0, noise: float = 0.5,
             nothing: float = 0.0, seed: int = 1) -> History:
        rng = np.random.default_rng(seed)
        subject = np.repeat(np.arange(hosts), sessions)
        start = np.tile(np.arange(sessions, dtype=np.float64) * 1.5, hosts) + rng.random(
            hosts * sessions)
        hours = rng.lognormal(1.0, 0.6, hosts * sessions)
        rate = np.repeat(rng.lognormal(8.0, 1.0, hosts), sessions)
        sold = rate * hours**power * rng.lognormal(0.0, noise, len(hours))
        sold[rng.random(len(hours)) < nothing] = 0.0
        return History(subject=subject, start=start, hours=hours, sold=sold)

    return made
