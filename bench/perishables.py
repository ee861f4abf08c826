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
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from bench.row import Row
from caopan.stats.boosted_quantile import boosted_quantile

FOLDER = Path(os.environ.get("CAOPAN_SHARED_DATA", Path(__file__).resolve().parents[2]
                             / "shared" / "data"))
MARKUP = 1.4
RATIO = 0.6
TESTED, BAKED = np.datetime64("2022-01-01"), np.datetime64("2018-06-01")
LAGS, ANY = (1, 2, 3, 7), float("inf")
WANTED = {0.0: 0.45, 0.5: 0.55}
"""The share of the clairvoyant's profit to reach, by what is left of the cost of a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A row per item and day, items together, days ascending; ``more`` are further features."""

    item: np.ndarray
    day: np.ndarray
    sold: np.ndarray
    cost: np.ndarray
    more: np.ndarray

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
                      limit=100 * (1.0 - wanted) if name == "boosted quantile" else ANY)
    baked = bakery()
    found = lost(baked, price=baked.cost / (1.0 - RATIO), salvage=baked.cost * 0.0, since=BAKED,
                 by="Y")
    for name, share in found.items():
        yield Row(name=f"bakery, critical ratio {RATIO}, profit lost: {name}", ours=100 * share,
                  theirs=None, unit="%",
                  limit=100 * found["mean of 7"] if name == "boosted quantile" else ANY)


def lost(days: Days, *, price: np.ndarray, salvage: np.ndarray, since: np.datetime64,
         by: str) -> dict[str, float]:
    """Return the share of the clairvoyant's profit that each way loses since a day.

    The trees and the multiplier only see what was before: the multiplier all before ``since``,
    the trees all before the month or year (``by``) that is told.
    """
    week, scale = days.mean(7), days.mean(14)
    scale = np.where(scale > 0, scale, np.nan)
    known = np.isfinite(days.cost) & (scale > 0)
    test, train = known & (days.day >= since), known & (days.day < since)

    def profit(order: np.ndarray, where: np.ndarray) -> float:
        sold = np.minimum(order, days.sold)
        return float((price * sold + salvage * (order - sold) - days.cost * order)[where].sum())

    best = float(((price - days.cost) * days.sold)[test].sum())
    factor = max(np.arange(0.3, 1.5, 0.02), key=lambda one: profit(one * week, train))
    ratio = (price - days.cost) / (price - salvage)
    table = _features(days, scale)
    order = np.zeros(len(days.sold))
    period = days.day.astype(f"datetime64[{by}]")
    for one in np.unique(period[test]):
        past, now = known & (period < one), test & (period == one)
        order[now] = scale[now] * boosted_quantile(
            table[past], (days.sold / scale)[past], (scale * (price - salvage))[past], table[now],
            ratio[now], seed=1)
    return {name: 1.0 - profit(made, test) / best for name, made in (
        ("boosted quantile", order), ("mean of 7", week),
        (f"mean of 7 × {factor:.2f}, tuned", factor * week))}


def _features(days: Days, scale: np.ndarray) -> np.ndarray:
    """Return what is known in the morning, sales as multiples of the item's usual ones."""
    whole = days.day.astype("datetime64[D]")
    of_year = (whole - whole.astype("datetime64[Y]")).astype(int)
    weekday = (whole.astype(int) + 3) % 7
    last_week = {(item, day): sold for item, day, sold in zip(
        days.item, whole.astype(int), days.sold, strict=True)}
    same = np.array([last_week.get((item, day - 7), np.nan)
                     for item, day in zip(days.item, whole.astype(int), strict=True)])
    lately = np.stack([days.back(step) for step in range(1, 15)])
    with np.errstate(invalid="ignore"):
        spread = np.sqrt(np.maximum(np.nanmean(np.nan_to_num(lately) ** 2, axis=0)
                                    - np.nan_to_num(scale) ** 2, 0.0))
    return np.column_stack([
        *(days.back(step) / scale for step in LAGS), same / scale, days.mean(3) / scale,
        days.mean(7) / scale, days.mean(28) / scale, spread / scale, scale, weekday, of_year,
        days.more])


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
    totals: dict[tuple[int, int], float] = defaultdict(float)
    for one, kind, kilo in zip(day, category, kilos, strict=True):
        totals[one, kind] += kilo
    of_kind = np.array([[totals.get((one - back, kind), 0.0) for back in (1, 2, 3, 7)]
                        for one, kind in zip(day, category, strict=True)])
    usual = np.maximum(of_kind.mean(axis=1, keepdims=True), 1e-9)
    more = np.column_stack([category, price, of_kind / usual])
    return Days(item=item[order], day=day[order].astype("datetime64[D]"), sold=kilos[order],
                cost=(price / (1.0 - share))[order], more=more[order])


def bakery() -> Days:
    """Return the chain's store-product-days; a unit costs one."""
    table = pq.read_table(FOLDER / "bakery_yaz_ddop" / "bakery.parquet")
    day = np.array(table["date"].to_pylist(), dtype="datetime64[D]")
    item = table["store"].to_numpy() * 10_000 + table["product"].to_numpy()
    names = ("product", "is_schoolholiday", "is_holiday", "is_holiday_next2days",
             "promotion_currentweek", "promotion_lastweek")
    more = np.column_stack([table[name].to_numpy().astype(float) for name in names])
    order = np.lexsort((day, item))
    return Days(item=item[order], day=day[order], more=more[order], cost=np.ones(len(order)),
                sold=table["demand"].to_numpy()[order])


def _keys(table: pa.Table) -> list[tuple[int, int]]:
    days = table.column(0).cast(pa.date32()).cast(pa.int32()).to_pylist()
    return list(zip(days, table.column(1).to_pylist(), strict=True))


def _sheet(path: Path, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()[1:]


def _category(folder: Path, item: np.ndarray) -> np.ndarray:
    known = {int(row[0]): str(row[2]) for row in _sheet(folder / "items_and_categories.xlsx",
                                                         "Sheet1")}
    return np.unique([known.get(one, "") for one in item], return_inverse=True)[1]
