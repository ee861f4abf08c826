"""What a planned product will be asked for (需求): a distribution for each line of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from caopan.plan import boosted_demand
from caopan.plan.asked import Asked
from caopan.plan.boosted_demand import Learnt, Trial
from caopan.plan.known_before import SEASONS, YEAR, Known, Shows, known_before
from caopan.plan.rates import Scale, Taught, pool_of, rates_of, sold, taught
from caopan.plan.sales import Names, Sales
from caopan.plan.together import Together, together
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.stats.boosted import Trees
from caopan.stats.censored_demand import Pool, Rates, Sold, demand_points
from caopan.stats.hidden_demand import drawn_beyond, drawn_hidden
from caopan.stats.newsvendor import quantile

FEWEST = 20
"""Rows of history below which nothing is said of a product that was never sold."""
MOST = 60_000
"""The latest rows that trees learn from or look back on."""
KEEL = 0.5
"""Units added to both sides of a ratio of demands."""
SEED = 20_264


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The distributions: ``points`` (n, 400), equally likely values, each row ascending.

    ``n``: sessions each line is told from; 0 where it is told from other products alone.
    ``sold_out``: how many of them ended without stock. ``pool``: rows that all are told from.
    ``told``: the share of demand that comes while a product is explained. ``scale``: how demand
    follows the forecast of its session, and ``followed``, whether a line had one. ``boosted``:
    whether trees tell a line, and ``trial``, the place in ``trials`` of how they did on products
    with as long a history; -1 where they were not tried on any. ``together``: how far lines are
    lucky together.
    """

    points: Floats
    n: Ints
    sold_out: Ints
    pool: int
    told: float
    scale: Scale
    followed: Bools
    boosted: Bools
    trial: Ints
    trials: tuple[Trial, ...]
    together: Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What demand is told by besides each product's own sales: it holds for some weeks.

    ``trees``: None where they earned nothing; ``together``: how far lines go together.
    """

    rates: Taught
    trials: tuple[Trial, ...]
    trees: Trees | None
    together: Together = field(default_factory=Together)


def demanded(sales: Sales, asked: Asked, *, model: Model | None = None) -> Demand:
    """Return what each line will be asked for, sold-out sessions corrected by the minute.

    The rate an hour of a product with a host is drawn towards products of the same role, price
    and host by as much as its own sessions are few; a new one is told from those alone. Where
    the forecasts of sessions made the sales before likelier, demand follows them; where trees
    lost less than the rates on the latest sales of products with as long a history, they tell.

    Args:
        sales: rows in order of time, at least one.
        asked: the lines.
        model: what was learnt from sales before; None: it is learnt from these.
    """
    desk = _Desk.of(sales, asked)
    if model is None:
        by, rates = desk.learnt()
    else:
        by, rates = model, rates_of(desk.known, desk.item, desk.pool, model.rates)
    points = demand_points(rates, desk.line, by.rates.scale.of(asked), by.rates.common.shape)
    trial = boosted_demand.of_class(desk.every[desk.line], by.trials)
    told = np.array([at >= 0 and by.trials[at].earned for at in trial], dtype=bool)
    if by.trees is not None and told.any():
        known = desk.known_of_asked(by.rates, rates).of(told)
        points[told] = _moved(points[told], by.trees, boosted_demand.told(
            by.trees, known, asked.hours[told]))
    gone = np.isfinite(desk.known.gone) | desk.known.capped
    outcome = by.rates.scale.outcome
    return Demand(
        points=points, told=by.rates.told, pool=len(desk.known), scale=by.rates.scale,
        n=np.where(told, desk.every[desk.line], desk.count()), sold_out=desk.count(gone),
        boosted=told, trial=trial, trials=by.trials, together=by.together,
        followed=np.zeros(len(points), dtype=bool) if outcome is None
        else np.isfinite(asked.strength[:, outcome]))


def model_of(sales: Sales, asked: Asked) -> Model:
    """Return what the demand of lines is told by, learnt from sales."""
    return _Desk.of(sales, asked).learnt()[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The sales and the lines with their products numbered alike.

    ``known``: the latest rows, those of a product together, and ``item``, their products;
    ``line``: the lines' products. ``every``: how many rows each product has in all.
    """

    sales: Sales
    asked: Asked
    known: Sales
    item: Ints
    line: Ints
    pool: Pool
    numbers: dict[tuple[str, str], int]
    every: Ints

    @staticmethod
    def of(sales: Sales, asked: Asked) -> _Desk:
        known = sales.lately()
        numbers: dict[tuple[str, str], int] = {}
        item = _numbered(numbers, known.host, known.product)
        line = _numbered(numbers, asked.host, asked.product)
        every = np.bincount(_numbered(numbers, sales.host, sales.product), minlength=len(numbers))
        return _Desk(sales=sales, asked=asked, known=known, item=item, line=line, every=every,
                     numbers=numbers, pool=pool_of(known, asked, item, line))

    @property
    def ahead(self) -> float:
        """Return how many days after the last known sales the lines are, as a rule."""
        return max(float(np.median(self.asked.start) - self.sales.start.max()), 0.0)

    def count(self, rows: Bools | None = None) -> Ints:
        """Return how many of the known rows each line's product has."""
        mine = self.item if rows is None else self.item[rows]
        return np.bincount(mine, minlength=len(self.numbers))[self.line]

    def learnt(self) -> tuple[Model, Rates]:
        """Return what demand is told by, learnt from the sales at hand, and the rates."""
        by, rates = taught(self.known, self.item, self.pool)
        luck = together(self.known, self.item, self.pool, by)
        if len(self.sales) < boosted_demand.FEWEST_TAUGHT:
            return Model(rates=by, trials=(), trees=None, together=luck), rates
        latest = self.sales.rows(np.arange(max(len(self.sales) - MOST, 0), len(self.sales)))
        order = np.argsort(_numbered(self.numbers, latest.host, latest.product), kind="stable")
        rows, _ = self._learnt(latest.rows(order), by, rates)
        levels = boosted_demand.levels_of(self.asked.critical)
        trials = boosted_demand.tried(rows, self.pool, by.common, levels[len(levels) // 2])
        every = np.ones(len(rows.start), dtype=bool)
        trees = (boosted_demand.grown(rows, levels, every)
                 if any(one.earned for one in trials) else None)
        return Model(rates=by, trials=trials, trees=trees, together=luck), rates

    def known_of_asked(self, by: Taught, rates: Rates) -> Known:
        """Return what is known before each line."""
        rows, known = self._learnt(self.known, by, rates)
        return known.of(np.arange(len(rows.start), len(known.usual)))

    def _learnt(self, latest: Sales, by: Taught, rates: Rates) -> tuple[Learnt, Known]:
        """Return rows to learn from, and what is known before each and then each line."""
        item = _numbered(self.numbers, latest.host, latest.product)
        rows = sold(latest, item, by.told, by.scale)
        scale = by.scale.of(latest)
        wanted = _wanted(rows, scale, rates, by.common.shape)
        outcome = by.scale.outcome or 0
        kinds: dict[tuple[str, str], int] = {}
        both = (latest, self.asked)
        shows = Shows(
            item=np.concatenate([item, self.line]),
            kind=np.concatenate([_numbered(kinds, one.host, one.role) for one in both]),
            start=np.concatenate([one.start for one in both]),
            hours=np.concatenate([one.hours for one in both]),
            wanted=np.concatenate([wanted, np.full(len(self.line), np.nan)]),
            price=np.concatenate([one.price for one in both]),
            strength=np.concatenate([one.strength[:, outcome] for one in both]),
            seasonal=bool(np.ptp(self.sales.start) >= SEASONS * YEAR), ahead=self.ahead)
        known = known_before(shows)
        worth = np.where(latest.price > 0, latest.price, np.nan)
        usual = float(np.nanmedian(worth)) if np.isfinite(worth).any() else 1.0
        return Learnt(known=known.of(np.arange(len(item))), start=latest.start, scale=scale,
                      hours=latest.hours, wanted=wanted, rows=rows,
                      worth=np.where(np.isfinite(worth), worth, usual)), known


def _numbered(pairs: dict[tuple[str, str], int], host: Names, product: Names) -> Ints:
    return np.array([pairs.setdefault(one, len(pairs))
                     for one in zip(host, product, strict=True)], dtype=np.int64)


def _wanted(rows: Sold, scale: Floats, rates: Rates, shape: float) -> Floats:
    """Return what was asked for in each show: what was sold, and a draw of what was not seen."""
    rng = np.random.default_rng(SEED)
    mean = np.exp(rates.mean + rates.error**2 / 2)[rows.item]
    seen, whole = mean * rows.exposure, mean * scale
    wanted = rows.count.copy()
    out = whole > seen * (1.0 + 1e-9)
    wanted[out] += drawn_hidden(rows.count[out], seen[out], (whole - seen)[out], shape, rng)
    capped = rows.capped
    wanted[capped] = drawn_beyond(rows.count[capped], whole[capped], shape, rng)
    return wanted


def _moved(points: Floats, trees: Trees, told: Floats) -> Floats:
    """Return distributions with the trees' quantiles at their levels, and the shape they had."""
    place = np.stack([quantile(points, one) for one in trees.levels], axis=1)
    factor = (told + KEEL) / (place + KEEL)
    many = points.shape[1]
    levels = (np.arange(many) + 0.5) / many
    above = np.clip(np.searchsorted(trees.levels, levels) - 1, 0, max(len(trees.levels) - 2, 0))
    if len(trees.levels) == 1:
        by = np.broadcast_to(factor, points.shape)
    else:
        low = np.array(trees.levels)[above]
        share = np.clip((levels - low) / (np.array(trees.levels)[above + 1] - low), 0.0, 1.0)
        by = factor[:, above] + (factor[:, above + 1] - factor[:, above]) * share
    return np.asarray(np.sort(np.round(np.maximum((points + KEEL) * by - KEEL, 0.0)), axis=1))
