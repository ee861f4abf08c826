from __future__ import annotations

import numpy as np
import pytest

from caopan.forecast import response_model
from caopan.forecast.response_model import expected, fitted
from caopan.forecast.response_terms import terms
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
    place = fitted(data, between=0.3).mode

    share = response_model._parts(data, place)[1]  # noqa: SLF001

    assert len(np.unique(share[~data.drawn].round(12))) == 1
    assert len(np.unique(share[data.drawn].round(12))) > 20


def test_a_miss_remembers_the_one_before_it() -> None:
    sessions, _ = drawn_world(1, hosts=2)

    fit = fitted(terms(sessions), between=0.3)

    assert 0.0 <= fit.memory < 0.5
    assert np.linalg.eigvalsh(fit.covariance).min() > -1e-9
