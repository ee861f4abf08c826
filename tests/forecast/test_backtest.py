from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.forecast.backtest import Backtest, backtest
from caopan.forecast.history import History
from tests.forecast.conftest import Make


def run(history: History) -> Backtest:
    return backtest(history, np.random.default_rng(7))


@pytest.fixture(scope="module")
def hourly(make_history: Make) -> Backtest:
    """Return the backtest of hosts whose sales follow the hours."""
    return run(make_history())


def test_the_range_holds_as_often_as_it_says(hourly: Backtest, make_history: Make) -> None:
    found = [hourly.own, *(run(make_history(seed=seed)).own for seed in (0, 2, 3, 4, 5))]

    held = [own.coverage for own in found if own]
    assert len(held) == 6
    assert np.mean(held) == pytest.approx(0.8, abs=0.03)


def test_where_the_hours_decide_the_rule_beats_the_habit(hourly: Backtest) -> None:
    habit = next(one for one in hourly.baselines if one.name == "median_5")
    assert hourly.own is not None
    assert hourly.gain is not None
    assert hourly.own.wape < habit.wape
    assert hourly.own.crps < habit.crps
    assert hourly.gain.low > 0
    assert hourly.gain.mid == pytest.approx(1 - hourly.own.wape / habit.wape)


def test_where_the_hours_say_nothing_no_gain_is_claimed(make_history: Make) -> None:
    found = run(make_history(power=0.0))

    assert found.gain is not None
    assert found.gain.low <= 0


def test_sales_in_another_unit_change_no_share(
        hourly: Backtest, make_history: Make) -> None:
    history = make_history()
    large = replace(history, sold=history.sold * 100)

    one, other = hourly.own, run(large).own

    assert one is not None
    assert other is not None
    assert other.wape == pytest.approx(one.wape)
    assert other.crps == pytest.approx(one.crps)


def test_a_short_history_is_not_judged(make_history: Make) -> None:
    found = run(make_history(hosts=2, sessions=12))

    assert (found.own, found.gain, found.baselines) == (None, None, ())


def test_no_history_is_no_fault() -> None:
    nothing = np.zeros(0)

    found = run(History(subject=np.zeros(0, dtype=np.int64), start=nothing, hours=nothing,
                        sold=nothing))

    assert (found.n, found.own) == (0, None)


def test_shares_below_the_quantiles_and_bands_count_the_same_sessions(hourly: Backtest) -> None:
    assert sum(band.n for band in hourly.bands) == hourly.n
    assert list(hourly.below) == sorted(hourly.below)
    assert len(hourly.below) == 19
