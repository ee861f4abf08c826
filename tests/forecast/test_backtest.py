from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.forecast.backtest import Backtest, backtest
from caopan.forecast.history import History
from tests.forecast.conftest import Make


def run(history: History) -> Backtest:
    return backtest(history, np.random.default_rng(7))


def test_the_range_holds_as_often_as_it_says(make_history: Make) -> None:
    found = [run(make_history(seed=seed)).own for seed in range(6)]

    held = [own.coverage for own in found if own]
    assert len(held) == 6
    assert np.mean(held) == pytest.approx(0.8, abs=0.03)


def test_where_the_hours_decide_the_rule_beats_the_habit(make_history: Make) -> None:
    found = run(make_history())

    habit = next(one for one in found.baselines if one.name == "median_5")
    assert found.own is not None
    assert found.gain is not None
    assert found.own.wape < habit.wape
    assert found.own.crps < habit.crps
    assert found.gain.low > 0
    assert found.gain.mid == pytest.approx(1 - found.own.wape / habit.wape)


def test_where_the_hours_say_nothing_no_gain_is_claimed(make_history: Make) -> None:
    found = run(make_history(power=0.0))

    assert found.gain is not None
    assert found.gain.low <= 0


def test_sales_in_another_unit_change_no_share(make_history: Make) -> None:
    history = make_history()
    large = replace(history, sold=history.sold * 100)

    one, other = run(history).own, run(large).own

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


def test_shares_below_the_quantiles_and_bands_count_the_same_sessions(make_history: Make) -> None:
    found = run(make_history())

    assert sum(band.n for band in found.bands) == found.n
    assert list(found.below) == sorted(found.below)
    assert len(found.below) == 19
