"""The sums behind a metric, one row a group, and what each row adds to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir

from caopan.metrics.metric import How, Metric, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One part over given rows: its column, which rows it wants, and in which it is known.

    Made once a part, however many metrics share it: making an expression is what takes long.
    """

    part: Part
    column: ir.Value
    wanted: ir.Value | None
    known: ir.Value | None


def sums(metrics: Sequence[Metric], rows: ir.Table, groups: tuple[str, ...],
         also: Mapping[str, ir.Value] | None = None) -> ir.Table:
    """Return the sums behind each metric, one row a group, and ``also`` what is asked beside.

    The columns are ``id__numerator``, ``id__denominator`` (where there is one), ``id__n`` and,
    for strict metrics, ``id__unknown``: rows not known on both sides.

    >>> from caopan.metrics.catalogue import METRICS
    >>> rows = ibis.table({"day": "date", "views": "int64"})
    >>> sums([METRICS["view_pv"]], rows, ("day",)).columns
    ('day', 'view_pv__numerator', 'view_pv__n')
    """
    sides = {part: _side(part, rows) for metric in metrics for part in _parts(metric)}
    totals: dict[str, ir.Value] = dict(also or {})
    for metric in metrics:
        totals |= _totals(metric, rows, [sides[part] for part in _parts(metric)])
    return rows.group_by(*groups).aggregate(**totals) if groups else rows.aggregate(**totals)


def each_row(metric: Metric, rows: ir.Table) -> ir.Table:
    """Return the rows with what each by itself adds to a plain sum's ``sums``, null for nothing.

    The columns are ``numerator``, ``denominator``, ``n`` (1 or 0), and ``unknown`` where strict.

    >>> from caopan.metrics.catalogue import METRICS
    >>> each_row(METRICS["view_pv"], ibis.table({"views": "int64"})).columns
    ('views', 'numerator', 'n')
    """
    above, *rest = [_side(part, rows) for part in _parts(metric)]
    known = _both([above, *rest])
    one = ibis.literal(1, "int64")
    found = {"numerator": _addend(above, _both(rest)),
             "n": one if known is None else ibis.ifelse(known, one, 0)}
    for below in rest:
        found["denominator"] = _addend(below, above.known)
    if metric.strict:
        found["unknown"] = 1 - found["n"]
    return rows.mutate(**found)


def only(column: ir.Value, where: ir.Value | None) -> ir.Value:
    """Return the column, null elsewhere: a filter on each aggregate is up to twice as slow.

    >>> ibis.duckdb.connect().to_pyarrow(only(ibis.literal(3), ibis.literal(True))).as_py()
    3
    """
    if where is None:
        return column
    return ibis.ifelse(where, column, ibis.null(column.type().copy(nullable=True)))


def _parts(metric: Metric) -> list[Part]:
    return [part for part in (metric.numerator, metric.denominator) if part is not None]


def _side(part: Part, rows: ir.Table) -> _Side:
    column = part.of(rows)
    wanted = None if part.only is None else part.only(rows)
    tests = [side.notnull() for side in (column, wanted) if side is not None]
    return _Side(part=part, column=column, wanted=wanted,
                 known=None if part.known else reduce(and_, tests))


def _totals(metric: Metric, rows: ir.Table, sides: Sequence[_Side]) -> dict[str, ir.Value]:
    above, *rest = sides
    known = _both(sides)
    found = {f"{metric.id}__numerator": _total(above, rows, _both(rest)),
             f"{metric.id}__n": _count(rows, known)}
    for below in rest:
        found[f"{metric.id}__denominator"] = _total(below, rows, above.known)
    if metric.strict and known is not None:
        found[f"{metric.id}__unknown"] = _count(rows, ~known)
    return found


def _both(sides: Sequence[_Side]) -> ir.Value | None:
    """Return the condition that a row is known on these sides; None where it always is."""
    tests = [side.known for side in sides if side.known is not None]
    return reduce(and_, tests) if tests else None


def _narrowed(side: _Side, where: ir.Value | None) -> ir.Value | None:
    if side.wanted is None:
        return where
    return side.wanted if where is None else where & side.wanted


def _addend(side: _Side, where: ir.Value | None) -> ir.Value:
    return only(_whole(side.column), _narrowed(side, where))


def _total(side: _Side, rows: ir.Table, where: ir.Value | None) -> ir.Value:
    where = _narrowed(side, where)
    match side.part.how:
        case How.COUNT:
            return _count(rows, where)
        case How.DISTINCT:
            return side.column.nunique(where=where)
        case How.MAX:
            return side.column.max(where=where)
        case How.SUM:
            return only(_whole(side.column), where).sum()


def _whole(column: ir.Value) -> ir.Value:
    return column.cast("int64") if column.type().is_boolean() else column


def _count(rows: ir.Table, where: ir.Value | None) -> ir.Value:
    return rows.count() if where is None else only(ibis.literal(1, "int64"), where).count()
