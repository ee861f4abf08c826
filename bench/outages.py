"""Demand behind sell-outs on real sales: what was asked for once the stock was gone.

Run: python -m bench outages. ``freshretailnet``: days on which a product was in stock throughout
are cut off as if a stock of 0.8 times the sales of another such day of the series had run out:
the hours after it are hidden, and what was sold in them is to be told. Series that sell at least
one unit a day; each day is told from the days before it, of which the same hours are hidden, and
days of the first four weeks are only learnt from. Figures are percent: of the days' sales for the
bias (without its sign), of the hidden hours' sales by day for the miss.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from bench.row import Row
from caopan.stats.hidden_demand import expected_hidden, shape_of

FILE = Path(os.environ.get("CAOPAN_SHARED_DATA", Path(__file__).resolve().parents[2]
                           / "shared" / "data")) / (
    "freshretailnet/frn_dev_cities_11_12_13_15_16.parquet")
OPEN, SHUT = 6, 22
LEAST_LEVEL, LEAST_DAYS, STOCK = 1.0, 20, 0.8
WARM, HALF_LIFE, PRIOR = 28, 7.0, 1.0
"""Days that are only learnt from; days after which a day counts half; days that all weigh."""
CUTS = (3, 6, 9)
"""Hours after opening at which days are cut to learn how lasting their luck is."""
BIAS, MISS, ANY = 1.0, 48.0, float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A row per series and day; ``sold`` and ``seen`` by hour, ``masked``: what is to be told."""

    series: np.ndarray
    day: np.ndarray
    sold: np.ndarray
    seen: np.ndarray
    masked: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Return what was sold in the hours that are seen."""
        return np.where(self.seen, self.sold, 0.0)


def rows() -> Iterator[Row]:
    """Yield the rows of this part; none where the data are not there."""
    if not FILE.is_file():
        print(f"the real data is not here: {FILE} (set CAOPAN_SHARED_DATA)")
        return
    made = shelf(np.random.default_rng(1))
    early = made.day < WARM
    profile = made.known[early].sum(axis=0) / np.maximum(made.seen[early].sum(axis=0), 1)
    share = (made.seen * (profile / profile.sum())).sum(axis=1)
    asked = made.masked & (made.day >= WARM)
    sold, whole = made.known.sum(axis=1), made.sold.sum(axis=1)
    full = made.seen.all(axis=1) | made.masked
    level = np.bincount(made.series, weights=whole * full) / np.bincount(made.series, weights=full)
    shape, told = corrected(made, profile / profile.sum(), share)
    print(f"  {asked.sum():,} days of {len(level):,} series; shape of a day's luck {shape:.2g}")
    for name, hidden in (
            ("by what was sold until then", told), ("no correction", np.zeros(len(sold))),
            ("exposure scaling", sold / np.maximum(share, 1e-3) * (1.0 - share)),
            ("the series' true level known", level[made.series] * (1.0 - share))):
        first = name.startswith("by")
        bias = float((sold + hidden)[asked].sum() / whole[asked].sum()) - 1.0
        miss = np.abs(sold + hidden - whole)[asked].sum() / (whole - sold)[asked].sum()
        print(f"  day bias {bias:+.1%}: {name}")
        yield Row(name=f"day bias, without its sign: {name}", ours=100 * abs(bias), theirs=None,
                  unit="%", limit=BIAS if first else ANY)
        yield Row(name=f"  hidden hours, weighted miss: {name}", ours=100 * float(miss),
                  theirs=None, unit="%", limit=MISS if first else ANY)


def corrected(made: Shelf, profile: np.ndarray, share: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the shape of a day's luck, and what each day sold in the hours that are hidden.

    The shape is learnt from the first four weeks, by the levels that no luck at all gives.
    """
    level, _ = rolled(made, share, shape=1.0)
    seen, known = made.seen * profile, made.known
    parts = []
    for cut in CUTS:
        mine = (made.day < WARM) & (made.day >= 7) & made.seen[:, :cut + 2].all(axis=1)
        first = slice(None, cut + 1)
        rest = slice(cut + 1, None)
        parts.append(np.stack([known[mine, first].sum(axis=1),
                               level[mine] * seen[mine, first].sum(axis=1),
                               known[mine, rest].sum(axis=1),
                               level[mine] * seen[mine, rest].sum(axis=1)]))
    shape = shape_of(*np.concatenate(parts, axis=1))
    return shape, rolled(made, share, shape=shape)[1]


def rolled(made: Shelf, share: np.ndarray, *, shape: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the level of each series before each day, and what each day sold while hidden."""
    level, hidden = np.zeros(len(share)), np.zeros(len(share))
    sold = made.known.sum(axis=1)
    sums, days = (np.zeros(int(made.series.max()) + 1) for _ in range(2))
    fades = 0.5 ** (1.0 / HALF_LIFE)
    for day in np.unique(made.day):
        rows = np.flatnonzero(made.day == day)
        series = made.series[rows]
        usual = sums.sum() / days.sum() if days.any() else float(sold[rows].mean())
        level[rows] = (sums[series] + PRIOR * usual) / (days[series] + PRIOR)
        hidden[rows] = expected_hidden(sold[rows], level[rows] * np.maximum(share[rows], 1e-4),
                                       level[rows] * (1.0 - share[rows]), shape)
        sums, days = sums * fades, days * fades
        sums[series] += sold[rows] + hidden[rows]
        days[series] += 1.0
    return level, hidden


def shelf(rng: np.random.Generator) -> Shelf:
    """Return the days of the series that sell enough, those in stock throughout cut off."""
    table = pq.read_table(FILE, columns=["store_id", "product_id", "dt", "hours_sale",
                                         "hours_stock_status"])
    sold, out = (np.asarray(table[name].combine_chunks().flatten().to_numpy()).reshape(
        table.num_rows, 24)[:, OPEN:SHUT] for name in ("hours_sale", "hours_stock_status"))
    series = np.unique(table["store_id"].to_numpy() * 1_000_000 + table["product_id"].to_numpy(),
                       return_inverse=True)[1]
    day = table["dt"].cast("int32").to_numpy()
    full, whole = out.sum(axis=1) == 0, sold.sum(axis=1)
    days = np.bincount(series, weights=full)
    level = np.bincount(series, weights=whole * full) / np.maximum(days, 1)
    kept = ((days >= LEAST_DAYS) & (level >= LEAST_LEVEL))[series]
    sold, out, full, whole = (each[kept] for each in (sold.astype(float), out, full, whole))
    series = np.unique(series[kept], return_inverse=True)[1]
    able = np.flatnonzero(full)[np.argsort(series[full], kind="stable")]
    many = np.bincount(series[able])
    other = able[(np.cumsum(many) - many)[series] + (rng.random(len(series))
                                                     * many[series]).astype(int)]
    reached = np.cumsum(sold, axis=1) >= np.maximum(STOCK * whole[other], 0.1)[:, None] - 1e-6
    gone = reached.argmax(axis=1)
    masked = full & reached.any(axis=1) & (gone < SHUT - OPEN - 1)
    after = np.arange(SHUT - OPEN)[None, :] > gone[:, None]
    return Shelf(series=series, day=day[kept] - day.min(), sold=sold, masked=masked,
                 seen=(out == 0) & ~(masked[:, None] & after))
