"""Order-based metrics of every subject and both periods, with their scatter over clusters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.diagnose.inputs import Inputs, MetricTable, day_of
from caopan.diagnose.reading import windows
from caopan.diagnose.windows import Windows
from caopan.facts.arrow import floats
from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.metrics.sides import WINDOWS, sides_of_people
from caopan.metrics.value import values, widened
from caopan.playbook.matcher import read_by
from caopan.playbook.rule import Rule
from caopan.stats.arrays import Floats, Ints
from caopan.units.period import Period
from caopan.workspace.grain import Grain

COLUMNS = ("numerator", "denominator", "n", "clusters", "s_nn", "s_nd", "s_dd")

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


def read_of(rules: Iterable[Rule]) -> tuple[Wanted, ...]:
    """Return those of the metrics that a rule in force reads.

    >>> read_of([])
    ()
    """
    names = {metric for metric, _ in read_by(rules)}
    return tuple(one for one in WANTED if one.metric in names)


def with_metrics(
    inputs: Inputs, tables: Tables, fetch: Fetch, *, grain: Grain,
    wanted: Sequence[Wanted] = WANTED, period: Period | None = None,
) -> Inputs:
    """Return the inputs with the order-based metrics of every subject's own two periods."""
    if not inputs.subjects:
        return inputs
    present = {name for name in {one.table for one in wanted}
               if fetch(tables[name].limit(1)).num_rows}
    asked = [one for one in wanted
             if one.table in present and grain.key in METRICS[one.metric].groups]
    gathering = _Gathering(inputs, windows(inputs, period=period), tables, fetch, grain)
    return replace(inputs, metrics=tuple(gathering.tables_of(asked)))


class _Gathering:
    """The subjects, their periods, and where their figures come from."""

    def __init__(self, inputs: Inputs, made: Windows, tables: Tables, fetch: Fetch,
                 grain: Grain) -> None:
        self.made, self.tables, self.fetch, self.grain = made, tables, fetch, grain
        self.count = len(inputs.subjects)
        self.ids = pa.array([subject.id for subject in inputs.subjects], pa.string())
        self.money = pa.array([subject.currency for subject in inputs.subjects], pa.string())
        self.whole = Period(start=day_of(made.compared_start.min()), end=day_of(made.end.max()))

    def tables_of(self, asked: Sequence[Wanted]) -> Iterator[MetricTable]:
        """Yield each metric of every subject and both periods, in the order asked for.

        What adds up over days is taken together where it is summed over the same rows.
        """
        shared: dict[str, list[Metric]] = {}
        for one in asked:
            if not one.buyers:
                metric = widened(METRICS[one.metric])
                shared.setdefault(metric.base.name, []).append(metric)
        found: dict[str, Sums] = {}
        for metrics in shared.values():
            found |= self._by_days(metrics)
        for one in asked:
            yield self._table(one, self._by_people(one.metric) if one.buyers
                              else found[one.metric])

    def _table(self, wanted: Wanted, sums: Sums) -> MetricTable:
        metric = METRICS[wanted.metric]
        return MetricTable(
            metric=wanted.metric, n_of=wanted.n_of, unit=metric.unit, cost=wanted.cost,
            numerator=sums["numerator"] * metric.times, denominator=sums["denominator"],
            n=sums["n"], clusters=sums["clusters"],
            moments=(sums["s_nn"] * metric.times**2, sums["s_nd"] * metric.times, sums["s_dd"]))

    def _by_days(self, metrics: Sequence[Metric]) -> dict[str, Sums]:
        """Return the sums from one pass over the days of all subjects."""
        rows = self.fetch(values(metrics, self.tables, by=(self.grain.key, "day"),
                                 period=self.whole))
        of, at = self._owners(rows)
        day = rows["day"].cast(pa.int32()).to_numpy().astype(np.int64)[of]
        side = self.made.side(at, day)
        kept = side >= 0
        cell = at[kept] * 2 + side[kept]
        return {one.id: self._totals(rows.take(of[kept]), one.id, cell) for one in metrics}

    def _totals(self, rows: pa.Table, name: str, cell: Ints) -> Sums:
        """Return one metric's sums over the days of each subject and side.

        A day that adds to neither sum (only plans with another goal) tells nothing of the scatter.
        """
        above, below, n = (floats(rows[f"{name}__{column}"])
                           for column in ("numerator", "denominator", "n"))
        known = n > 0
        counted = known & ((np.nan_to_num(above) != 0) | (np.nan_to_num(below) != 0))
        sums = {}
        for column, weight in (("numerator", above), ("denominator", below), ("n", n),
                               ("clusters", counted.astype(np.float64)), ("s_nn", above**2),
                               ("s_nd", above * below), ("s_dd", below**2)):
            total = np.bincount(cell[known], weights=np.nan_to_num(weight[known]),
                                minlength=self.count * 2)
            sums[column] = total.reshape(self.count, 2)
        nothing = sums["clusters"] == 0
        return {column: np.where(nothing, np.nan, total) for column, total in sums.items()}

    def _by_people(self, name: str) -> Sums:
        """Return the sums of people counted in each period by itself, clustered by day."""
        rows = self.fetch(sides_of_people(METRICS[name], self.tables, key=self.grain.key,
                                          windows=self._windows(), period=self.whole))
        at, side = rows["subject"].to_numpy(), rows["side"].to_numpy()
        sums = {}
        for column in COLUMNS:
            sums[column] = np.full((self.count, 2), np.nan)
            sums[column][at, side] = floats(rows[column])
        return sums

    def _windows(self) -> pa.Table:
        """Return every subject's two stretches of days as ``metrics.sides`` reads them."""
        made = self.made
        days = [pa.array(one.astype(np.int32)).cast(pa.date32()) for one in
                (made.compared_start, made.compared_end, made.start, made.end)]
        return pa.table([pa.array(np.arange(self.count)), self.ids, self.money, *days],
                        schema=WINDOWS)

    def _owners(self, rows: pa.Table) -> tuple[Ints, Ints]:
        """Return the row and the subject of every row that belongs to one.

        A row without a currency belongs to every subject of its id.
        """
        named = self.ids.unique()
        code = pc.index_in(self.ids, value_set=named).to_numpy()
        order = np.argsort(code, kind="stable")
        first = np.searchsorted(code[order], np.arange(len(named) + 1))
        there = pc.index_in(rows[self.grain.key], value_set=named)
        asked = pc.fill_null(there, len(named)).to_numpy()
        count = np.append(np.diff(first), 0)[asked]
        of = np.repeat(np.arange(rows.num_rows), count)
        at = order[np.append(first[:-1], 0)[asked][of] + ranks(count)]
        if "currency" not in rows.column_names:
            return of, at
        kinds = self.money.unique()
        paid = pc.fill_null(pc.index_in(rows["currency"], value_set=kinds), -1).to_numpy()
        money = pc.index_in(self.money, value_set=kinds).to_numpy()
        mine = rows["currency"].is_null().to_numpy()[of] | (paid[of] == money[at])
        return of[mine], at[mine]


def ranks(counts: Ints) -> Ints:
    """Return 0, 1, … within every run of so many.

    >>> ranks(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    ends = np.cumsum(counts)
    return np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)
