"""Who comes back (复购): the triangle of a shop's buyers by the month of their first purchase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.metrics.retention import retention
from caopan.metrics.value import values
from caopan.store.store import Store
from caopan.workspace.ledger import Lines

COHORTS = 12
RATES = ("repurchase_30", "repurchase_60", "repurchase_90")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One month of one cohort; ``complete`` is False while the month is not over."""

    buyers: int
    share: float
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The buyers whose first purchase fell in one month.

    ``cells`` by months since; None where nobody came.
    """

    month: date
    size: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One repurchase rate: its value 0-1, None until a window is over; n buyers."""

    metric: Metric
    value: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """The triangle, the newest cohort last; empty where no order names its buyer."""

    cohorts: tuple[Cohort, ...]
    rates: tuple[Rate, ...] = ()

    @property
    def months(self) -> int:
        """Return how many columns the triangle has."""
        return max((len(cohort.cells) for cohort in self.cohorts), default=0)

    def document(self) -> dict[str, object]:
        """Return it as JSON: cells by months since the first purchase, null where nobody came.

        >>> Returning(cohorts=(Cohort(month=date(2026, 3, 1), size=2, cells=(None,)),)).document()
        {'cohorts': [{'month': datetime.date(2026, 3, 1), 'size': 2, 'cells': [None]}], 'rates': []}
        """
        return {
            "cohorts": [{"month": one.month, "size": one.size,
                         "cells": [cell and {"buyers": cell.buyers, "share": cell.share,
                                             "complete": cell.complete} for cell in one.cells]}
                        for one in self.cohorts],
            "rates": [{"metric": rate.metric.id, "name": rate.metric.name.document(),
                       "value": rate.value, "n": rate.n} for rate in self.rates]}


def returning(store: Store, lines: Lines) -> Returning:
    """Return the triangle of a shop, and its repurchase rates of 30, 60 and 90 days."""
    if not lines.rows.num_rows:
        return Returning(cohorts=())
    rows = lines.ask(store, "retention", retention).to_pylist()
    if not rows:
        return Returning(cohorts=())
    metrics = [METRICS[name] for name in RATES]
    found = lines.ask(store, "repurchase", lambda scope: values(
        metrics, scope.tables, as_of=scope.as_of)).to_pylist()[0]
    return Returning(cohorts=triangle(rows), rates=tuple(
        Rate(metric=metric, value=found[metric.id], n=found[f"{metric.id}__n"] or 0)
        for metric in metrics))


def triangle(rows: Iterable[dict[str, object]]) -> tuple[Cohort, ...]:
    """Return the cohorts of the last months, each with a cell a month since.

    >>> rows = [{"cohort": date(2026, 1, 1), "months": 0, "buyers": 4, "size": 4, "share": 1.0,
    ...          "complete": True},
    ...         {"cohort": date(2026, 1, 1), "months": 2, "buyers": 1, "size": 4, "share": 0.25,
    ...          "complete": False}]
    >>> [cell and cell.share for cell in triangle(rows)[0].cells]
    [1.0, None, 0.25]
    """
    found: dict[date, dict[int, dict[str, object]]] = {}
    for row in rows:
        found.setdefault(row["cohort"], {})[row["months"]] = row  # type: ignore[arg-type,index]
    return tuple(_cohort(month, found[month]) for month in sorted(found)[-COHORTS:])


def _cohort(month: date, cells: dict[int, dict[str, object]]) -> Cohort:
    size: int = cells[0]["size"] if 0 in cells else 0  # type: ignore[assignment]
    return Cohort(month=month, size=size, cells=tuple(
        _cell(cells.get(since)) for since in range(max(cells) + 1)))


def _cell(row: dict[str, object] | None) -> Cell | None:
    if row is None:
        return None
    return Cell(buyers=row["buyers"], share=row["share"],  # type: ignore[arg-type]
                complete=row["complete"])  # type: ignore[arg-type]
