from __future__ import annotations

import numpy as np
import pytest

from caopan.forecast.ladder import NARROW, ladder, needed, power, rungs
from caopan.forecast.response import Curve

USUAL = {"spend": 1_000.0, "sales": 10_000.0, "scatter": 0.5}


def test_a_design_of_the_said_size_has_the_said_power() -> None:
    """Against ten thousand experiments: sales move with the drawn multiple, nothing else known."""
    rng = np.random.default_rng(1)
    count = needed(detect=2.0, **USUAL)
    drawn = np.stack([rungs(count, rng) for _ in range(4_000)]).astype(float)
    sold = 10_000.0 + 2_000.0 * drawn + rng.normal(0.0, 5_000.0, drawn.shape)

    apart = drawn - drawn.mean(axis=1, keepdims=True)
    slope = (apart * sold).sum(axis=1) / (apart**2).sum(axis=1)
    seen = (np.abs(slope) / (5_000.0 / np.sqrt((apart**2).sum(axis=1))) > 1.645).mean()

    assert seen == pytest.approx(power(count, detect=2.0, **USUAL), abs=0.025)
    assert seen >= 0.78


def test_twice_the_scatter_takes_four_times_the_sessions() -> None:
    assert needed(detect=2.0, **{**USUAL, "scatter": 1.0}) == pytest.approx(
        4 * needed(detect=2.0, **USUAL), abs=6)


def test_an_experiment_always_says_more_than_was_thought_before_it() -> None:
    """However easily a return of 2 is seen: of a large spend less would do, and say nothing."""
    lavish = {"spend": 5_000.0, "sales": 10_000.0, "scatter": 1.2}

    count = needed(detect=2.0, **lavish)

    assert power(count, detect=2.0, **lavish) > 0.99
    assert 1.2 / np.sqrt(count * 2 / 3) <= NARROW
    assert needed(detect=2.0, **{**lavish, "spend": 50_000.0}) == count


def test_each_rung_is_drawn_equally_often_and_not_in_order() -> None:
    drawn = rungs(300, np.random.default_rng(1))

    assert np.bincount(drawn).tolist() == [100, 100, 100]
    assert (np.diff(drawn) < 0).any()
    assert len(rungs(7, np.random.default_rng(1))) == 7


def test_learning_costs_what_bending_costs() -> None:
    one = np.ones(1)
    straight = Curve(ceiling=one * 1e9, half=one * 1e9, slope=one)
    bent = Curve(ceiling=one * 1_000, half=one * 500, slope=one)

    free = ladder(straight, sessions=30, **USUAL).cost.mid
    paid = ladder(bent, sessions=30, **USUAL)

    assert abs(free) < 1.0
    assert paid.cost.mid == pytest.approx(30 * (2 / 3 - (0 + 2 / 3 + 4 / 5) / 3) * 1_000)
    assert paid.forgone.mid == pytest.approx(2_000 / 3)


def test_what_is_left_of_earlier_spend_levels_the_rungs_out() -> None:
    """By hand: what is reached of a curve that is bent evenly, over very many drawn sessions."""
    rng = np.random.default_rng(1)
    kept, one = 0.4, np.ones(1)
    evenly = Curve(ceiling=one * 1e4, half=one * 1e4, slope=one)  # near enough to a parabola
    drawn = rungs(30_000, rng) * 1_000.0
    stock = np.zeros(len(drawn))
    for at in range(len(drawn)):
        stock[at] = (1.0 - kept) * drawn[at] + (kept * stock[at - 1] if at else 0.0)

    said = ladder(evenly, sessions=30, left=kept, **USUAL).cost.mid / 30
    lost = evenly.sales(np.array([1_000.0]))[0, 0] - evenly.sales(stock[100:])[0].mean()

    assert said == pytest.approx(lost, rel=0.15)
    assert said < 0.5 * ladder(evenly, sessions=30, **USUAL).cost.mid / 30
