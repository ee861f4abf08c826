"""Order-based metrics of every subject and both periods, with their scatter over clusters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from caopan.diagnose.inputs import Inputs, MetricTable, day_of, number_of
from caopan.diagnose.reading import windows
from caopan.diagnose.windows import Windows
from caopan.metrics.catalogue import METRICS
from caopan.metrics.spread import spread
from caopan.metrics.value import value
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.units.period import Period
from caopan.workspace.gathering import Grain

COLUMNS = ("numerator", "denominator", "n", "clusters", "s_nn", "s_nd", "s_dd")
MOST_STRETCHES = 3
"""Pairs of periods for which people are counted; subjects with rarer ones go without."""

Fetch = Callable[[ir.Expr], pa.Table]
Tables = Mapping[str, ir.Table]
Sums = dict[str, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One metric of the catalogue a diagnosis reads besides the sessions' own sums.

    What adds up over days is clustered by day. ``buyers`` marks what counts people: a buyer of
    two days is one, so that each period is counted by itself.
    """

    metric: str
    table: str
    n_of: str
    buyers: bool = False
    cost: bool = False


WANTED = (
    Wanted(metric="refund_rate_7", table="orders", n_of="orders", cost=True),
    Wanted(metric="refund_rate_30", table="orders", n_of="orders", cost=True),
    Wanted(metric="cost_per_fan", table="ad_spend", n_of="plans"),
    Wanted(metric="sold_out_share", table="session_products", n_of="products"),
    Wanted(metric="repurchase_30", table="orders", n_of="buyers", buyers=True),
    Wanted(metric="new_buyer_share", table="orders", n_of="buyers", buyers=True),
)


def with_metrics(
    inputs: Inputs, tables: Tables, fetch: Fetch, *, grain: Grain,
    wanted: Sequence[Wanted] = WANTED, period: Period | None = None,
) -> Inputs:
    """Return the inputs with the order-based metrics of every subject's own two periods."""
    if not inputs.subjects:
        return inputs
    present = {name for name in {one.table for one in wanted}
               if fetch(tables[name].limit(1)).num_rows}
    gathering = _Gathering(inputs, windows(inputs, period=period), tables, fetch, grain)
    found = tuple(gathering.table(one) for one in wanted
                  if one.table in present and grain.key in METRICS[one.metric].groups)
    return replace(inputs, metrics=found)


class _Gathering:
    """The subjects, their periods, and where their figures come from."""

    def __init__(self, inputs: Inputs, made: Windows, tables: Tables, fetch: Fetch,
                 grain: Grain) -> None:
        self.made, self.tables, self.fetch, self.grain = made, tables, fetch, grain
        self.count = len(inputs.subjects)
        self.place = {(subject.id, subject.currency): at
                      for at, subject in enumerate(inputs.subjects)}
        self.places: dict[str, list[int]] = {}
        for (id_, _), at in self.place.items():
            self.places.setdefault(id_, []).append(at)

    def table(self, wanted: Wanted) -> MetricTable:
        """Return one metric of every subject and both periods."""
        metric = METRICS[wanted.metric]
        sums = {name: np.full((self.count, 2), np.nan) for name in COLUMNS}
        if wanted.buyers:
            self._by_people(wanted.metric, sums)
        else:
            self._by_days(wanted.metric, sums)
        return MetricTable(
            metric=wanted.metric, n_of=wanted.n_of, unit=metric.unit, cost=wanted.cost,
            numerator=sums["numerator"] * metric.times, denominator=sums["denominator"],
            n=sums["n"], clusters=sums["clusters"],
            moments=(sums["s_nn"] * metric.times**2, sums["s_nd"] * metric.times, sums["s_dd"]))

    def _by_days(self, name: str, sums: Sums) -> None:
        """Fill the sums from one pass over the days of all subjects."""
        whole = Period(start=day_of(self.made.compared_start.min()),
                       end=day_of(self.made.end.max()))
        rows = self.fetch(value(METRICS[name], self.tables, by=(self.grain.key, "day"),
                                period=whole))
        of, at = self._owners(rows)
        day = np.array([number_of(one) for one in rows["day"].to_pylist()], dtype=np.int64)[of]
        side = self.made.side(at, day)
        kept = side >= 0
        cell = at[kept] * 2 + side[kept]
        above, below, n = (_floats(rows[column])[of][kept]
                           for column in ("numerator", "denominator", "n"))
        known = n > 0
        for column, weight in (("numerator", above), ("denominator", below), ("n", n),
                               ("clusters", known.astype(np.float64)), ("s_nn", above**2),
                               ("s_nd", above * below), ("s_dd", below**2)):
            total = np.bincount(cell[known], weights=np.nan_to_num(weight[known]),
                                minlength=self.count * 2)
            sums[column][:] = total.reshape(self.count, 2)
        for column in COLUMNS:
            sums[column][sums["clusters"] == 0] = np.nan

    def _by_people(self, name: str, sums: Sums) -> None:
        """Fill the sums of the commonest pairs of periods, each counted by itself."""
        for members, *both in _stretches(self.made):
            inside: Bools = np.zeros(self.count, dtype=np.bool_)
            inside[members] = True
            for side, period in enumerate(both):
                rows = self.fetch(spread(METRICS[name], self.tables, by=(self.grain.key,),
                                         period=period, cluster="buyer_id"))
                of, at = self._owners(rows)
                kept = inside[at]
                for column in COLUMNS:
                    sums[column][at[kept], side] = _floats(rows[column])[of[kept]]

    def _owners(self, rows: pa.Table) -> tuple[Ints, Ints]:
        """Return the row and the subject of every row that belongs to one."""
        ids = rows[self.grain.key].to_pylist()
        money = (rows["currency"].to_pylist() if "currency" in rows.column_names
                 else [None] * rows.num_rows)
        pairs = [(row, at) for row, (id_, currency) in enumerate(zip(ids, money, strict=True))
                 for at in (self.places.get(id_, ()) if currency is None
                            else (self.place.get((id_, currency), -1),)) if at >= 0]
        made = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return made[:, 0], made[:, 1]


def _stretches(made: Windows) -> Iterator[tuple[Ints, Period, Period]]:
    """Yield (subjects, compared period, period) of the commonest pairs of periods."""
    pairs = np.stack([made.compared_start, made.compared_end, made.start, made.end], axis=1)
    kinds, of, counts = np.unique(pairs.astype(np.int64), axis=0, return_inverse=True,
                                  return_counts=True)
    for kind in np.argsort(-counts, kind="stable")[:MOST_STRETCHES]:
        first, last, start, end = (day_of(day) for day in kinds[kind])
        yield (np.flatnonzero(of.reshape(-1) == kind), Period(start=first, end=last),
               Period(start=start, end=end))


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
