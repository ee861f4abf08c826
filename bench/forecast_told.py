"""Forecasts on two synthetic worlds, beside LightGBM quantiles with a conformal shift."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import lightgbm
import numpy as np

from bench.forecast_worlds import funnel, multiplied
from bench.row import Row
from caopan.forecast.average import joined
from caopan.forecast.columns import known_columns
from caopan.forecast.followed import followed
from caopan.forecast.history import History
from caopan.forecast.members import members
from caopan.forecast.prequential import bins, weeks_of
from caopan.stats.binomial import rate_interval
from caopan.stats.boosted import SETTINGS
from caopan.stats.conformal import spread
from caopan.stats.quantiles import LEVELS, crps, held

BEGIN = 180.0 - 8.0 / 24.0
WARM = BEGIN - 28.0 - 14.0
CENTS, MORE, FEWEST, ROUNDS, LEVEL = 100.0, 1.08, 30, 100, 0.8
CASES: tuple[tuple[Callable[..., History], int, tuple[int, ...]], ...] = (
    (multiplied, 20, (11, 12, 13)), (multiplied, 60, (11, 12, 13)),
    (funnel, 20, (11, 12, 13)), (funnel, 60, (11, 12, 13)))
"""Seeds that nothing was chosen on: choices were made on 1 to 6 of ``multiplied``."""
LIMITS = {20: 1.0, 60: 0.97}
WHOLE, BIN, SURE = 0.02, 0.06, 0.95
"""How far a range may hold more or less than it says: all sessions, and those of one bin of
history, where what it held is given its own (exact binomial) error: few sessions say little."""
EDGES = ("1–4", "5–11", "12–31", "32+")


def rows() -> Iterator[Row]:
    """Yield the score (of logarithms) beside the baseline's, and how often ranges held."""
    for make, hosts, seeds in CASES:
        parts = [_told(make(seed, hosts=hosts)) for seed in seeds]
        ours, theirs, money, usual, inside, kind = (
            np.concatenate(each) for each in zip(*parts, strict=True))
        name = f"{make.__name__}, {hosts} hosts"
        print(f"      {name}: n {len(ours)}, CRPS of money {money.mean():.0f} beside "
              f"{usual.mean():.0f}")
        yield Row(name=f"{name}: log CRPS beside LightGBM + CQR", ours=float(ours.mean()),
                  theirs=float(theirs.mean()), limit=LIMITS[hosts], unit="")
        yield Row(name=f"{name}: 80 % range off by (from .78–.82)", ours=_off(inside, WHOLE),
                  theirs=None, limit=0.0, unit="")
        for at, edge in enumerate(EDGES):
            mine = inside[kind == at]
            low, high = rate_interval(int(mine.sum()), len(mine), level=SURE)
            print(f"      held of hosts with {edge} sessions: {mine.mean():.3f} (n {len(mine)}, "
                  f"by chance {low:.3f}–{high:.3f})")
            yield Row(name=f"{name}: {edge} sessions surely off by",
                      ours=max(LEVEL - BIN - high, low - LEVEL - BIN, 0.0), theirs=None,
                      limit=0.0, unit="")


def _off(inside: np.ndarray, most: float) -> float:
    return max(abs(float(inside.mean()) - LEVEL) - most, 0.0)


def _told(world: History) -> tuple[np.ndarray, ...]:
    asked = world.start >= BEGIN - 28.0
    week = weeks_of(world, BEGIN)
    told = members(world, asked, begin=BEGIN, warm=WARM)
    ours = followed(joined(told, world, asked, week).quantiles, world, asked, week)
    theirs = baseline(world, asked)
    late = (world.start >= BEGIN)[asked]
    late &= np.isfinite(ours).all(axis=1) & np.isfinite(theirs).all(axis=1)
    sold = world.sold[asked][late] / CENTS
    ours, theirs = ours[late] / CENTS, theirs[late] / CENTS
    logs = [crps(np.log1p(sold), np.log1p(each)) for each in (ours, theirs)]
    return (*logs, crps(sold, ours), crps(sold, theirs), held(sold, ours, LEVEL),
            bins(world)[asked][late])


def baseline(world: History, asked: np.ndarray) -> np.ndarray:
    """Return pooled trees of the logarithm, all nineteen quantiles, shifted by earlier misses.

    They have the same columns, learn anew in the same weeks and are shifted by all that missed
    until then: what a good practitioner would do.
    """
    columns, values = known_columns(world, CENTS), np.log(world.sold + CENTS)
    week = weeks_of(world, BEGIN)
    raw, told = (np.full((len(world), len(LEVELS)), np.nan) for _ in range(2))
    fitted, trees = 0, []
    for begins in np.unique(week[week >= WARM]):
        known, mine = world.end < begins, week == begins
        if known.sum() > fitted * MORE:
            fitted = int(known.sum())
            data = lightgbm.Dataset(columns[known], values[known], free_raw_data=False)
            trees = [lightgbm.train({**SETTINGS, "alpha": float(level), "seed": 1}, data, ROUNDS)
                     for level in LEVELS]
        raw[mine] = np.sort(np.column_stack([
            each.predict(columns[mine], num_threads=1) for each in trees]), axis=1)
        past = known & np.isfinite(raw[:, 0])
        if past.sum() >= FEWEST:
            told[mine] = raw[mine] + np.array([
                spread(values[past] - raw[past, at])[at] for at in range(len(LEVELS))])
    return np.maximum(np.exp(np.sort(told[asked], axis=1)) - CENTS, 0.0)
