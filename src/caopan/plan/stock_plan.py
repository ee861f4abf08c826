"""A plan's stock (备货单): an order for each line, or why there is none, and the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from caopan.plan.asked import Asked
from caopan.plan.boosted_demand import Trial
from caopan.plan.demand import FEWEST, Demand, Model, demanded
from caopan.plan.line import Line, Note, Reason
from caopan.plan.rates import Scale
from caopan.plan.sales import Sales
from caopan.plan.stock import Lines, Stocked, stocked
from caopan.plan.together import Together
from caopan.stats.arrays import Floats
from caopan.stats.newsvendor import Terms, quantile
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to order of a line; money in minor units, units expected where they are no whole ones.

    ``held``: what is there, or will be left by then; ``profit``: expected, with its range;
    ``left``: ordered units that do not sell, and ``waste`` what is lost on them; ``risk``: money
    in the order that the low end of demand would not bring back.
    """

    quantity: int
    held: int
    cost: float
    profit: float
    range: Interval
    stockout: float
    left: float
    waste: float
    risk: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line with its demand and order; None where they cannot be told, and ``reason`` why."""

    line: Line
    n: int
    sold_out: int
    demand: Interval | None
    order: Order | None
    reason: Reason | None
    notes: tuple[Note, ...]
    boosted: bool = False
    """Whether trees tell its demand; else the pooled rate does."""
    trial: Trial | None = None
    """How trees did on products with as long a history; None where they were not tried."""
    followed: bool = False
    """Whether its demand follows the forecast of its session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPlan:
    """All lines of a plan.

    ``pool``: rows of history that all are told from; ``told``: the share of demand that comes
    while a product is explained. ``profit`` sums the lines, in the cases they meet as far
    ``together`` as lines did so far. ``idle``: expected profit of what is held if nothing is
    ordered. ``bound``: no orders within the cash, of the lines not given away, bring more.
    """

    items: tuple[Item, ...]
    level: float
    pool: int
    told: float | None
    profit: Interval | None
    expected: float | None
    bound: float | None
    price_of_cash: float | None
    luck: Floats | None
    """Profit of all lines in each case, (400,)."""
    scale: Scale | None
    """How demand follows the forecast of its session; None where nothing is known of demand."""
    points: Floats
    """Demand of the lines that have an order, in their order, shape (orders, 400)."""
    idle: float | None = None
    together: Together | None = None

    @property
    def orders(self) -> tuple[tuple[Line, Order], ...]:
        """Return the lines that have an order."""
        return tuple((one.line, one.order) for one in self.items if one.order is not None)

    @property
    def given(self) -> float:
        """Return the expected profit of the lines sold below cost on purpose; <= 0 as a rule."""
        return sum(order.profit for line, order in self.orders if line.given)

    @property
    def added(self) -> float | None:
        """Return what the orders add to what is held would bring anyway, in expectation."""
        return None if self.expected is None or self.idle is None else self.expected - self.idle

    @property
    def whole_bound(self) -> float | None:
        """Return the most that all lines can bring, what is given away on purpose counted in.

        It stands beside ``expected`` as ``bound`` stands beside the lines not given away.
        """
        return None if self.bound is None else self.bound + self.given


def stock_plan(sales: Sales, lines: Sequence[Line], *, level: float, now: datetime,
               cash: float | None = None, loss_cap: float | None = None,
               model: Model | None = None) -> StockPlan:
    """Return the stock of a plan.

    Args:
        sales: what was sold before, in order of time.
        lines: the plan, in one currency, in order of time.
        level: of the ranges.
        now: what is ordered is ordered from here on.
        cash: what may be spent on orders; None: no limit.
        loss_cap: what may be lost on lines given away, in expectation; None: no limit.
        model: what demand is told by, learnt from sales before; None: it is learnt from these.
    """
    demand = demanded(sales, asked_of(lines), model=model) if len(sales) and lines else None
    reasons = [_reason(line, at, demand) for at, line in enumerate(lines)]
    usable = np.array([at for at, reason in enumerate(reasons) if reason is None], dtype=np.int64)
    if demand is None or not len(usable):
        return StockPlan(
            items=tuple(_item(line, at, demand, reason=reasons[at], order=None, level=level,
                              now=now) for at, line in enumerate(lines)),
            level=level, pool=len(sales), told=None if demand is None else demand.told,
            profit=None, expected=None, bound=None, price_of_cash=None, luck=None,
            scale=None if demand is None else demand.scale,
            points=np.zeros((0, 1)))
    points, own = demand.points[usable], [lines[at] for at in usable]
    draws = demand.together.draws(
        [one.session.streamer_id for one in own], [one.session.session_id for one in own],
        [one.product_id for one in own], points.shape[1])
    made = stocked(points, _lines(own), level=level, cash=cash, loss_cap=loss_cap, draws=draws)
    orders = {int(at): _order(lines[at], made, place, level) for place, at in enumerate(usable)}
    tail = (1.0 - level) / 2.0
    low, mid, high = np.quantile(made.luck, [tail, 0.5, 1.0 - tail]).tolist()
    return StockPlan(
        items=tuple(_item(line, at, demand, reason=reasons[at], order=orders.get(at),
                          level=level, now=now) for at, line in enumerate(lines)),
        level=level, pool=demand.pool, told=demand.told, points=points, scale=demand.scale,
        profit=Interval(low=low, mid=mid, high=high, level=level),
        expected=float(made.outlook.profit.sum()), bound=made.bound,
        price_of_cash=made.price_of_cash, luck=made.luck, idle=made.idle,
        together=demand.together)


def asked_of(lines: Sequence[Line]) -> Asked:
    """Return what demand is asked about: the lines as arrays."""
    critical = _terms(lines).critical()
    told = np.array([one.reason() is None for one in lines], dtype=bool)
    return Asked(
        start=np.array([_day(one.session.started_at) for one in lines]),
        strength=np.array([one.strength for one in lines]),
        critical=np.where(told, critical, np.nan),
        host=np.array([one.session.streamer_id for one in lines], dtype=object),
        product=np.array([one.product_id for one in lines], dtype=object),
        role=np.array([one.role for one in lines], dtype=object),
        hours=np.array([one.hours for one in lines]),
        price=np.array([np.nan if one.price is None else float(one.price) for one in lines]))


def _reason(line: Line, at: int, demand: Demand | None) -> Reason | None:
    if demand is None or (demand.n[at] == 0 and demand.pool < FEWEST):
        return Reason.NO_HISTORY
    return line.reason()


def _lines(lines: Sequence[Line]) -> Lines:
    """Return the lines as arrays: each with its product's show before."""
    before = np.full(len(lines), -1, dtype=np.int64)
    keeps = np.ones(len(lines), dtype=bool)
    last: dict[tuple[str | None, str], int] = {}
    for at, one in enumerate(lines):
        key = (one.session.merchant_id, one.product_id)
        before[at] = last.get(key, -1)
        if before[at] >= 0 and one.life is not None:
            gap = one.session.started_at - lines[before[at]].session.started_at
            keeps[at] = gap <= timedelta(days=one.life)
        last[key] = at
    return Lines(before=before, keeps=keeps, terms=_terms(lines),
                 given=np.array([one.given for one in lines], dtype=bool))


def _terms(lines: Sequence[Line]) -> Terms:
    return Terms(
        price=_floats([one.price for one in lines]), cost=_floats([one.cost for one in lines]),
        salvage=_floats([one.salvage for one in lines]),
        returned=_floats([one.returned for one in lines]),
        held=np.array([np.nan if one.held is None else float(one.held) for one in lines]))


def _day(moment: datetime) -> float:
    """Return an aware instant as days since 1970-01-01 in the business zone."""
    there = moment.astimezone(BUSINESS_ZONE).replace(tzinfo=UTC)
    return there.timestamp() / timedelta(days=1).total_seconds()


def _floats(values: Sequence[float | None]) -> Floats:
    """Return values with what was assumed for those not known: nothing, as a note says."""
    return np.array([float(value or 0.0) for value in values])


def _order(line: Line, made: Stocked, place: int, level: float) -> Order:
    seen, quantity = made.outlook, int(made.order[place])
    low, mid, high = (float(one) for one in made.range[place])
    cost = float(line.cost or 0)
    return Order(
        quantity=quantity, held=int(made.held[place]), cost=quantity * cost,
        profit=float(seen.profit[place]), stockout=float(seen.stockout[place]),
        range=Interval(low=low, mid=mid, high=high, level=level),
        left=float(seen.left[place]), risk=float(seen.risk[place]),
        waste=float(seen.left[place]) * (cost - float(line.salvage or 0)))


def _item(line: Line, at: int, demand: Demand | None, *, reason: Reason | None,
          order: Order | None, level: float, now: datetime) -> Item:
    notes = list(line.notes)
    told = demand is not None and reason is not Reason.NO_HISTORY
    if told and demand is not None and demand.n[at] == 0:
        notes.append(Note.NEW_PRODUCT)
    if order is not None:
        notes += _order_notes(line, order, now)
    if demand is None:
        return Item(line=line, reason=reason, order=order, notes=tuple(notes), n=0, sold_out=0,
                    demand=None)
    trial = int(demand.trial[at])
    return Item(line=line, reason=reason, order=order, notes=tuple(notes), n=int(demand.n[at]),
                sold_out=int(demand.sold_out[at]), boosted=bool(demand.boosted[at]),
                trial=None if trial < 0 else demand.trials[trial],
                followed=bool(demand.followed[at]),
                demand=_range(demand.points, at, level) if told else None)


def _order_notes(line: Line, order: Order, now: datetime) -> list[Note]:
    notes = []
    if line.kept is not None and line.cost is not None and line.kept <= line.cost:
        notes.append(Note.GIVEN_AWAY if line.given else Note.BELOW_COST)
    if order.quantity and line.order_by is not None and line.order_by < now:
        notes.append(Note.TOO_LATE)
    if line.held is None and order.held:
        notes.append(Note.LEFT_OVER)
    return notes


def _range(points: Floats, at: int, level: float) -> Interval:
    row: Floats = points[at:at + 1]
    low, mid, high = (float(quantile(row, one)[0])
                      for one in ((1.0 - level) / 2.0, 0.5, (1.0 + level) / 2.0))
    return Interval(low=low, mid=mid, high=high, level=level)
