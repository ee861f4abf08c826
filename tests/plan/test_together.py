from __future__ import annotations

import numpy as np
import pytest

from caopan.plan.asked import Asked
from caopan.plan.rates import Taught, pool_of, taught
from caopan.plan.sales import OUTCOMES, Sales
from caopan.plan.together import LEAST_HOST, LEAST_OTHERS, Together, together
from caopan.stats.arrays import Floats, Ints
from caopan.stats.censored_demand import Pool

HOSTS, SHOWS, PRODUCTS = 5, 40, 6


def _sales(luck: Floats) -> tuple[Sales, Ints]:
    """Return sales about 20 of each product; ``luck``: shape (hosts, shows, products)."""
    host, product, show = (each.ravel() for each in np.meshgrid(
        np.arange(HOSTS), np.arange(PRODUCTS), np.arange(SHOWS), indexing="ij"))
    rng = np.random.default_rng(3)
    n, nothing = len(host), np.full(len(host), np.nan)
    units = rng.poisson(20.0 * luck[host, show, product]).astype(np.float64)
    names = np.array([f"h{at}" for at in range(max(HOSTS, PRODUCTS))], dtype=object)
    return Sales(
        host=names[host], product=names[product], role=np.full(n, None, dtype=object),
        start=show + host / 10.0, units=units, hours=np.ones(n), price=np.full(n, 100.0),
        opens=nothing, talked=nothing, gone=nothing, capped=np.zeros(n, dtype=np.bool_),
        strength=np.full((n, len(OUTCOMES)), np.nan)), host * PRODUCTS + product


def _asked_about(known: Sales) -> Asked:
    """Return nothing planned: what is known alone is looked at."""
    return Asked(**{name: getattr(known, name)[:0] for name in (
        "host", "product", "role", "start", "hours", "price", "strength")}, critical=np.zeros(0))


def _told(luck: Floats) -> Together:
    sales, item = _sales(luck)
    pool: Pool = pool_of(sales, _asked_about(sales), item, item[:0])
    by: Taught = taught(sales, item, pool)[0]
    return together(sales, item, pool, by)


@pytest.fixture(scope="module")
def lucks() -> dict[str, Floats]:
    rng, whole = np.random.default_rng(1), (HOSTS, SHOWS, PRODUCTS)
    return {"line": rng.gamma(4.0, 0.25, whole),
            "session": np.broadcast_to(rng.gamma(4.0, 0.25, (HOSTS, SHOWS, 1)), whole)}


def test_products_of_a_session_that_are_lucky_together_are_told_from_those_that_are_not(
        lucks: dict[str, Floats]) -> None:
    alone, together_ = (_told(lucks[name]) for name in ("line", "session"))

    assert alone.sessions == together_.sessions == HOSTS * SHOWS / 5
    assert alone.session < 0.2
    assert together_.session > 0.5
    assert alone.host == LEAST_HOST
    assert alone.others == LEAST_OTHERS


def test_few_sessions_say_nothing_and_all_lines_go_together() -> None:
    sales, item = _sales(np.ones((HOSTS, SHOWS, PRODUCTS)))
    early = sales.start < 6

    few = sales.rows(early)
    pool = pool_of(few, _asked_about(few), item[early], item[:0])

    assert together(few, item[early], pool, taught(few, item[early], pool)[0]) == Together()


def test_the_cases_go_together_as_far_as_they_are_said_to() -> None:
    made = Together(session=0.6, host=0.3, others=0.1, sessions=50)

    draws = made.draws(["a", "a", "a", "b"], ["s1", "s1", "s2", "s3"], ["x", "y", "x", "x"], 4000)

    told = np.corrcoef(draws)
    assert told[0, 1] == pytest.approx(0.6, abs=0.06)
    assert told[0, 2] == pytest.approx(0.3, abs=0.06)
    assert told[0, 3] == pytest.approx(0.1, abs=0.06)
    assert np.bincount(draws[0] // 1000).tolist() == pytest.approx([1000] * 4, rel=0.1)


def test_the_same_session_meets_the_same_luck_in_another_plan() -> None:
    made = Together(session=0.6, host=0.3, others=0.1, sessions=50)

    one = made.draws(["a"], ["s1"], ["x"], 400)
    other = made.draws(["b", "a"], ["s9", "s1"], ["y", "x"], 400)

    np.testing.assert_array_equal(one[0], other[1])
