"""Orders of perishables on real sales beside the habits: what share of a clairvoyant's profit.

Run: python -m bench perishables. The clairvoyant knows the day's demand; figures are percent lost,
so that less is better. ``vegetables``: cost = wholesale ÷ (1 − loss). The files hold no prices,
so one markup stands in for the days' own: with it the mean of seven loses about what it does with
those. ``bakery``: neither cost nor price is known, a critical ratio of 0.6 stands in. Sales are
taken for demand: what sold out early is not known of either.
"""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from bench.row import Row
from caopan.facts.plan import PlannedSession
from caopan.plan.demand import model_of
from caopan.plan.line import Line
from caopan.plan.sales import Sales
from caopan.plan.stock_plan import asked_of, stock_plan
from caopan.units.clock import BUSINESS_ZONE

FOLDER = Path(os.environ.get("CAOPAN_SHARED_DATA", Path(__file__).resolve().parents[2]
                             / "shared" / "data"))
MARKUP = 1.4
RATIO = 0.6
TESTED, BAKED = np.datetime64("2022-01-01"), np.datetime64("2018-06-01")
ANY = float("inf")
UNITS, FEN = 10, 10_000.0
"""An order is a whole number of tenths; money is counted so finely that it is not rounded."""
NOW = datetime(2022, 1, 1, tzinfo=UTC)
OURS, HABIT = "caopan stock", "mean of 7"
WANTED = {0.0: 0.45, 0.5: 0.55}
"""The share of the clairvoyant's profit to reach, by what is left of the cost of a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A row per item and day, items together, days ascending; ``host`` sells, ``kind`` groups."""

    item: np.ndarray
    day: np.ndarray
    sold: np.ndarray
    cost: np.ndarray
    host: np.ndarray
    kind: np.ndarray

    def back(self, steps: int) -> np.ndarray:
        """Return what was sold so many rows of the item before, NaN where there is none."""
        found = np.full(len(self.sold), np.nan)
        found[steps:] = np.where(self.item[steps:] == self.item[:-steps], self.sold[:-steps],
                                 np.nan)
        return found

    def mean(self, rows: int) -> np.ndarray:
        """Return the mean of the item's last rows, as many as there are of so many."""
        lately = np.stack([self.back(step) for step in range(1, rows + 1)])
        counts = np.isfinite(lately).sum(axis=0)
        sums = np.nansum(lately, axis=0)
        return np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)


def rows() -> Iterator[Row]:
    """Yield the rows of this part; none where the data are not there."""
    if not FOLDER.is_dir():
        print(f"the real data is not here: {FOLDER} (set CAOPAN_SHARED_DATA)")
        return
    days = vegetables()
    for salvage, wanted in WANTED.items():
        price = days.cost * MARKUP
        found = lost(days, price=price, salvage=days.cost * salvage, since=TESTED, by="M")
        for name, share in found.items():
            yield Row(name=f"vegetables, left at {salvage:g} of cost, profit lost: {name}",
                      ours=100 * share, theirs=None, unit="%",
                      limit=100 * (1.0 - wanted) if name == OURS else ANY)
    baked = bakery()
    found = lost(baked, price=baked.cost / (1.0 - RATIO), salvage=baked.cost * 0.0, since=BAKED,
                 by="Y")
    for name, share in found.items():
        yield Row(name=f"bakery, critical ratio {RATIO}, profit lost: {name}", ours=100 * share,
                  theirs=None, unit="%",
                  limit=100 * found[HABIT] if name == OURS else ANY)


def lost(days: Days, *, price: np.ndarray, salvage: np.ndarray, since: np.datetime64,
         by: str) -> dict[str, float]:
    """Return the share of the clairvoyant's profit that each way loses since a day.

    Nothing sees what was not before it: each day is a plan of its own, told from the days before;
    what products have in common and the trees are learnt once a month or year (``by``), and the
    multiplier from all before ``since``.
    """
    week = days.mean(7)
    known = np.isfinite(days.cost) & (days.mean(14) > 0)
    test, train = known & (days.day >= since), known & (days.day < since)

    def profit(order: np.ndarray, where: np.ndarray) -> float:
        sold = np.minimum(order, days.sold)
        return float((price * sold + salvage * (order - sold) - days.cost * order)[where].sum())

    best = float(((price - days.cost) * days.sold)[test].sum())
    factor = max(np.arange(0.3, 1.5, 0.02), key=lambda one: profit(one * week, train))
    order, boosted = ordered(days, price=price, salvage=salvage, test=test, by=by)
    print(f"  told by trees: {boosted:.0%} of the orders")
    return {name: 1.0 - profit(made, test) / best for name, made in (
        (OURS, order), (HABIT, week), (f"{HABIT} × {factor:.2f}, tuned", factor * week))}


def ordered(days: Days, *, price: np.ndarray, salvage: np.ndarray, test: np.ndarray,
            by: str) -> tuple[np.ndarray, float]:
    """Return what ``caopan stock`` orders of each tested row, and the share that trees tell."""
    rows, sales = sold(days, price)
    at = days.day[rows]
    order, boosted = np.zeros(len(days.sold)), 0
    model, period = None, None
    for day in np.unique(days.day[test]):
        before = sales.rows(np.arange(int(np.searchsorted(at, day))))
        mine = np.flatnonzero(test & (days.day == day))
        lines = [line(days, one, price[one], salvage[one]) for one in mine]
        if period != day.astype(f"datetime64[{by}]"):
            period = day.astype(f"datetime64[{by}]")
            model = model_of(before, asked_of(lines))
        found = stock_plan(before, lines, level=0.8, now=NOW, model=model)
        order[mine] = [one.order.quantity / UNITS if one.order else 0.0 for one in found.items]
        boosted += sum(one.boosted for one in found.items)
    return order, boosted / int(test.sum())


def sold(days: Days, price: np.ndarray) -> tuple[np.ndarray, Sales]:
    """Return the rows in order of time, and as sales: a day is a session of ten hours."""
    rows = np.flatnonzero(np.isfinite(days.cost))
    rows = rows[np.argsort(days.day[rows], kind="stable")]
    none = np.full(len(rows), np.nan)
    return rows, Sales(
        host=days.host[rows], product=days.item[rows].astype(str).astype(object),
        role=days.kind[rows], start=days.day[rows].astype("datetime64[D]").astype(float) + 0.4,
        units=np.round(days.sold[rows] * UNITS), hours=np.full(len(rows), 10.0), opens=none,
        talked=none, gone=none, capped=np.zeros(len(rows), dtype=bool),
        price=price[rows] / UNITS * FEN, strength=np.full((len(rows), 2), np.nan))


def line(days: Days, row: int, price: float, salvage: float) -> Line:
    """Return one row as a line of the day's plan; money in fen, so fine that it rounds away."""
    start = datetime.combine(days.day[row].astype("datetime64[D]").item(), time(9, 36),
                             tzinfo=BUSINESS_ZONE)
    price, cost, salvage = (round(float(one) / UNITS * FEN) for one in (
        price, days.cost[row], salvage))
    return Line(session=PlannedSession(session_id=str(days.day[row]), started_at=start,
                                       streamer_id=str(days.host[row])),
                product_id=str(days.item[row]), hours=10.0, role=days.kind[row], price=price,
                cost=cost, salvage=salvage, returned=0.0, held=0)


def vegetables() -> Days:
    """Return the supermarket's item-days with their cost; days without sales are no rows."""
    folder = FOLDER / "vegetables"
    sold, prices = (pc.read_csv(io.BytesIO(gzip.decompress((folder / name).read_bytes())))
                    for name in ("dev_single_day_sales_to_2022-06.csv.gz",
                                 "wholesale_prices_to_2022-06.csv.gz"))
    wholesale = dict(zip(_keys(prices), prices.column(2).to_pylist(), strict=True))
    keys = _keys(sold)
    day, item = (np.array(part) for part in zip(*keys, strict=True))
    kilos = sold.column(2).to_numpy().astype(float)
    price = np.array([wholesale.get(key, np.nan) for key in keys], dtype=float)
    losses = {int(row[0]): float(row[2]) / 100 for row in _sheet(folder / "loss_rates.xlsx",
                                                                 "Sheet1")}
    share = np.array([losses.get(one, 0.1) for one in item])
    category = _category(folder, item)
    order = np.lexsort((day, item))
    order = order[kilos[order] > 0]
    return Days(item=item[order], day=day[order].astype("datetime64[D]"), sold=kilos[order],
                cost=(price / (1.0 - share))[order], kind=category[order],
                host=np.full(len(order), "supermarket", dtype=object))


def bakery() -> Days:
    """Return the chain's store-product-days; a unit costs one."""
    table = pq.read_table(FOLDER / "bakery_yaz_ddop" / "bakery.parquet")
    day = np.array(table["date"].to_pylist(), dtype="datetime64[D]")
    item = table["store"].to_numpy() * 10_000 + table["product"].to_numpy()
    order = np.lexsort((day, item))
    return Days(item=item[order], day=day[order], cost=np.ones(len(order)),
                sold=table["demand"].to_numpy()[order],
                host=table["store"].to_numpy()[order].astype(str).astype(object),
                kind=np.full(len(order), None, dtype=object))


def _keys(table: pa.Table) -> list[tuple[int, int]]:
    days = table.column(0).cast(pa.date32()).cast(pa.int32()).to_pylist()
    return list(zip(days, table.column(1).to_pylist(), strict=True))


def _sheet(path: Path, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()[1:]


def _category(folder: Path, item: np.ndarray) -> np.ndarray:
    known = {int(row[0]): str(row[2]) for row in _sheet(folder / "items_and_categories.xlsx",
                                                         "Sheet1")}
    return np.array([known.get(one, "") for one in item], dtype=object)
