"""What the main job says of the plan that was imported: its stock and its money, where it can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caopan.store.store import Store
from caopan.units.message import Language, Message, Text
from caopan.workspace import budgeting
from caopan.workspace.budgeting import BudgetResult
from caopan.workspace.planning import NoPlanError
from caopan.workspace.progress import Progress
from caopan.workspace.stocking import StockResult

LEVEL = 0.8
SHOWN = 12
"""Lines of the stock, and of the money, that the report prints; report.json has all."""


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


def planned_ahead(store: Store, *, now: datetime, progress: Progress) -> PlannedAhead:
    """Return the stock and the budget of what is planned and still to come."""
    try:
        budget = budgeting.run(store, (), total=None, now=now, level=LEVEL, progress=progress)
    except NoPlanError as none:
        return PlannedAhead(why=none.message)
    plan = budget.plan
    return PlannedAhead(budget=budget, stock=StockResult(
        found=plan.stock, currency=plan.currency, issues=plan.issues, cash=None,
        synthetic=budget.synthetic))
