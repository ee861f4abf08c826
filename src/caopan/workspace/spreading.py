"""Order-based metrics of every subject and both periods, with their scatter over clusters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from caopan.diagnose.inputs import Inputs, MetricTable, day_of
from caopan.diagnose.reading import windows
from caopan.metrics.catalogue import METRICS
from caopan.metrics.spread import spread
from caopan.stats.arrays import Floats, Ints
from caopan.units.period import Period
from caopan.workspace.gathering import Grain

COLUMNS = ("numerator", "denominator", "n", "clusters", "s_nn", "s_nd", "s_dd")
MOST_STRETCHES = 12
"""Different pairs of periods that are looked up; subjects with rarer ones go without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One metric of the catalogue a diagnosis reads besides the sessions' own sums."""

    metric: str
    table: str
    cluster: str
    n_of: str
    sensitivity: float = 0.0
    cost: bool = False


WANTED = (
    Wanted(metric="refund_rate_7", table="orders", cluster="day", n_of="orders", cost=True),
    Wanted(metric="refund_rate_30", table="orders", cluster="day", n_of="orders", cost=True),
    Wanted(metric="repurchase_30", table="orders", cluster="buyer_id", n_of="buyers"),
    Wanted(metric="new_buyer_share", table="orders", cluster="buyer_id", n_of="buyers"),
    Wanted(metric="cost_per_fan", table="ad_spend", cluster="day", n_of="plans"),
    Wanted(metric="sold_out_share", table="session_products", cluster="session_id",
           n_of="products"),
)


def with_metrics(
    inputs: Inputs, tables: Mapping[str, ir.Table], fetch: Callable[[ir.Expr], pa.Table], *,
    grain: Grain, wanted: Sequence[Wanted] = WANTED, period: Period | None = None,
) -> Inputs:
    """Return the inputs with the order-based metrics of every subject's own two periods."""
    if not inputs.subjects:
        return inputs
    present = {name for name in {one.table for one in wanted}
               if fetch(tables[name].limit(1)).num_rows}
    stretches = list(_stretches(inputs, period))
    found = tuple(_table(one, stretches, inputs, tables, fetch, grain)
                  for one in wanted
                  if one.table in present and grain.key in METRICS[one.metric].groups)
    return replace(inputs, metrics=found)


def _stretches(inputs: Inputs, period: Period | None) -> Iterator[tuple[Ints, Period, Period]]:
    """Yield (subjects, compared period, period) for each pair of periods, the commonest first."""
    made = windows(inputs, period=period)
    pairs = np.stack([made.compared_start, made.compared_end, made.start, made.end], axis=1)
    kinds, of, counts = np.unique(pairs.astype(np.int64), axis=0, return_inverse=True,
                                  return_counts=True)
    for kind in np.argsort(-counts, kind="stable")[:MOST_STRETCHES]:
        first, last, start, end = (day_of(day) for day in kinds[kind])
        yield (np.flatnonzero(of.reshape(-1) == kind), Period(start=first, end=last),
               Period(start=start, end=end))


def _table(
    wanted: Wanted, stretches: Sequence[tuple[Ints, Period, Period]], inputs: Inputs,
    tables: Mapping[str, ir.Table], fetch: Callable[[ir.Expr], pa.Table], grain: Grain,
) -> MetricTable:
    metric = METRICS[wanted.metric]
    sums = {name: np.full((len(inputs.subjects), 2), np.nan) for name in COLUMNS}
    place = {(subject.id, subject.currency): at for at, subject in enumerate(inputs.subjects)}
    for members, *both in stretches:
        inside = np.zeros(len(inputs.subjects), dtype=np.bool_)
        inside[members] = True
        for side, period in enumerate(both):
            rows = fetch(spread(metric, tables, by=(grain.key,), period=period,
                                cluster=wanted.cluster))
            _fill(sums, rows, side, inside, place, grain)
    return MetricTable(
        metric=wanted.metric, n_of=wanted.n_of, unit=metric.unit, cost=wanted.cost,
        sensitivity=wanted.sensitivity, numerator=sums["numerator"] * metric.times,
        denominator=sums["denominator"], n=sums["n"], clusters=sums["clusters"],
        moments=(sums["s_nn"] * metric.times**2, sums["s_nd"] * metric.times, sums["s_dd"]))


def _fill(sums: dict[str, Floats], rows: pa.Table, side: int, inside: np.ndarray,
          place: Mapping[tuple[str, str], int], grain: Grain) -> None:
    currencies = (rows["currency"].to_pylist() if "currency" in rows.column_names
                  else [None] * rows.num_rows)
    subjects: dict[str, list[int]] = {}
    for (id_, _), at in place.items():
        subjects.setdefault(id_, []).append(at)
    to, of = [], []
    for row, (id_, money) in enumerate(zip(rows[grain.key].to_pylist(), currencies, strict=True)):
        places = subjects.get(id_, []) if money is None else [place.get((id_, money), -1)]
        for at in places:
            if at >= 0 and inside[at]:
                to.append(at)
                of.append(row)
    for name in COLUMNS:
        column = rows[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
        sums[name][to, side] = column[of]
