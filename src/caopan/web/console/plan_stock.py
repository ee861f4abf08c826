"""规划 · Plan: stock and budget (库存与预算), with limits to try."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial

from starlette.responses import Response

from caopan.access.action import Action
from caopan.plan.stock_plan import Item, StockPlan
from caopan.units.message import CaopanError
from caopan.web.console.plan_money import asked_amount, hour_of
from caopan.web.csv_answer import csv_answer
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.budgeting import BudgetResult
from caopan.workspace.stock_basis import together_said
from caopan.workspace.stock_document import USUAL
from caopan.workspace.stock_document import item as documented
from caopan.workspace.stock_words import NOTES, REASONS
from caopan.workspace.stocking import StockResult

SHOWN, SESSIONS = 40, 12
"""Lines of stock and sessions of spend a page holds; the export holds all."""
HEAD = ("session_id", "streamer_id", "product_id", "name", "role", "status", "reason", "quantity",
        "stock_on_hand", "currency", "cost", "expected_profit", "stockout_probability",
        "waste_units", "waste", "money_at_risk")


def page(visit: Visit) -> Response:
    """Show orders and waves of the imported plan under the limits that the address names."""
    cash, total = (asked_amount(visit.query.get(name)) for name in ("cash", "total"))
    found, budget, refused = None, None, None
    try:
        found, budget = _asked(visit, cash, total)
    except CaopanError as refusal:
        refused = refusal.message
    ready = found is not None and budget is not None
    items = ranked(found.items) if found and ready else []
    shares = sorted(budget.plan.budget.shares, key=lambda one: -one.spend) if budget else []
    return visit.show(
        "plan/stock.html" if visit.is_fragment else "plan/page.html", tab="stock",
        refused=refused, ready=ready, found=found, budget=budget, most=_most(found, cash),
        items=items[:SHOWN],
        count=len(items), shares=[one for one in shares if one.spend > 0][:SESSIONS],
        currency=(budget.plan.currency if budget else None) or USUAL, reasons=REASONS, notes=NOTES,
        asked={name: visit.query.get(name, "") for name in ("cash", "total")},
        range_said=together_said(found.together, visit.language) if found else "",
        wrong=_wrong(visit.query), query=visit.request.url.query)


def table(visit: Visit) -> Response:
    """Return every line of stock as CSV.

    Raises:
        CaopanError: no session of the plan can be used.
    """
    result = visit.workspace.stock(cash=asked_amount(visit.query.get("cash")))
    rows = [documented(one, currency=result.currency or USUAL, language=visit.language)
            for one in result.found.items]
    return csv_answer("stock.csv", list(HEAD), [[row[name] for name in HEAD] for row in rows])


def ranked(items: tuple[Item, ...]) -> list[Item]:
    """Return the lines by the money they ask for, those without an order last.

    >>> ranked(())
    []
    """
    return sorted(items, key=lambda one: (one.order is None, -one.order.cost if one.order else 0.0,
                                          -one.order.profit if one.order else 0.0))


def _asked(visit: Visit, cash: int | None,
           total: int | None) -> tuple[StockPlan | None, BudgetResult | None]:
    """Return stock and budget; without a limit of cash the budget has worked out the stock."""
    hour = hour_of(visit.now)
    asked: dict[Hashable, Callable[[], StockResult | BudgetResult]] = {
        ("budget", visit.revision, hour, total): partial(visit.workspace.budget, total=total)}
    if cash is not None:
        asked["stock", visit.revision, hour, cash] = partial(visit.workspace.stock, cash=cash)
    budget, *limited = visit.house.figures.ask_all(asked)
    if not isinstance(budget, BudgetResult):
        return None, None
    if cash is None:
        return budget.plan.stock, budget
    return (limited[0].found if isinstance(limited[0], StockResult) else None), budget


def _most(found: StockPlan | None, cash: int | None) -> float | None:
    """Return the most that orders within the cash can bring, budgeted losses counted in."""
    return None if found is None or cash is None else found.whole_bound


def _wrong(query: Mapping[str, str]) -> list[str]:
    """Return the limits that are no amounts."""
    return [name for name in ("cash", "total")
            if query.get(name) and asked_amount(query.get(name)) is None]


SCREENS = (
    Screen(path="/plan/stock", action=Action.READ, show=page),
    Screen(path="/plan/stock.csv", action=Action.READ, show=table),
)
