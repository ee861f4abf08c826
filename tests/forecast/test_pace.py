from __future__ import annotations

import numpy as np
import pytest

from caopan.forecast.pace import Curves, Method, Past, pace
from caopan.stats.quantiles import LEVELS

SPREAD = 0.5


def _past(n: int, *, share: float, seed: int = 1, scatter: float = 0.4) -> Past:
    """Return sessions of some two hundred sales each, a known share of which is sold by now."""
    rng = np.random.default_rng(seed)
    prior = rng.lognormal(5.3, 0.7, n)
    total = np.maximum(np.round(prior * np.exp(SPREAD * rng.normal(size=n))), 1.0)
    so_far = np.minimum(rng.poisson(total * share * rng.lognormal(0.0, scatter, n)), total)
    return Past(prior=prior, so_far=so_far.astype(float), lately=so_far / 2.0, total=total)


def _misses(past: Past) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.log(past.total / past.prior)


def test_without_past_minutes_the_forecast_stands() -> None:
    told = pace(_past(3, share=0.2), prior=100.0, misses=_misses(_past(200, share=0.2)),
                so_far=90.0, lately=5.0)

    assert told.method is Method.PRIOR
    assert told.mid == pytest.approx(100.0, rel=0.15)
    assert told.quantiles.min() >= 90.0


def test_a_session_ahead_of_its_curve_is_told_higher_than_its_forecast_but_below_its_rate() -> None:
    past = _past(200, share=0.2)

    told = pace(past, prior=200.0, misses=_misses(past), so_far=100.0, lately=50.0)

    assert told.method is Method.GAMMA_POISSON
    assert 220.0 < told.mid < 100.0 / 0.2


def test_nothing_sold_early_lowers_the_forecast_and_does_not_end_it() -> None:
    past = _past(200, share=0.05)

    told = pace(past, prior=200.0, misses=_misses(past), so_far=0.0, lately=0.0)

    assert 20.0 < told.mid < 180.0


def test_what_is_sold_is_never_told_away() -> None:
    past = _past(700, share=0.5)

    told = pace(past, prior=100.0, misses=_misses(past), so_far=900.0, lately=2.0)

    assert (told.quantiles >= 900.0).all()
    assert (np.diff(told.quantiles) >= 0.0).all()


def test_money_is_read_in_orders() -> None:
    counted = _past(200, share=0.2)
    priced = Past(prior=counted.prior * 5_000, so_far=counted.so_far * 5_000,
                  lately=counted.lately * 5_000, total=counted.total * 5_000, one=5_000)

    units = pace(counted, prior=200.0, misses=_misses(counted), so_far=60.0, lately=9.0)
    money = pace(priced, prior=1e6, misses=_misses(counted), so_far=3e5, lately=45_000.0)

    assert money.quantiles == pytest.approx(units.quantiles * 5_000, rel=1e-6)


@pytest.mark.parametrize(("n", "share"), [(120, 0.1), (600, 0.1), (600, 0.5)])
def test_the_range_holds_as_often_as_it_says_and_the_forecast_is_beaten(
        n: int, share: float) -> None:
    past, coming = _past(n, share=share), _past(400, share=share, seed=2)
    curves = Curves.of(past, _misses(past))

    told = [curves.told(prior=prior, so_far=so_far, lately=lately)
            for prior, so_far, lately in zip(coming.prior, coming.so_far, coming.lately,
                                             strict=True)]

    low, mid, high = (np.array([one.quantiles[at] for one in told]) for at in (1, 9, 17))
    held = ((coming.total >= low) & (coming.total <= high)).mean()
    assert LEVELS[17] - LEVELS[1] == pytest.approx(0.8)
    assert 0.74 < held < 0.88
    missed = np.abs(np.log(mid / coming.total)).mean()
    assert missed < 0.85 * np.abs(_misses(coming)).mean()
    assert missed < np.abs(np.log((coming.so_far + 0.5) / share / coming.total)).mean()
