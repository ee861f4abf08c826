"""Quantiles of demand by boosted trees, each row at its own critical share."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Floats

ROUNDS = 200
LEAST_LEAF = 40
MOST_LEVELS = 5
"""Models at most; between their levels a row's own is interpolated."""


def boosted_quantile(features: Floats, target: Floats, weight: Floats, asked: Floats,
                     level: Floats, *, seed: int, rounds: int = ROUNDS) -> Floats:
    """Return for each asked row the quantile of its own level, shape (m,).

    Trees are grown for a few levels that span those asked for (LightGBM's quantile loss); rows in
    between are interpolated, and quantiles are put in order first. With the price less the
    salvage of a unit as ``weight`` the loss is the newsvendor's own, in money.

    Args:
        features: shape (n, p), NaN where not known.
        target: what came, shape (n,), finite.
        weight: shape (n,), > 0.
        asked: features of what is to be told, shape (m, p).
        level: the quantile of each asked row, shape (m,), in (0, 1).
        seed: of the trees; one seed gives one answer.
        rounds: trees of each model.

    >>> place = np.tile(np.arange(10.0), 60)[:, None]
    >>> came = np.tile(np.arange(10.0), 60) * 2
    >>> found = boosted_quantile(place, came, np.ones(600), place[:10], np.full(10, 0.5), seed=1)
    >>> bool(found[8] > 14 > 4 > found[1])
    True
    """
    import lightgbm  # noqa: PLC0415 - only who asks for trees waits for them

    levels = np.unique(np.quantile(level, np.linspace(0.0, 1.0, MOST_LEVELS)).round(3))
    levels = np.clip(levels, 0.01, 0.99)
    table = lightgbm.Dataset(features, label=target, weight=weight, free_raw_data=False,
                             params={"verbosity": -1, "num_threads": 1})
    told = []
    for one in levels:
        model = lightgbm.train(
            {"objective": "quantile", "alpha": float(one), "learning_rate": 0.05, "verbosity": -1,
             "num_leaves": 31, "min_data_in_leaf": LEAST_LEAF, "num_threads": 1, "seed": seed,
             "deterministic": True, "force_col_wise": True, "feature_fraction": 0.8,
             "bagging_fraction": 0.8, "bagging_freq": 1}, table, num_boost_round=rounds)
        told.append(np.asarray(model.predict(asked), dtype=np.float64))
    quantiles = np.sort(np.stack(told, axis=1), axis=1)
    place = np.clip(np.searchsorted(levels, level, side="right") - 1, 0, max(len(levels) - 2, 0))
    if len(levels) == 1:
        return np.asarray(quantiles[:, 0])
    share = np.clip((level - levels[place]) / (levels[place + 1] - levels[place]), 0.0, 1.0)
    rows = np.arange(len(level))
    low, high = quantiles[rows, place], quantiles[rows, place + 1]
    return np.asarray(low + (high - low) * share)
