"""``/backtest``: how good the forecast would have been on the own history."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Query

from caopan.access.action import Action
from caopan.web.api.answers.backtests import Backtest
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows


def backtest(
    call: Called, outcome: str = "gmv", level: float = 0.8,
    start: Annotated[date | None, Query(alias="from")] = None,
) -> dict[str, object]:
    """Look back on the own history: each session told from those before it."""
    return call.workspace.backtest(outcome=outcome, level=level, start=start).document(
        call.language)


ENDPOINTS = (
    Endpoint(method="GET", path="/backtest", action=Action.READ, call=backtest, verb="backtest",
             answer=Backtest, follows=Follows.FACTS),
)
