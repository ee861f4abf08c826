from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from caopan.stats.arrays import Floats
from caopan.stats.censored_demand import Pool, Sold, demand_points, learnt
from caopan.stats.newsvendor import Terms, ordered, outlook

SESSIONS = 20


@dataclass(frozen=True)
class World:
    """Sixty products whose stock follows their last sales: the spiral that hides demand."""

    rate: Floats
    sold: Sold
    shape: float


def world(*, seed: int, products: int = 60, shape: float = 2.0) -> World:
    rng = np.random.default_rng(seed)
    rate = rng.lognormal(3.0, 0.8, products)
    stock = np.maximum(np.round(rate * rng.lognormal(0.0, 0.5, products)), 1.0)
    counts, exposures = [], []
    for _ in range(SESSIONS):
        wanted = rng.poisson(rate * rng.gamma(shape, 1.0 / shape, products))
        gone = np.array([np.sort(rng.random(n))[int(s) - 1] if n >= s else 1.0
                         for n, s in zip(wanted, stock, strict=True)])
        counts.append(np.minimum(wanted, stock))
        exposures.append(gone)
        stock = np.maximum(np.round(counts[-1] * 1.2), 1.0)
    return World(rate=rate, shape=shape, sold=Sold(
        item=np.repeat(np.arange(products), SESSIONS), count=np.array(counts).T.ravel(),
        exposure=np.array(exposures).T.ravel(), capped=np.zeros(products * SESSIONS, dtype=bool)))


def one_kind(products: int) -> Pool:
    return Pool(features=np.ones((products, 1)), group=np.zeros(products, dtype=np.int64),
                groups=1)


def clairvoyant_share(made: World, ratio: float) -> tuple[float, float]:
    """Return the profit of orders from censored sales, and of mean sales, as shares of the best."""
    n = len(made.rate)
    common, rates = learnt(made.sold, one_kind(n))
    points = demand_points(rates, np.arange(n), np.ones(n), common.shape)
    rng = np.random.default_rng(99)
    truth = np.sort(rng.poisson(made.rate[:, None] * rng.gamma(
        made.shape, 1 / made.shape, (n, 4_000))).astype(np.float64), axis=1)
    zero = np.zeros(n)
    terms = Terms(price=zero + 10.0, cost=zero + 10.0 * (1.0 - ratio), salvage=zero,
                  returned=zero, held=zero)
    mean = np.round(made.sold.count.reshape(n, -1).mean(axis=1))
    best, own, habit = (outlook(truth, terms, order, low=0.1).profit.sum() for order in (
        ordered(truth, terms), ordered(points, terms), mean))
    return float(own / best), float(habit / best)


@pytest.mark.parametrize("ratio", [0.6, 0.86])
def test_orders_from_censored_sales_bring_what_the_true_distribution_would(ratio: float) -> None:
    found = [clairvoyant_share(world(seed=seed), ratio) for seed in range(3)]

    own, habit = np.mean(found, axis=0)
    assert own >= 0.95
    assert habit < 0.7


def test_a_rate_until_the_stock_was_gone_is_the_rate() -> None:
    made = world(seed=11)

    common, rates = learnt(made.sold, one_kind(60))

    bias = np.mean(np.exp(rates.mean) / made.rate)
    assert bias == pytest.approx(1.0, abs=0.08)
    assert common.shape == pytest.approx(2.0, rel=0.4)


def test_ranges_of_rates_hold_as_often_as_they_say() -> None:
    held = []
    for seed in range(100, 110):
        made = world(seed=seed)
        _, rates = learnt(made.sold, one_kind(60))
        low, high = rates.mean - 1.2816 * rates.error, rates.mean + 1.2816 * rates.error
        held += ((np.log(made.rate) >= low) & (np.log(made.rate) <= high)).tolist()

    assert np.mean(held) == pytest.approx(0.8, abs=0.06)


def test_stock_gone_at_an_unknown_minute_raises_the_rate_above_what_was_sold() -> None:
    full = np.zeros(8, dtype=bool)
    sold = Sold(item=np.zeros(8, dtype=np.int64), count=np.full(8, 10.0), exposure=np.ones(8),
                capped=full)

    _, plain = learnt(sold, one_kind(1))
    _, capped = learnt(Sold(item=sold.item, count=sold.count, exposure=sold.exposure,
                            capped=~full), one_kind(1))

    assert capped.mean[0] > plain.mean[0] + 0.2


def test_a_new_product_of_a_host_has_that_hosts_rate_and_is_less_sure() -> None:
    rng = np.random.default_rng(3)
    hosts = np.repeat(np.arange(6), 10)
    rate = np.exp(np.array([0.0, 0.5, 1.0, 3.0, 3.5, 4.0])[hosts] + rng.normal(0, 0.3, 60))
    count = rng.poisson(np.repeat(rate, 8) * rng.gamma(5, 0.2, 480)).astype(np.float64)
    sold = Sold(item=np.repeat(np.arange(60), 8), count=count, exposure=np.ones(480),
                capped=np.zeros(480, dtype=bool))
    pool = Pool(features=np.ones((62, 1)), group=np.append(hosts, [5, -1]), groups=6)

    _, rates = learnt(sold, pool)

    assert rates.mean[60] == pytest.approx(4.0, abs=0.5)
    assert rates.error[61] > 2 * rates.error[60] > 2 * rates.error[:60].mean()


def test_demand_has_the_mean_and_the_spread_of_its_parts() -> None:
    sold = Sold(item=np.zeros(400, dtype=np.int64), exposure=np.ones(400),
                capped=np.zeros(400, dtype=bool),
                count=np.random.default_rng(5).negative_binomial(3, 3 / 23, 400).astype(float))
    common, rates = learnt(sold, one_kind(1))

    points = demand_points(rates, np.zeros(2, dtype=np.int64), np.array([1.0, 2.0]), common.shape)

    assert points[0].mean() == pytest.approx(sold.count.mean(), rel=0.04)
    assert points[0].std() == pytest.approx(sold.count.std(), rel=0.12)
    assert points[1].mean() == pytest.approx(2 * points[0].mean(), rel=0.01)
    assert (np.diff(points, axis=1) >= 0).all()
