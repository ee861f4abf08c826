from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from caopan.forecast.coherence import coherent

AMOUNTS = npst.arrays(np.float64, 19, elements=st.floats(0, 1e6)).map(np.sort)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_outcomes_of_one_session_agree(
        gmv: np.ndarray, units: np.ndarray, orders: np.ndarray, viewers: np.ndarray) -> None:
    made = coherent({"gmv": gmv, "units": units, "orders": orders, "viewers": viewers})

    for values in made.values():
        assert (np.diff(values) >= 0).all()
        assert (values >= 0).all()
    assert (made["orders"] <= made["units"]).all()
    assert ((made["gmv"] > 0) <= (made["units"] > 0)).all() or (made["units"] > 0).all()
    zeros = [int((made[name] == 0).sum()) for name in ("gmv", "units", "orders")]
    assert len(set(zeros)) == 1
    for name in ("units", "orders", "viewers"):
        assert (made[name] == np.round(made[name])).all()


def test_what_agrees_already_stays_as_it_is() -> None:
    told = {"gmv": np.arange(19.0) * 500.0, "units": np.arange(19.0), "orders": np.arange(19.0)}

    made = coherent(told)

    for name, values in told.items():
        np.testing.assert_array_equal(made[name], values)


def test_the_values_given_are_left_alone() -> None:
    given_ = np.full(19, -1.0)

    coherent({"gmv": given_})

    assert given_.tolist() == [-1.0] * 19
