"""``/metrics``: the catalogue, and one metric's value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import Query

from caopan.access.action import Action
from caopan.web.api.answers import metrics as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows


def catalogue(call: Called) -> dict[str, object]:
    """List the metrics: one metric, one definition."""
    return {"metrics": [metric.document(call.language) for metric in call.workspace.metrics()]}


def value(
    call: Called, metric: str, by: Annotated[list[str] | None, Query()] = None,
    start: Annotated[date | None, Query(alias="from")] = None,
    end: Annotated[date | None, Query(alias="to")] = None, as_of: datetime | None = None,
) -> dict[str, object]:
    """Show one metric's value by groups, from a day up to and not including another."""
    return call.workspace.metric(metric, by=tuple(by or ()), start=start, end=end,
                                 as_of=as_of).document(call.language)


ENDPOINTS = (
    Endpoint(method="GET", path="/metrics", action=Action.READ, call=catalogue, verb="metrics",
             answer=answers.Catalogue, follows=Follows.FACTS),
    Endpoint(method="GET", path="/metrics/{metric}", action=Action.READ, call=value,
             verb="metric", answer=answers.MetricValue, follows=Follows.FACTS),
)
