"""Orders beside what the true distribution would bring, the allocator beside its bound, the scale.

Run: python -m bench stocking. The censored world is a simulation: sixty products, twenty sessions,
negative binomial demand, stock that follows what was sold last. Figures are percent lost, so
that less is better; the habits' stand beside them for comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bench.row import Row, seconds
from caopan.plan.asked import Asked
from caopan.plan.demand import demanded
from caopan.plan.sales import Sales
from caopan.plan.stock import Lines, stocked
from caopan.stats.allocation import allocated
from caopan.stats.censored_demand import Pool, Sold, demand_points, learnt
from caopan.stats.newsvendor import Terms, ordered, outlook

PRODUCTS, SESSIONS, SHAPE = 60, 20, 2.0
SEEDS = range(10)
RATIOS = (0.6, 0.86)
MOST_LOST = 0.05
LARGE = 5_000
ANY = float("inf")
"""The limit of a figure that is only there to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Sales cut off by stock, with the share of each session after which it was gone."""

    rate: np.ndarray
    count: np.ndarray
    gone: np.ndarray


def world(seed: int, *, products: int = PRODUCTS) -> World:
    """Return a censored world; every array but ``rate`` has shape (products, sessions)."""
    rng = np.random.default_rng(seed)
    rate = rng.lognormal(3.0, 0.8, products)
    stock = np.maximum(np.round(rate * rng.lognormal(0.0, 0.5, products)), 1.0)
    count, gone = [], []
    for _ in range(SESSIONS):
        wanted = rng.poisson(rate * rng.gamma(SHAPE, 1.0 / SHAPE, products))
        sold = np.minimum(wanted, stock)
        count.append(sold)
        gone.append([np.sort(rng.random(n))[int(s) - 1] if n >= s else np.nan
                     for n, s in zip(wanted, stock, strict=True)])
        stock = np.maximum(np.round(sold * 1.2), 1.0)
    return World(rate=rate, count=np.array(count).T, gone=np.array(gone).T)


def terms(count: int, ratio: float) -> Terms:
    """Return terms with a critical ratio: sold at 10, worth nothing when left."""
    zero = np.zeros(count)
    return Terms(price=zero + 10.0, cost=zero + 10.0 * (1.0 - ratio), salvage=zero,
                 returned=zero, held=zero)


def lost(made: World, ratio: float) -> dict[str, float]:
    """Return the share of the clairvoyant distribution's profit that each way loses."""
    n = len(made.rate)
    item, every = np.repeat(np.arange(n), SESSIONS), np.zeros(n * SESSIONS, dtype=bool)
    pool = Pool(features=np.ones((n, 1)), group=np.zeros(n, dtype=np.int64), groups=1)
    full = np.isnan(made.gone)
    ways = {
        "by the minute": (np.where(full, 1.0, made.gone).ravel(), every),
        "minute unknown": (np.ones(n * SESSIONS), ~full.ravel()),
        "sell-outs ignored": (np.ones(n * SESSIONS), every)}
    orders = {"mean of sales": np.round(made.count.mean(axis=1)),
              "last × 1.2": np.round(made.count[:, -1] * 1.2)}
    economics = terms(n, ratio)
    for name, (exposure, capped) in ways.items():
        common, rates = learnt(Sold(item=item, count=made.count.ravel(), exposure=exposure,
                                    capped=capped), pool)
        orders[name] = ordered(demand_points(rates, np.arange(n), np.ones(n), common.shape),
                               economics)
    rng = np.random.default_rng(99)
    truth = np.sort(rng.poisson(made.rate[:, None] * rng.gamma(
        SHAPE, 1 / SHAPE, (n, 20_000))).astype(float), axis=1)
    best = outlook(truth, economics, ordered(truth, economics), low=0.1).profit.sum()
    return {name: 1.0 - float(outlook(truth, economics, order, low=0.1).profit.sum() / best)
            for name, order in orders.items()}


def rows() -> Iterator[Row]:
    """Yield the rows of this part."""
    for ratio in RATIOS:
        found = [lost(world(seed), ratio) for seed in SEEDS]
        for name in found[0]:
            yield Row(name=f"profit lost at ratio {ratio}: {name}", theirs=None, unit="%",
                      ours=100 * float(np.mean([one[name] for one in found])),
                      limit=100 * MOST_LOST if name == "by the minute" else ANY)
    yield from _allocation()
    yield from _scale()


def _allocation() -> Iterator[Row]:
    rng = np.random.default_rng(1)
    spend = np.tile(np.linspace(0.0, 1500.0, 301), (200, 1))
    power, half = rng.uniform(1.0, 2.2, (200, 1)), rng.lognormal(6.0, 0.5, (200, 1))
    value = rng.lognormal(7.0, 0.8, (200, 1)) * spend**power / (spend**power + half**power)
    found = allocated(spend, value, 60_000.0)
    equal = float(value[:, np.searchsorted(spend[0], 300.0)].sum())
    yield Row(name="200 S-shaped sessions: short of the dual bound", unit="%", theirs=None,
              ours=100 * (1.0 - found.total / found.bound), limit=0.02)
    yield Row(name="  equal parts: short of the dual bound", unit="%", theirs=None,
              ours=100 * (1.0 - equal / found.bound), limit=ANY)
    yield Row(name="  dividing them", theirs=None, limit=0.25,
              ours=min(seconds(lambda: allocated(spend, value, 60_000.0)) for _ in range(5)))


def _scale() -> Iterator[Row]:
    made = world(3, products=LARGE)
    names = np.array([f"p{at}" for at in range(LARGE)], dtype=object)
    nobody, n = np.full(LARGE, None, dtype=object), LARGE * SESSIONS
    host = np.array([f"h{at % 50}" for at in range(LARGE)], dtype=object)
    sales = Sales(
        host=np.repeat(host, SESSIONS), product=np.repeat(names, SESSIONS),
        role=np.repeat(nobody, SESSIONS), strength=np.full((n, 2), np.nan),
        start=np.tile(np.arange(SESSIONS, dtype=float), LARGE) + 20_000.8,
        units=made.count.ravel(), hours=np.full(n, 2.0),
        opens=np.full(n, np.nan), talked=np.full(n, np.nan), gone=made.gone.ravel(),
        capped=np.zeros(n, dtype=bool), price=np.full(n, 1000.0))
    asked = Asked(host=host, product=names, role=nobody, hours=np.full(LARGE, 2.0),
                  price=np.full(LARGE, 1000.0), start=np.full(LARGE, 20_000.8 + SESSIONS),
                  strength=np.full((LARGE, 2), np.nan), critical=np.full(LARGE, 0.6))
    economics = terms(LARGE, 0.6)
    lines = Lines(terms=economics, before=np.full(LARGE, -1), keeps=np.ones(LARGE, dtype=bool),
                  given=np.zeros(LARGE, dtype=bool))
    found = []

    def whole() -> None:
        points = demanded(sales, asked).points
        free = stocked(points, lines, level=0.8)
        cash = 0.4 * float(free.order @ economics.cost)
        found.append(stocked(points, lines, level=0.8, cash=cash))

    yield Row(name="5,000 products, 100,000 rows: demand and orders", theirs=None,
              ours=seconds(whole), limit=60.0)
    yield Row(name="  under 40 % of the cash: short of the dual bound", theirs=None,
              unit="%", limit=0.1,
              ours=100 * (1.0 - float(found[0].outlook.profit.sum()) / found[0].bound))
