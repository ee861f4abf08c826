"""The stock of a plan (备货), and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.plan.stock_plan import StockPlan, stock_plan
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.money import Money
from caopan.workspace.answers import Kept
from caopan.workspace.lining import lined_up
from caopan.workspace.planning import plan_of
from caopan.workspace.progress import Progress
from caopan.workspace.range_level import check_level
from caopan.workspace.stock_document import document, lines
from caopan.workspace.synthetic import SYNTHETIC

GATHERING = Text(zh="汇总带货明细", en="gathering what products sold")
WORKING = Text(zh="算备货", en="working out the orders")


@dataclass(frozen=True, slots=True, kw_only=True)
class StockResult:
    """The orders of a plan; ``cash`` and ``loss_cap`` in minor units, None without a limit."""

    found: StockPlan
    currency: str | None
    issues: tuple[Issue, ...]
    cash: int | None
    synthetic: bool

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line."""
        return document(self.found, currency=self.currency, cash=self.cash, language=language,
                        ) | {"synthetic": self.synthetic,
                             "issues": [one.document(language) for one in self.issues]}

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        head = Text(zh="【合成数据】", en="[synthetic data] ").say(language)
        said = lines(self.found, currency=self.currency, cash=self.cash, language=language)
        return [(head if self.synthetic else "") + said[0], *said[1:]]


def run(store: Store, path: Path | None, *, now: datetime, level: float, progress: Progress,
        kept: Kept, cash: int | None = None, loss_cap: int | None = None) -> StockResult:
    """Return the orders for a plan; ``kept`` remembers what was read, between calls.

    Raises:
        NoPlanError: no session of the plan can be used.
        LimitError: a limit is below zero.
        RangeLevelError: no range of that level can be told.
    """
    check_level(level)
    for limit in (cash, loss_cap):
        if limit is not None and limit < 0:
            raise LimitError(limit)
    plan = plan_of(store, path, now=now)
    progress(GATHERING, 0, None)
    listed = lined_up(store, plan, kept)
    progress(WORKING, 0, None)
    found = stock_plan(listed.sold.sales, listed.lines, level=level, now=now,
                       cash=None if cash is None else float(cash),
                       loss_cap=None if loss_cap is None else float(loss_cap))
    return StockResult(found=found, currency=listed.currency, cash=cash,
                       issues=_ordered((*plan.issues, *listed.issues)),
                       synthetic=bool(store.setting(SYNTHETIC)))


def _ordered(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Return the problems in the order of the files' rows."""
    return tuple(sorted(issues, key=lambda one: (one.file or "", one.sheet or "", one.row or 0)))


class LimitError(CaopanError):
    """Raised for a limit of money below zero."""

    usage = True

    def __init__(self, minor: int) -> None:
        """Name it."""
        super().__init__(Message(
            key="limit_below_zero", values={"asked": Money(minor=minor).major()},
            text=Text(zh="上限 {asked} 小于 0", en="a limit of {asked} is below zero"),
            hint=Text(zh="写 0 或更大的金额（元）", en="write an amount of 0 or more")))
