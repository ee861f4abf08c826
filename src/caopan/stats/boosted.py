"""Quantiles by gradient-boosted trees (LightGBM), with the same answer for the same seed."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from caopan.stats.arrays import Floats
from caopan.stats.quantiles import LEVELS

FITTED: Floats = np.array([0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95])
"""The levels that are fitted; those between are interpolated: 7 fits instead of 19."""
ROUNDS = 100
THREADS, SIDE_BY_SIDE = 2, 4_000
"""Levels are fitted two at a time from so many rows on: each alone, so that the answer is one."""
SETTINGS: dict[str, object] = {
    "objective": "quantile", "num_leaves": 7, "min_data_in_leaf": 20, "learning_rate": 0.06,
    "feature_fraction": 0.7, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 1.0,
    "num_threads": 1, "deterministic": True, "force_col_wise": True, "verbose": -1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Trees for each level of ``FITTED``, as LightGBM's own text."""

    models: tuple[str, ...]
    _read: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)

    def quantiles(self, columns: Floats) -> Floats:
        """Return the nineteen quantiles of each row, ascending; not calibrated.

        Args:
            columns: shape (m, k), as they were fitted.

        Returns:
            Shape (m, 19).
        """
        if not len(columns):
            return np.zeros((0, len(LEVELS)))
        told = np.sort(np.stack([
            np.asarray(self._booster(at).predict(columns, num_threads=1), dtype=np.float64)
            for at in range(len(self.models))], axis=1), axis=1)
        return np.stack([np.interp(LEVELS, FITTED, row) for row in told])

    def _booster(self, at: int) -> Any:  # noqa: ANN401 - LightGBM has no types
        """Return a model as LightGBM reads it, read once."""
        import lightgbm

        if at not in self._read:
            self._read[at] = lightgbm.Booster(model_str=self.models[at])
        return self._read[at]


def fit(values: Floats, columns: Floats, *, seed: int) -> Trees:
    """Return trees learnt from known rows; the same seed gives the same trees.

    Args:
        values: shape (n,), finite.
        columns: shape (n, k), NaN = not known.
        seed: of what is drawn by chance.

    >>> rng = np.random.default_rng(1)
    >>> column = rng.normal(size=(400, 1))
    >>> told = fit(3.0 * column[:, 0], column, seed=1).quantiles(np.array([[-1.0], [1.0]]))
    >>> bool(told[0, 9] < -1.5), bool(told[1, 9] > 1.5)
    (True, True)
    """
    shares = THREADS if len(values) >= SIDE_BY_SIDE else 1
    with ThreadPoolExecutor(shares) as threads:
        grown = {at: each for share in threads.map(
            lambda first: _grown(range(first, len(FITTED), shares), values, columns, seed),
            range(shares)) for at, each in share.items()}
    return Trees(models=tuple(grown[at].model_to_string() for at in range(len(FITTED))),
                 _read=grown)


def _grown(places: Iterable[int], values: Floats, columns: Floats, seed: int) -> dict[int, Any]:
    """Return boosters of some of the levels; all of one thread, whose words LightGBM keeps to."""
    import lightgbm

    data = lightgbm.Dataset(columns, values, params=SETTINGS, free_raw_data=False)
    return {at: lightgbm.train({**SETTINGS, "alpha": float(FITTED[at]), "seed": seed}, data, ROUNDS,
                               keep_training_booster=True) for at in places}
