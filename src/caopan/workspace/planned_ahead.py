"""What the main job says of the plan that was imported: its stock and its money, where it can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caopan.store.store import Store
from caopan.units.message import Language, Message, Text
from caopan.workspace import budgeting
from caopan.workspace.answers import Kept
from caopan.workspace.budgeting import BudgetResult
from caopan.workspace.planning import NoPlanError, plan_of
from caopan.workspace.progress import Progress
from caopan.workspace.stocking import StockResult

LEVEL = 0.8
MOST_ROWS = 20_000
"""Rows of a plan beyond which a report does not wait for it."""
SHOWN = 12
"""Lines of the stock, and of the money, that the report prints; report.json has all."""

TOO_LARGE = Message(
    key="plan_too_large", values={"most": MOST_ROWS},
    text=Text(zh="排期超过 {most} 行，报告里不算备货和投放",
              en="the plan has more than {most} rows: its stock and spend are not in the report"),
    hint=Text(zh="用 caopan stock --plan 分批计算", en="ask caopan stock --plan for parts of it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAhead:
    """Stock and budget of the imported plan, or ``why`` there is none."""

    stock: StockResult | None = None
    budget: BudgetResult | None = None
    why: Message | None = None

    def document(self, language: Language) -> dict[str, object]:
        """Return ``stock`` and ``budget`` as their own verbs give them; null without a plan."""
        return {"stock": self.stock and self.stock.document(language),
                "budget": self.budget and self.budget.document(language),
                "plan_reason": self.why and self.why.say(language)}

    def said(self) -> tuple[tuple[Text, ...], ...]:
        """Return the first lines of both in both languages, for the report; none without a plan."""
        both = [one for one in (self.stock, self.budget) if one is not None]
        return tuple(tuple(
            Text(zh=zh, en=en) for zh, en in zip(
                one.lines("zh")[:SHOWN], one.lines("en")[:SHOWN], strict=True)) for one in both)


def planned_ahead(store: Store, *, now: datetime, kept: Kept,
                  progress: Progress) -> PlannedAhead:
    """Return the stock and the budget of what is planned and still to come."""
    try:
        plan = plan_of(store, None, now=now)
        if max(len(plan.products), len(plan.sessions)) > MOST_ROWS:
            return PlannedAhead(why=TOO_LARGE)
        budget = budgeting.run(store, [budgeting.Scenario()], now=now, level=LEVEL,
                               kept=kept, progress=progress)
    except NoPlanError as none:
        return PlannedAhead(why=none.message)
    first = budget.plan
    return PlannedAhead(budget=budget, stock=StockResult(
        found=first.stock, currency=first.currency, issues=first.issues, cash=None,
        synthetic=budget.synthetic))
