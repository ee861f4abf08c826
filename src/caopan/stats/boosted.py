"""Quantiles by gradient-boosted trees (LightGBM), with the same answer for the same seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from caopan.stats.arrays import Floats
from caopan.stats.quantiles import LEVELS

FITTED = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)
"""The levels that are fitted; those between are interpolated: 7 fits instead of 19."""
ROUNDS = 100
THREADS, SIDE_BY_SIDE = 2, 4_000
"""Levels are fitted two at a time from so many rows on: each alone, so that the answer is one."""
STEADY: dict[str, object] = {"num_threads": 1, "deterministic": True, "force_col_wise": True,
                            "verbose": -1}
"""What makes LightGBM give the same trees for the same seed, and say nothing."""
SETTINGS: dict[str, object] = {
    "objective": "quantile", "num_leaves": 7, "min_data_in_leaf": 20, "learning_rate": 0.06,
    "feature_fraction": 0.7, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 1.0,
    **STEADY,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trees:
    """Trees for each of the ``levels``: ``texts`` as they were kept, () where they are new."""

    texts: tuple[str, ...] = ()
    levels: tuple[float, ...] = FITTED
    _read: dict[int, Any] = field(default_factory=dict, repr=False)

    @property
    def models(self) -> tuple[str, ...]:
        """Return them as LightGBM's own text, which takes its time to write: for keeping."""
        return self.texts or tuple(self._read[at].model_to_string()
                                   for at in range(len(self.levels)))

    def fitted(self, columns: Floats) -> Floats:
        """Return the quantiles of each row at ``levels``, ascending; not calibrated.

        Args:
            columns: shape (m, k), as they were fitted.

        Returns:
            Shape (m, len(levels)).
        """
        if not len(columns):
            return np.zeros((0, len(self.levels)))
        return np.sort(np.stack([
            np.asarray(self._booster(at).predict(columns, num_threads=1), dtype=np.float64)
            for at in range(len(self.levels))], axis=1), axis=1)

    def quantiles(self, columns: Floats) -> Floats:
        """Return the nineteen quantiles of each row, ascending; not calibrated.

        Args:
            columns: shape (m, k), as they were fitted.

        Returns:
            Shape (m, 19).
        """
        told = self.fitted(columns)
        if not len(told):
            return np.zeros((0, len(LEVELS)))
        return np.stack([np.interp(LEVELS, self.levels, row) for row in told])

    def _booster(self, at: int) -> Any:  # noqa: ANN401 - LightGBM has no types
        """Return a model as LightGBM reads it, read once."""
        import lightgbm

        if at not in self._read:
            self._read[at] = lightgbm.Booster(model_str=self.texts[at])
        return self._read[at]


def fit(values: Floats, columns: Floats, *, seed: int, weight: Floats | None = None,
        levels: Sequence[float] = FITTED, settings: Mapping[str, object] = SETTINGS,
        rounds: int = ROUNDS) -> Trees:
    """Return trees learnt from known rows; the same seed gives the same trees.

    With what a unit is worth as ``weight`` the loss of a level is that of a stock which covers
    demand in that share of cases, in money.

    Args:
        values: shape (n,), finite.
        columns: shape (n, k), NaN = not known.
        seed: of what is drawn by chance.
        weight: shape (n,), > 0; None: all rows weigh the same.
        levels: ascending, in (0, 1).
        settings: of LightGBM.
        rounds: trees of each level.

    >>> rng = np.random.default_rng(1)
    >>> column = rng.normal(size=(400, 1))
    >>> told = fit(3.0 * column[:, 0], column, seed=1).quantiles(np.array([[-1.0], [1.0]]))
    >>> bool(told[0, 9] < -1.5), bool(told[1, 9] > 1.5)
    (True, True)
    """
    shares = THREADS if len(values) >= SIDE_BY_SIDE else 1

    def share(first: int) -> dict[int, Any]:
        import lightgbm

        # a set of rows for each thread: LightGBM learns in every thread anew to be silent
        data = lightgbm.Dataset(columns, values, weight=weight, free_raw_data=False)
        return {at: lightgbm.train({**settings, "alpha": float(levels[at]), "seed": seed}, data,
                                   rounds, keep_training_booster=True)
                for at in range(first, len(levels), shares)}

    with ThreadPoolExecutor(shares) as threads:
        grown = {at: each for part in threads.map(share, range(shares))
                 for at, each in part.items()}
    return Trees(levels=tuple(levels), _read=grown)
