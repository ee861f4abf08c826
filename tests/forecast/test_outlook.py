from __future__ import annotations

from dataclasses import replace

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.outlook import By, Outlook, learnt_from
from caopan.forecast.outlook import outlook as told_by
from caopan.forecast.outlook import told_by as told_by_learnt
from caopan.stats.quantiles import MIDDLE, ends
from tests.forecast.conftest import Make


def outlook(history: History, rng: np.random.Generator) -> Outlook:
    """Return what the default rule tells."""
    return told_by(history, rng, by=By.RULE)


def _then(history: History, *, hours: float, products: float = np.nan) -> History:
    """Return the history with one more session of every host, which is to come."""
    hosts = np.unique(history.subject)
    order = np.argsort(np.concatenate([history.subject, hosts]), kind="stable")

    def joined(values: np.ndarray, ahead: float) -> np.ndarray:
        return np.concatenate([values, np.full(len(hosts), ahead)])[order]

    shown = history.products if history.products is not None else np.full(len(history), np.nan)
    return History(
        subject=np.concatenate([history.subject, hosts])[order],
        start=joined(history.start, float(history.start.max()) + 3.0),
        hours=joined(history.hours, hours), sold=joined(history.sold, np.nan),
        lasted=joined(history.ran, np.nan), products=joined(shown, products),
        kept=joined(history.kept if history.kept is not None else np.zeros(len(history)),
                    1.0).astype(np.bool_))


def test_twice_the_hours_bring_about_twice_as_much(make_history: Make) -> None:
    history = make_history(noise=0.3)

    short = outlook(_then(history, hours=1.0), np.random.default_rng(1))
    long = outlook(_then(history, hours=2.0), np.random.default_rng(1))

    ratio = long.quantiles[:, MIDDLE] / short.quantiles[:, MIDDLE]
    assert set(short.rule) == {"rate_hours"}
    assert 1.7 < np.median(ratio) < 2.3


def test_without_planned_hours_it_is_the_median_of_five_and_its_misses(
        make_history: Make) -> None:
    history = make_history()
    asked = _then(history, hours=np.nan)

    told = outlook(asked, np.random.default_rng(1))
    by_hours = outlook(_then(history, hours=2.0), np.random.default_rng(1))

    assert set(told.rule) == {"median_5"}
    last = np.array([np.median(history.sold[history.subject == host][-5:])
                     for host in np.unique(history.subject)])
    np.testing.assert_allclose(told.quantiles[:, MIDDLE], last)
    low, high = ends(told.quantiles, 0.8)
    low_by, high_by = ends(by_hours.quantiles, 0.8)
    assert np.median(high / low) > np.median(high_by / low_by)


def test_quantiles_ascend_and_are_never_negative_with_mass_at_zero(make_history: Make) -> None:
    told = outlook(_then(make_history(nothing=0.3), hours=2.0), np.random.default_rng(1))

    assert (np.diff(told.quantiles, axis=1) >= 0).all()
    assert (told.quantiles >= 0).all()
    assert 0.2 < (told.quantiles == 0).mean() < 0.4


def test_the_range_holds_what_comes_as_often_as_it_says(make_history: Make) -> None:
    inside = []
    for seed in range(20):
        history = make_history(hosts=20, sessions=31, noise=0.6, seed=seed)
        last = np.append(np.diff(history.subject) > 0, True)
        asked = replace(history, sold=np.where(last, np.nan, history.sold))
        low, high = ends(outlook(asked, np.random.default_rng(1)).quantiles, 0.8)
        inside += ((history.sold[last] >= low) & (history.sold[last] <= high)).tolist()

    assert 0.75 <= np.mean(inside) <= 0.85


def test_a_second_session_to_come_is_told_from_what_is_known_only(make_history: Make) -> None:
    history = make_history(hosts=2)
    one = outlook(_then(history, hours=2.0), np.random.default_rng(1))
    two = outlook(_then(_then(history, hours=2.0), hours=2.0), np.random.default_rng(1))

    np.testing.assert_array_equal(two.quantiles[::2], one.quantiles)
    np.testing.assert_array_equal(two.quantiles[1::2], one.quantiles)
    assert two.n_history.tolist() == [60] * 4


def test_kept_plans_that_were_far_off_widen_the_range(make_history: Make) -> None:
    history = make_history(noise=0.1, sessions=30)
    rng = np.random.default_rng(3)
    kept = rng.random(len(history)) < 0.3
    planned = history.hours * np.exp(rng.normal(0.0, 0.8, len(history)))
    off = replace(history, lasted=history.hours, kept=kept,
                  hours=np.where(kept, planned, history.hours))

    sure = outlook(_then(replace(history, lasted=history.hours), hours=2.0),
                   np.random.default_rng(1))
    unsure = outlook(_then(off, hours=2.0), np.random.default_rng(1))

    assert (sure.plans, unsure.plans) == (0, int(kept.sum()))
    widths = [float(np.median(np.log(high / low))) for low, high in (
        ends(sure.quantiles, 0.8), ends(unsure.quantiles, 0.8))]
    assert widths[1] > 3 * widths[0]
    assert 1.6 < widths[1] < 2.6  # 2 × 1.28 × 0.8 = 2.05 of the plan alone


def test_a_show_of_one_product_is_told_from_others_of_one_product(make_history: Make) -> None:
    history = make_history(noise=0.2, sessions=50)
    single = np.tile(np.arange(50) % 5 == 0, 12)
    shown = replace(history, products=np.where(single, 1.0, 20.0),
                    sold=np.where(single, history.sold / 100.0, history.sold))

    usual = outlook(_then(shown, hours=2.0, products=20.0), np.random.default_rng(1))
    alone = outlook(_then(shown, hours=2.0, products=1.0), np.random.default_rng(1))
    mixed = outlook(_then(replace(shown, products=None), hours=2.0), np.random.default_rng(1))

    ratio = usual.quantiles[:, MIDDLE] / alone.quantiles[:, MIDDLE]
    assert 60 < np.median(ratio) < 160
    low, high = ends(usual.quantiles, 0.8)
    low_all, high_all = ends(mixed.quantiles, 0.8)
    assert np.median(np.log(high / low)) < 0.5 * np.median(np.log1p(high_all) - np.log1p(low_all))


def test_with_too_little_to_learn_from_nothing_is_told(make_history: Make) -> None:
    told = outlook(_then(make_history(hosts=2, sessions=6), hours=2.0), np.random.default_rng(1))

    assert told.learnt == 10
    assert np.isnan(told.quantiles).all()


def test_models_that_earned_their_place_join_the_rule(make_history: Make) -> None:
    history = make_history(hosts=6, power=0.3, noise=0.3)
    asked = [_then(history, hours=hours) for hours in (1.0, 4.0)]
    learnt = learnt_from(asked[0].where(~asked[0].to_come), np.random.default_rng(1), by=By.MODELS)
    short, long = (told_by_learnt(learnt, each) for each in asked)

    assert set(short.rule) == {"average"}
    np.testing.assert_allclose(sum(short.weights.values()), 1.0)
    # sales follow hours^0.3: four times the hours bring 1.5 times as much, not four times
    assert np.median(long.quantiles[:, MIDDLE] / short.quantiles[:, MIDDLE]) < 3.0
    assert (np.diff(short.quantiles, axis=1) >= 0).all()
