"""Demand behind sales that ended when the stock was gone: gamma-Poisson rates, pooled."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from caopan.stats.arrays import Bools, Floats, Ints, grouped_sum
from caopan.stats.poisson_quantile import poisson_quantile

GRID = np.linspace(-5.0, 5.0, 33)
"""Places of a rate's posterior, in standard errors from its middle."""
ROUNDS = 12
"""Alternations between rates and what they have in common; they settle in about eight."""
SHAPES = np.exp(np.linspace(np.log(0.25), np.log(400.0), 25))
"""What the shape of the sessions' own luck is looked for among."""
LEARNT_FROM = 10_000
"""Rows that what is common is learnt from; more change no digit that matters."""
RATE_POINTS, LUCK_POINTS = 20, 20
"""Equally likely rates, and equally likely lucks of a session: 400 points of demand."""
LEAST_SPREAD, FIRST_SPREAD = 0.05, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What was sold, a row per item and session.

    ``item``: shape (n,), ascending, in [0, items); ``count``: units, >= 0; ``exposure``: > 0, the
    time (or any measure that demand is proportional to) during which there was stock to sell, up
    to the minute it ran out; ``capped``: whether stock ran out at an unknown moment, so that
    demand over the whole exposure was the count or more.
    """

    item: Ints
    count: Floats
    exposure: Floats
    capped: Bools

    def of(self, rows: Bools) -> Sold:
        """Return some of the rows."""
        return Sold(item=self.item[rows], count=self.count[rows], exposure=self.exposure[rows],
                    capped=self.capped[rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What items have in common.

    The log rate of an item is normal about ``features @ slopes + group_effect[group]`` with
    standard deviation ``spread``; group effects are normal about 0 with ``group_spread``. What a
    session brings is its rate times exposure times a gamma luck of mean 1 and shape ``shape``.
    """

    slopes: Floats
    group_effect: Floats
    spread: float
    group_spread: float
    shape: float

    def centre(self, features: Floats, group: Ints) -> Floats:
        """Return the log rate expected of items, shape (items,); group -1 is a group unseen."""
        known = np.append(self.group_effect, 0.0)
        return np.asarray(features @ self.slopes + known[group])

    def spread_of(self, group: Ints) -> Floats:
        """Return its standard deviation: wider where the group itself is unseen."""
        return np.where(group < 0, np.hypot(self.spread, self.group_spread), self.spread)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The posterior of every item's log rate: ``places`` and their ``weights``, (items, 33)."""

    places: Floats
    weights: Floats
    evidence: float
    """Log probability of all counts, whatever the rates."""

    @property
    def mean(self) -> Floats:
        """Return the posterior means, shape (items,)."""
        return np.asarray((self.places * self.weights).sum(axis=1))

    @property
    def error(self) -> Floats:
        """Return the posterior standard deviations, shape (items,)."""
        apart = (self.places - self.mean[:, None]) ** 2
        return np.asarray(np.sqrt((apart * self.weights).sum(axis=1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The items: ``features`` (items, p), the first a one; ``group`` (items,), -1 for none."""

    features: Floats
    group: Ints
    groups: int

    def of(self, items: Bools) -> Pool:
        """Return some of the items."""
        return replace(self, features=self.features[items], group=self.group[items])


def learnt(sold: Sold, pool: Pool, *, start: Common | None = None,
           rounds: int = ROUNDS) -> tuple[Common, Rates]:
    """Return what the items have in common and the rate of each, by empirical Bayes.

    Rates are integrated over a grid, not maximised; what is common is the maximum of the
    likelihood that remains. An item without rows has the rate of its kind, as unsure as kinds
    differ. From a ``start`` that is near, few ``rounds`` do.

    >>> sold = Sold(item=np.repeat(np.arange(3), 4), exposure=np.ones(12), capped=np.zeros(12) > 0,
    ...             count=np.array([9.0, 11, 10, 10, 21, 18, 20, 22, 41, 40, 38, 39]))
    >>> pool = Pool(features=np.ones((4, 1)), group=np.zeros(4, dtype=np.int64), groups=1)
    >>> _, rates = learnt(sold, pool)
    >>> np.exp(rates.mean).round().tolist()[:3], bool(rates.error[3] > 3 * rates.error[0])
    ([10.0, 20.0, 39.0], True)
    """
    few, few_pool = _sample(sold, pool)
    common = start or _start(few, few_pool)
    for turn in range(rounds):
        rates = posterior(few, few_pool, common)
        common = _settled(common, rates, few, few_pool)
        if turn % 3 == 1 and start is None:  # luck and rates settle apart
            common = replace(common, shape=_shape(few, few_pool, common))
    return common, posterior(sold, pool, common)


def posterior(sold: Sold, pool: Pool, common: Common) -> Rates:
    """Return the posterior of every item's log rate, given what items have in common."""
    centre, spread = common.centre(pool.features, pool.group), common.spread_of(pool.group)
    middle, error = _guess(sold, centre, spread, common.shape)
    for _ in range(2):  # the grid moves to where the posterior is
        rates = _on_grid(sold, middle, error, centre, spread, common.shape)
        middle, error = rates.mean, np.maximum(rates.error, 1e-3)
    return rates


def demand_points(rates: Rates, item: Ints, exposure: Floats, shape: float) -> Floats:
    """Return demand as equally likely values, shape (rows, 400), each row ascending.

    Both kinds of doubt are in it: of the rate, and of the session's luck; the count itself is
    Poisson.

    Args:
        rates: of all items.
        item: which item each row asks for, shape (rows,).
        exposure: over how much, shape (rows,), >= 0.
        shape: of the sessions' luck.
    """
    levels = np.asarray((np.arange(RATE_POINTS) + 0.5) / RATE_POINTS)
    log_rate = _at_levels(rates, levels)[item]
    luck = special.gammaincinv(shape, (np.arange(LUCK_POINTS) + 0.5) / LUCK_POINTS) / shape
    mean = np.exp(log_rate)[:, :, None] * (luck / luck.mean())[None, None, :]
    mean = mean.reshape(len(item), -1) * exposure[:, None]
    many = RATE_POINTS * LUCK_POINTS
    scattered = (np.arange(many) * 0.6180339887498949 + 0.5 / many) % 1.0
    return np.sort(poisson_quantile(np.asarray(mean), np.asarray(scattered[None, :])), axis=1)


def _at_levels(rates: Rates, levels: Floats) -> Floats:
    """Return each item's log rate at levels of its posterior, shape (items, levels)."""
    below = np.cumsum(rates.weights, axis=1) - 0.5 * rates.weights
    steps = below[:, None, :] <= levels[None, :, None]
    place = np.clip(steps.sum(axis=2) - 1, 0, below.shape[1] - 2)
    low, high = (np.take_along_axis(below, place + extra, axis=1) for extra in (0, 1))
    share = np.clip(np.divide(levels - low, high - low, out=np.zeros_like(low),
                              where=high > low), 0.0, 1.0)
    start, end = (np.take_along_axis(rates.places, place + extra, axis=1) for extra in (0, 1))
    return np.asarray(start + (end - start) * share)


def _on_grid(sold: Sold, middle: Floats, error: Floats, centre: Floats, spread: Floats,
             shape: float) -> Rates:
    places = middle[:, None] + error[:, None] * GRID[None, :]
    log = -0.5 * ((places - centre[:, None]) / spread[:, None]) ** 2
    log += (-np.log(spread) - 0.5 * np.log(2 * np.pi))[:, None]
    log += _likelihood(sold, places, shape)
    top = log.max(axis=1, keepdims=True)
    mass = np.exp(log - top)
    total = mass.sum(axis=1, keepdims=True)
    step = error * (GRID[1] - GRID[0])
    evidence = float((top[:, 0] + np.log(total[:, 0] * step)).sum())
    return Rates(places=places, weights=mass / total, evidence=evidence)


def _likelihood(sold: Sold, places: Floats, shape: float) -> Floats:
    """Return the log probability of each item's counts at each of its places."""
    items = len(places)
    log_mean = places[sold.item] + np.log(sold.exposure)[:, None]
    mean, count = np.exp(log_mean), sold.count[:, None]
    log = count * log_mean - (shape + count) * np.log(shape + mean)
    log += (special.gammaln(shape + sold.count) - special.gammaln(shape)
            - special.gammaln(sold.count + 1.0) + shape * np.log(shape))[:, None]
    capped = sold.capped & (sold.count > 0)
    if capped.any():
        some = mean[capped]
        log[capped] = np.log(np.maximum(special.betainc(
            sold.count[capped][:, None], shape, some / (shape + some)), 1e-300))
    log[sold.capped & (sold.count <= 0)] = 0.0
    return np.stack([grouped_sum(log[:, at], sold.item, items) for at in range(log.shape[1])],
                    axis=1)


def _guess(sold: Sold, centre: Floats, spread: Floats, shape: float) -> tuple[Floats, Floats]:
    """Return where each posterior lies, roughly: the grid is laid there first."""
    items = len(centre)
    units = grouped_sum(sold.count, sold.item, items)
    exposure = grouped_sum(sold.exposure, sold.item, items)
    rows = grouped_sum(np.ones(len(sold.item)), sold.item, items)
    own = np.log((units + 0.5) / np.maximum(exposure, 1e-12) + 1e-12)
    noise = 1.0 / (units + 0.5) + 1.0 / (shape * np.maximum(rows, 1.0))
    weight = np.where(rows > 0, 1.0 / noise, 0.0)
    precision = weight + spread**-2
    middle = (weight * np.where(rows > 0, own, 0.0) + centre * spread**-2) / precision
    return middle, 1.5 / np.sqrt(precision)


def _start(sold: Sold, pool: Pool) -> Common:
    rate = np.log((sold.count.sum() + 0.5) / max(sold.exposure.sum(), 1e-12))
    slopes = np.zeros(pool.features.shape[1])
    slopes[0] = rate
    return Common(slopes=slopes, group_effect=np.zeros(pool.groups), spread=FIRST_SPREAD,
                  group_spread=FIRST_SPREAD, shape=2.0)


def _settled(common: Common, rates: Rates, sold: Sold, pool: Pool) -> Common:
    """Return what is common once more, given the rates (the M-step)."""
    seen = np.bincount(sold.item, minlength=len(pool.group)) > 0
    mean, error = rates.mean[seen], rates.error[seen]
    features, group = pool.features[seen], pool.group[seen]
    own = np.append(common.group_effect, 0.0)[group]
    ridge = np.eye(features.shape[1]) * 1e-3
    ridge[0, 0] = 1e-9
    slopes = np.linalg.solve(features.T @ features + ridge, features.T @ (mean - own))
    rest = mean - features @ slopes
    inside = group >= 0
    sums = grouped_sum(rest[inside], group[inside], pool.groups)
    counts = grouped_sum(np.ones(inside.sum()), group[inside], pool.groups)
    pull = (common.spread / max(common.group_spread, LEAST_SPREAD)) ** 2
    effect = sums / (counts + pull)
    left = rest - np.append(effect, 0.0)[group]
    spread = float(np.sqrt((left**2 + error**2).mean())) if len(left) else FIRST_SPREAD
    used = counts > 0
    doubt = common.spread**2 / (counts + pull)
    group_spread = (float(np.sqrt((effect**2 + doubt)[used].mean())) if used.sum() > 1
                    else FIRST_SPREAD)
    return replace(common, slopes=slopes, group_effect=effect,
                   spread=max(spread, LEAST_SPREAD), group_spread=max(group_spread, LEAST_SPREAD))


def _shape(sold: Sold, pool: Pool, common: Common) -> float:
    """Return the shape of the luck under which the counts are most likely."""
    centre, spread = common.centre(pool.features, pool.group), common.spread_of(pool.group)
    rates = posterior(sold, pool, common)
    middle, error = rates.mean, np.maximum(rates.error, 1e-3)
    found = [_on_grid(sold, middle, error * 1.3, centre, spread, float(shape)).evidence
             for shape in SHAPES]
    return float(SHAPES[int(np.argmax(found))])


def _sample(sold: Sold, pool: Pool) -> tuple[Sold, Pool]:
    """Return every so many-th item with its rows, so that not too many are learnt from."""
    stride = -(-len(sold.item) // LEARNT_FROM)
    if stride <= 1:
        return sold, pool
    items = np.arange(len(pool.group)) % stride == 0
    rows = items[sold.item]
    renumbered = np.cumsum(items) - 1
    few = sold.of(np.asarray(rows))
    return replace(few, item=renumbered[few.item]), pool.of(items)
