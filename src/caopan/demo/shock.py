"""Luck that lasts: weekly shocks of a merchant and the noise of a session."""

from __future__ import annotations

import numpy as np

from caopan.demo.ragged import Flags, Floats, Ints, steps

WEEKLY_SPREAD = 0.25
WEEKLY_MEMORY = 0.6
"""Weekly shocks of living merchants: stationary spread (log) and AR(1) coefficient."""

SESSION_SPREAD = 0.52
SESSION_MEMORY = 0.3
"""Noise of a session's traffic: stationary spread (log) and AR(1) coefficient."""

FLOP_SHARE, FLOP_FACTOR = 0.04, 0.3
VIRAL_SHARE, VIRAL_FACTOR = 0.02, 5.0
"""Flops and viral shows: how many, and what they multiply traffic by."""

CONVERSION_SPREAD = 0.52
"""Noise of a session's conversion (log); its factor has mean 1."""


def weekly_shocks(moving: Flags, *, weeks: int, rng: np.random.Generator) -> Floats:
    """Return the log shock of each merchant and week, 0 where ``moving`` is false.

    Returns:
        Shape (merchants, weeks), stationary AR(1).

    >>> weekly_shocks(np.array([False]), weeks=3, rng=np.random.default_rng(1)).tolist()
    [[0.0, 0.0, 0.0]]
    """
    fresh = rng.normal(0, WEEKLY_SPREAD, (len(moving), weeks))
    shocks = fresh.copy()
    keep = np.sqrt(1 - WEEKLY_MEMORY**2)
    for week in range(1, weeks):
        shocks[:, week] = WEEKLY_MEMORY * shocks[:, week - 1] + keep * fresh[:, week]
    shocks[~moving] = 0.0
    return shocks


def session_noise(counts: Ints, rng: np.random.Generator) -> Floats:
    """Return the log noise of each session's traffic; its factor has mean 1.

    Args:
        counts: sessions of each host, which follow one another in time.
        rng: source of randomness.

    >>> noise = session_noise(np.array([40_000]), np.random.default_rng(1))
    >>> bool(abs(np.exp(noise).mean() - 1) < 0.04)
    True
    """
    fresh = rng.normal(0, SESSION_SPREAD, int(counts.sum()))
    noise = fresh.copy()
    keep = np.sqrt(1 - SESSION_MEMORY**2)
    for rank, step in enumerate(steps(counts)):
        if rank:
            noise[step] = SESSION_MEMORY * noise[step - 1] + keep * fresh[step]
    return noise - SESSION_SPREAD**2 / 2 + _tails(len(noise), rng)


def conversion_noise(n: int, rng: np.random.Generator) -> Floats:
    """Return the factors of each session's conversion, of mean 1; shape (n,).

    >>> bool(abs(conversion_noise(40_000, np.random.default_rng(1)).mean() - 1) < 0.01)
    True
    """
    return np.exp(rng.normal(-(CONVERSION_SPREAD**2) / 2, CONVERSION_SPREAD, n))


def _tails(n: int, rng: np.random.Generator) -> Floats:
    draw = rng.random(n)
    factor = np.where(draw < FLOP_SHARE, FLOP_FACTOR, 1.0)
    factor = np.where(draw > 1 - VIRAL_SHARE, VIRAL_FACTOR, factor)
    mean = 1 + FLOP_SHARE * (FLOP_FACTOR - 1) + VIRAL_SHARE * (VIRAL_FACTOR - 1)
    tails: Floats = np.log(factor / mean)
    return tails
