"""A middle and a scale by gradient-boosted trees: quantiles of very many rows in three fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from caopan.stats.arrays import Bools, Floats
from caopan.stats.boosted import STEADY
from caopan.stats.conformal import spread
from caopan.stats.quantiles import LEVELS

ROUNDS = 120
LEAST_SCALE = 0.1
"""No row is told more surely than this share of the mean miss."""
SETTINGS: dict[str, object] = {
    "objective": "regression", "num_leaves": 15, "min_data_in_leaf": 50, "learning_rate": 0.06,
    "feature_fraction": 0.7, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 1.0,
    **STEADY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledTrees:
    """Trees for the middle, one of each half of the rows, and for the size of its misses.

    ``models``: two for the middle and one for the scale, as LightGBM's own text. ``least``: the
    smallest scale. ``spread``: shape (19,), the quantiles of misses in units of their scale.
    """

    models: tuple[str, ...]
    least: float
    spread: Floats
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
        one, other, size = (self._told(at, columns) for at in range(3))
        scale = np.maximum(size, self.least)
        return np.asarray(((one + other) / 2.0)[:, None] + scale[:, None] * self.spread)

    def _told(self, at: int, columns: Floats) -> Floats:
        """Return what one model tells, which is read once."""
        import lightgbm  # noqa: PLC0415 - only who asks for trees waits for them

        if at not in self._read:
            self._read[at] = lightgbm.Booster(model_str=self.models[at])
        return np.asarray(self._read[at].predict(columns, num_threads=1), dtype=np.float64)


def fit(values: Floats, columns: Floats, *, seed: int) -> ScaledTrees:
    """Return trees learnt from known rows; the same seed gives the same trees.

    Each half of the rows is told by the trees of the other half, so that the misses are of rows
    that taught nothing.

    Args:
        values: shape (n,), n >= 4, finite.
        columns: shape (n, k), NaN = not known.
        seed: of what is drawn by chance.

    >>> rng = np.random.default_rng(1)
    >>> column = rng.uniform(0.0, 1.0, size=(2_000, 1))
    >>> noisy = 3.0 * column[:, 0] + rng.normal(size=2_000) * np.where(column[:, 0] > 0.5, 1.0, 0.1)
    >>> told = fit(noisy, column, seed=1).quantiles(np.array([[0.2], [0.8]]))
    >>> wide = told[:, 17] - told[:, 1]
    >>> bool(wide[1] > 4 * wide[0]), told[:, 9].round(0).tolist()
    (True, [1.0, 2.0])
    """
    half = np.arange(len(values)) % 2 == 0
    halves = [_trained(values, columns, mine, seed) for mine in (half, ~half)]
    missed = values - np.where(half, _predicted(halves[1], columns),
                               _predicted(halves[0], columns))
    size = _trained(np.abs(missed), columns, np.ones(len(values), dtype=np.bool_), seed)
    least = max(LEAST_SCALE * float(np.abs(missed).mean()), np.finfo(np.float64).tiny)
    scale = np.maximum(_predicted(size, columns), least)
    grown = dict(enumerate((*halves, size)))
    return ScaledTrees(models=tuple(each.model_to_string() for each in grown.values()),
                       least=least, spread=spread(missed / scale), _read=grown)


def _trained(values: Floats, columns: Floats, mine: Bools, seed: int) -> Any:  # noqa: ANN401 - LightGBM has no types
    import lightgbm  # noqa: PLC0415 - only who asks for trees waits for them

    return lightgbm.train({**SETTINGS, "seed": seed},
                          lightgbm.Dataset(columns[mine], values[mine]), ROUNDS,
                          keep_training_booster=True)


def _predicted(model: Any, columns: Floats) -> Floats:  # noqa: ANN401 - LightGBM has no types
    return np.asarray(model.predict(columns, num_threads=1), dtype=np.float64)
