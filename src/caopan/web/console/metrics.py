"""指标 · Metrics: the catalogue, one metric's values, and the card behind every number."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from itertools import groupby

from starlette.responses import Response

from caopan.access.action import Action
from caopan.metrics.catalogue import METRICS
from caopan.metrics.catalogue import metric as catalogued
from caopan.metrics.metric import Metric
from caopan.units.message import CaopanError, Message, Text
from caopan.web.console.metric_names import Named, named
from caopan.web.console.metric_pictures import CURRENCY, pictures, totals, usual_group
from caopan.web.console.metric_words import BASES, FAMILIES, GROUPS
from caopan.web.console.palette import fits
from caopan.web.csv_answer import csv_answer
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.defining import definition
from caopan.workspace.measuring import MetricResult
from caopan.workspace.workspace import Workspace

SHOWN = 500
"""How many rows of one metric a page holds; the export holds all."""


def page(visit: Visit) -> Response:
    """Show the catalogue, by family, narrowed by the words typed."""
    fitting = found(visit)
    families = [(name, FAMILIES.get(name, Text(zh=name, en=name)), list(metrics))
                for name, metrics in groupby(fitting, key=_family)]
    template = "metrics/list.html" if visit.is_fragment else "metrics/page.html"
    return visit.show(template, families=families, count=len(fitting),
                      total=len(visit.workspace.metrics()), q=visit.query.get("q", ""))


def found(visit: Visit) -> list[Metric]:
    """Return the metrics that fit the words typed, by family."""
    words = visit.query.get("q", "").lower().split()
    return sorted((metric for metric in visit.workspace.metrics()
                   if fits(f"{metric.zh} {metric.en} {metric.id} {metric.family}", words)),
                  key=_place)


def one(visit: Visit) -> Response:
    """Show one metric: its definition, and its values by the groups and the period asked for.

    Values that take longer than a page waits come by themselves when they are worked out.

    Raises:
        CaopanError: there is no such metric or grouping, or the period is empty.
    """
    metric = _metric(visit)
    template = "metrics/values.html" if visit.is_fragment else "metrics/one.html"
    total, parts, refused = None, None, None
    try:
        total, parts = _coming(visit, metric)
    except CaopanError as refusal:
        refused = refusal.message
    language, parts = visit.language, parts if total else None
    naming = partial(parts.called, language=language) if parts else None
    return visit.show(template, metric=metric, by=_groups(visit), start=visit.query.get("from"),
                      end=visit.query.get("to"), refused=refused, groups=GROUPS,
                      totals=totals(total.result, language=language) if total else (),
                      result=parts.result if parts else None, called=naming,
                      heads=_heads(parts.result, _groups(visit)) if parts else (),
                      pictures=pictures(parts.result, naming=naming) if parts and naming else (),
                      basis=BASES.get(metric.gmv_basis) if metric.gmv_basis else None,
                      query=visit.request.url.query, shown=SHOWN)


def table(visit: Visit) -> Response:
    """Return every row of one metric's values as CSV, cells that could be formulas made harmless.

    Raises:
        CaopanError: there is no such metric or grouping, or the period is empty.
    """
    metric = _metric(visit)
    result = _values(visit, metric)
    head = [*result.groups, metric.id, "n"]
    rows = [[*(row[group] for group in result.groups), result.plain(row), row["n"]]
            for row in result.rows]
    return csv_answer(f"{metric.id}.csv", head, rows)


def card(visit: Visit) -> Response:
    """Show the card of a number: definition, unit, source, n, maturity.

    Raises:
        CaopanError: nothing has that id.
    """
    name = visit.path("metric")
    known = definition(name)
    metric = METRICS.get(name)
    if known is None:
        metric = _metric(visit)
    return visit.show("metrics/card.html", definition=known, metric=metric, query=visit.query,
                      basis=BASES.get(metric.gmv_basis)
                      if metric is not None and metric.gmv_basis else None)


def _values(visit: Visit, metric: Metric) -> MetricResult:
    return visit.workspace.metric(metric.id, by=_groups(visit), start=_day(visit, "from"),
                                  end=_day(visit, "to"))


def _coming(visit: Visit, metric: Metric) -> tuple[Named | None, Named | None]:
    """Return the values of the whole and by groups; None where a page will not wait for them."""
    start, end = _day(visit, "from"), _day(visit, "to")
    asked: dict[Hashable, Callable[[], Named]] = {}
    for by in ((), _groups(visit)):
        question = (visit.revision, metric.id, by, start, end)
        asked[question] = partial(_worked_out, visit.workspace, metric.id, by, (start, end))
    found = visit.house.figures.ask_all(asked)
    return found[0], found[-1]


def _worked_out(workspace: Workspace, metric: str, by: tuple[str, ...],
                days: tuple[date | None, date | None]) -> Named:
    return named(workspace, workspace.metric(metric, by=by, start=days[0], end=days[1]))


def _groups(visit: Visit) -> tuple[str, ...]:
    """Return the groupings asked for; where the address says nothing of any, the usual one."""
    if "by" not in visit.query:
        return usual_group(_metric(visit).groups)
    return tuple(group for group in visit.query.getlist("by") if group)


def _heads(result: MetricResult, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the groups that a table names: one currency that nobody asked for goes unsaid."""
    several = len({row.get(CURRENCY) for row in result.rows}) > 1 or CURRENCY in asked
    return tuple(group for group in result.groups if several or group != CURRENCY)


def _metric(visit: Visit) -> Metric:
    return catalogued(visit.path("metric"))


def _family(metric: Metric) -> str:
    return metric.family


def _place(metric: Metric) -> int:
    names = list(FAMILIES)
    return names.index(metric.family) if metric.family in names else len(names)


def _day(visit: Visit, name: str) -> date | None:
    text = visit.query.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NoDayError(text or "") from None


SCREENS = (
    Screen(path="/metrics", action=Action.READ, show=page),
    Screen(path="/metrics/{metric}", action=Action.READ, show=one),
    Screen(path="/metrics/{metric}/values.csv", action=Action.EXPORT, show=table),
    Screen(path="/metrics/{metric}/card", action=Action.READ, show=card),
)


class NoDayError(CaopanError):
    """Raised for a day that is none."""

    usage = True

    def __init__(self, asked: str) -> None:
        """Name what was written."""
        super().__init__(Message(
            key="no_day", values={"asked": asked},
            text=Text(zh="{asked} 不是日期", en="{asked} is not a day"),
            hint=Text(zh="写成 2026-03-01", en="write it as 2026-03-01")))
