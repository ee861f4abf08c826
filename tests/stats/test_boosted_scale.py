from __future__ import annotations

import numpy as np
import pytest

from caopan.stats.arrays import Floats
from caopan.stats.boosted_scale import ScaledTrees, fit


def _world(seed: int, n: int) -> tuple[Floats, Floats, Floats]:
    """Return values, columns and the true scale: normal about a line, wider to the right."""
    rng = np.random.default_rng(seed)
    columns = rng.uniform(0.0, 1.0, size=(n, 2))
    scale = 0.2 + columns[:, 0]
    return 3.0 * columns[:, 1] + scale * rng.normal(size=n), columns, scale


@pytest.fixture(scope="module")
def trees() -> ScaledTrees:
    values, columns, _ = _world(1, 4_000)
    return fit(values, columns, seed=7)


def test_the_quantiles_hold_as_often_as_they_say_where_it_is_narrow_and_where_it_is_wide(
        trees: ScaledTrees) -> None:
    values, columns, _ = _world(2, 4_000)

    told = trees.quantiles(columns)

    inside = (values >= told[:, 1]) & (values <= told[:, 17])
    for narrow in (True, False):
        assert inside[(columns[:, 0] < 0.5) == narrow].mean() == pytest.approx(0.8, abs=0.04)


def test_the_range_is_as_wide_as_the_truth(trees: ScaledTrees) -> None:
    _, columns, scale = _world(3, 500)

    told = trees.quantiles(columns)

    true = 2 * 1.2816 * scale
    assert ((told[:, 17] - told[:, 1]) / true).mean() == pytest.approx(1.0, abs=0.1)
    assert (np.diff(told, axis=1) >= 0).all()


def test_the_same_seed_gives_the_same_trees(trees: ScaledTrees) -> None:
    values, columns, _ = _world(1, 4_000)

    assert fit(values, columns, seed=7).models == trees.models


def test_read_from_their_text_they_tell_the_same(trees: ScaledTrees) -> None:
    _, columns, _ = _world(3, 50)
    again = ScaledTrees(models=trees.models, least=trees.least, spread=trees.spread)

    assert np.array_equal(again.quantiles(columns), trees.quantiles(columns))
    assert again.quantiles(np.zeros((0, 2))).shape == (0, 19)
