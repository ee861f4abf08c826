from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.forecast import response_model
from caopan.forecast.response_model import LIFT_PRIOR, contrast, expected, fitted
from caopan.forecast.response_terms import terms
from caopan.forecast.spending import CHOSEN
from tests.forecast.response_worlds import drawn_world


def test_the_slopes_are_those_of_the_expected_sales() -> None:
    data = terms(drawn_world(1, hosts=2, sessions=30)[0])
    fit = fitted(data, between=0.3)
    place = fit.mode + 0.05

    told = response_model._jacobian(data, place)  # noqa: SLF001 - an error here only slows the fit

    for at in range(len(place)):
        step = np.zeros(len(place))
        step[at] = 1e-6
        numeric = (expected(data, place + step) - expected(data, place - step)) / 2e-6
        assert told[:, at] == pytest.approx(numeric, abs=2e-4)


def test_how_chosen_spend_varies_leaves_the_curve_alone() -> None:
    sessions, _ = drawn_world(1, hosts=1)
    data = terms(sessions)
    place = fitted(data, between=0.06).mode
    place[3 * data.subjects + 3] = -50.0  # nothing is left of earlier spend

    more = contrast(data, place)

    assert np.abs(more[~data.drawn]).max() == 0.0
    assert len(np.unique(more[data.drawn].round(12))) > 20


def test_a_decided_session_tells_what_earlier_draws_left() -> None:
    sessions, _ = drawn_world(1, hosts=1, sessions=30, drawn=0.0)
    data = terms(replace(sessions, rung=np.where(np.arange(30) == 9, 2, CHOSEN)))
    place = fitted(data, between=0.06).mode

    after_two = contrast(data, place)
    after_none = contrast(replace(data, rung=np.where(data.drawn, 0, CHOSEN)), place)

    assert (after_two[:9] == 0.0).all()
    assert after_two[10] > 0.01 > -0.01 > after_none[10]
    assert after_two[10:14].tolist() == sorted(after_two[10:14], reverse=True)


def test_a_fit_is_nowhere_wider_than_what_was_thought_before_it() -> None:
    """Few sessions with one that is far off scatter more than anybody thought they could."""
    sessions, _ = drawn_world(3, hosts=3, sessions=14, noise=1.2)

    fit = fitted(terms(sessions), between=0.06)

    spread = np.sqrt(np.diag(fit.covariance))
    assert spread[2 * fit.subjects:3 * fit.subjects].max() <= 0.06 + 1e-12
    assert spread[3 * fit.subjects] <= LIFT_PRIOR[1] + 1e-12


def test_over_the_draws_nothing_is_expected_of_them_whatever_the_plan_was() -> None:
    sessions, _ = drawn_world(1, hosts=1, sessions=30, drawn=1.0)
    data = terms(sessions)
    place = fitted(data, between=0.06).mode
    place[3 * data.subjects + 3] = -50.0  # nothing is left of earlier spend

    told = np.array([contrast(replace(data, rung=np.full(30, rung)), place) for rung in range(3)])

    assert told.sum(axis=0) == pytest.approx(0.0, abs=1e-9)
    assert (np.diff(told, axis=0) > 0).all()


def test_a_miss_remembers_the_one_before_it() -> None:
    sessions, _ = drawn_world(1, hosts=2)

    fit = fitted(terms(sessions), between=0.3)

    assert 0.0 <= fit.memory < 0.5
    assert np.linalg.eigvalsh(fit.covariance).min() > -1e-9


def test_what_was_foreseen_moves_the_whole_of_a_decided_session() -> None:
    data = terms(drawn_world(4, hosts=2, sessions=40)[0])
    place = fitted(data, between=0.1).mode
    place[3 * data.subjects + 3] = -50.0  # nothing is left of earlier spend
    decided = place.copy()
    decided[-1] += 0.1

    grown = expected(data, decided) / expected(data, place)

    assert grown[~data.drawn] == pytest.approx(np.exp(0.1))
    assert grown[data.drawn] == pytest.approx(1.0)


def test_a_harmful_spend_is_told_as_such_and_not_as_nothing() -> None:
    """Told only where luck was good, a mean over hosts would be too high."""
    sessions, _ = drawn_world(2, hosts=2, effect=-0.5, drawn=0.6)

    fit = fitted(terms(sessions), between=0.02)

    assert fit.mode[3 * fit.subjects] < -0.05


def test_decided_sessions_do_not_cut_the_drawn_ones() -> None:
    sessions, _ = drawn_world(4, hosts=2, sessions=60, noise=0.4)
    data = terms(sessions)
    close = np.where(data.drawn, data.sold, 1.0 + 0.01 * data.sold)

    noise = response_model._noise(replace(data, sold=close), np.ones(len(close)))  # noqa: SLF001

    assert (noise.weight[data.drawn] == 1.0).mean() > 0.8
    assert noise.scale[data.drawn].min() > 10 * noise.scale[~data.drawn].max()
