"""``/stock`` and ``/budget``: what to order and to spend for the plan that was imported."""

from __future__ import annotations

from decimal import Decimal

from caopan.access.action import Action
from caopan.units.money import minor_of
from caopan.web.api.answers.plans import Budget, Stock
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows


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


ENDPOINTS = (
    Endpoint(method="GET", path="/stock", action=Action.READ, call=stock, verb="stock",
             answer=Stock, follows=Follows.FACTS),
    Endpoint(method="GET", path="/budget", action=Action.READ, call=budget, verb="budget",
             answer=Budget, follows=Follows.FACTS),
)
