"""``/stock`` and ``/budget``: what to order and to spend for the plan that was imported."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from caopan.access.action import Action
from caopan.plan.comparison import MOST
from caopan.units.money import minor_of
from caopan.web.api.answers.plans import Budget, Stock
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows
from caopan.web.api.imports import files_of
from caopan.workspace.budgeting import Scenario


class Alternative(BaseModel):
    """One plan: that of an upload, or without one the imported one; and what may be spent."""

    model_config = ConfigDict(extra="forbid")
    upload: str | None = None
    total: Decimal | None = None


class Comparison(BaseModel):
    """Up to three plans; the others are told by how much they differ from the first."""

    model_config = ConfigDict(extra="forbid")
    plans: list[Alternative] = Field(min_length=1, max_length=MOST)
    loss_cap: Decimal | None = None
    level: float = 0.8


def stock(call: Called, cash: Decimal | None = None, loss_cap: Decimal | None = None,
          level: float = 0.8) -> dict[str, object]:
    """Say how much to order of each product of the sessions that are planned and to come."""
    return call.workspace.stock(
        cash=None if cash is None else minor_of(cash), level=level,
        loss_cap=None if loss_cap is None else minor_of(loss_cap)).document(call.language)


def budget(call: Called, total: Decimal | None = None, loss_cap: Decimal | None = None,
           level: float = 0.8) -> dict[str, object]:
    """Divide what may be spent over the sessions that are planned and to come."""
    return call.workspace.budget(
        total=None if total is None else minor_of(total), level=level,
        loss_cap=None if loss_cap is None else minor_of(loss_cap)).document(call.language)


def compared(call: Called, asked: Comparison) -> dict[str, object]:
    """Put plans side by side; nothing is imported, and the uploads stay."""
    scenarios = [_scenario(call, one) for one in asked.plans]
    return call.workspace.compare(
        scenarios, level=asked.level,
        loss_cap=None if asked.loss_cap is None else minor_of(asked.loss_cap)).document(
            call.language)


def _scenario(call: Called, one: Alternative) -> Scenario:
    total = None if one.total is None else minor_of(one.total)
    if one.upload is None:
        return Scenario(total=total)
    files = files_of(call, one.upload)
    return Scenario(plan=files[0].parent, total=total, name=", ".join(each.name for each in files))


ENDPOINTS = (
    Endpoint(method="GET", path="/stock", action=Action.READ, call=stock, verb="stock",
             answer=Stock, follows=Follows.FACTS),
    Endpoint(method="GET", path="/budget", action=Action.READ, call=budget, verb="budget",
             answer=Budget, follows=Follows.FACTS),
    Endpoint(method="POST", path="/budget", action=Action.IMPORT, call=compared, verb="compare",
             answer=Budget),
)
