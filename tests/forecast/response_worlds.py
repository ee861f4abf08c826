"""Hosts whose spend follows the demand they see, some of it drawn, with the true return."""

from __future__ import annotations

import numpy as np

from caopan.forecast.spending import CHOSEN, Spending
from caopan.stats.arrays import Floats
from caopan.stats.hill import hill, hill_rate

SALES, SPEND = 100_000.0, 10_000.0


def drawn_world(seed: int, *, hosts: int = 6, sessions: int = 120, drawn: float = 0.4,
                effect: float = 1.0, noise: float = 0.2) -> tuple[Spending, Floats]:
    """Return sessions a day apart, of hosts with half of the ceiling at their usual spend."""
    rng = np.random.default_rng(seed)
    n = hosts * sessions
    subject = np.repeat(np.arange(hosts), sessions)
    demand = rng.normal(0.0, 0.3, n)
    usual = np.repeat(rng.lognormal(0.0, 0.5, hosts), sessions)
    rung = np.where(rng.random(n) < drawn, rng.integers(0, 3, n), CHOSEN)
    wish = np.where(rung == CHOSEN, np.exp(demand), rng.lognormal(0.0, 0.1, n))
    spend = np.round(SPEND * usual * wish * np.where(rung == CHOSEN, 1, rung))
    extra = effect * 0.6 * hill(spend, half=SPEND * usual, slope=1.2)
    sold = SALES * usual * (0.7 * np.exp(demand) + extra) * rng.lognormal(0.0, noise, n)
    made = Spending(
        subject=subject, start=np.tile(np.arange(float(sessions)) * 4.0, hosts),
        hours=np.full(n, 2.0), weekday=np.tile(np.arange(sessions) % 7, hosts),
        level=np.zeros(n, dtype=np.int64), spend=spend, planned=np.full(n, np.nan), rung=rung,
        sold=np.round(sold), names=tuple(f"host {at}" for at in range(hosts)))
    true = np.array([
        effect * 0.6 * SALES * of * hill_rate(
            np.array([np.median(spend[(subject == at) & (spend > 0)])]), half=SPEND * of,
            slope=1.2)[0] for at, of in enumerate(usual[::sessions])])
    return made, true
