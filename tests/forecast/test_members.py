from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.forecast.history import History
from caopan.forecast.members import members
from caopan.forecast.rules import MEMORIES
from tests.forecast.conftest import Make

BEGIN, WARM = 60.0, 25.0


def _told(history: History) -> dict[str, np.ndarray]:
    return members(history, history.start >= BEGIN, begin=BEGIN, warm=WARM)


@pytest.fixture
def history(make_history: Make) -> History:
    """Return sales that follow the square root of the hours: rate × hours is off."""
    return make_history(hosts=8, power=0.5, noise=0.3)


def test_every_model_tells_ascending_quantiles_that_are_not_negative(history: History) -> None:
    told = _told(history)

    assert list(told) == [*MEMORIES, "mixed", "boosted", "hybrid"]
    for quantiles in told.values():
        assert np.isfinite(quantiles).all()
        assert (quantiles >= 0).all()
        assert (np.diff(quantiles, axis=1) >= 0).all()


def test_models_learn_that_sales_do_not_follow_the_hours_in_full(history: History) -> None:
    told, sold = _told(history), history.sold[history.start >= BEGIN]

    miss = {name: np.abs(each[:, 9] - sold).sum() / sold.sum() for name, each in told.items()}

    assert miss["mixed"] < 0.9 * miss["rate_hours"]
    assert miss["hybrid"] < 0.9 * miss["rate_hours"]


def test_nothing_later_reaches_what_is_told(history: History) -> None:
    told = _told(history)
    cut = BEGIN + 14.0
    later = replace(history, sold=np.where(history.start >= cut, history.sold * 50.0,
                                           history.sold))
    changed = members(later, history.start >= BEGIN, begin=BEGIN, warm=WARM)

    first = history.start[history.start >= BEGIN] < cut
    for name in ("rate_hours", "mixed"):
        np.testing.assert_allclose(changed[name][first], told[name][first], rtol=1e-9)


def test_shows_of_one_product_are_left_to_the_rate(history: History) -> None:
    shown = np.where(np.arange(len(history)) % 7 == 0, 1.0, 20.0)

    told = _told(replace(history, products=shown))

    single = shown[history.start >= BEGIN] == 1.0
    for name in ("mixed", "boosted", "hybrid"):
        assert np.isnan(told[name][single]).all()
        assert np.isfinite(told[name][~single]).all()


def test_the_same_history_gives_the_same_numbers(history: History) -> None:
    one, two = _told(history), _told(history)

    for name, quantiles in one.items():
        np.testing.assert_array_equal(two[name], quantiles)
