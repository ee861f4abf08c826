"""The money of a plan (投放预算), and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from caopan.facts.issue import Issue
from caopan.facts.plan import Plan
from caopan.forecast.responding import Found, responses
from caopan.plan.budget import Budget, Show, divided
from caopan.plan.comparison import MOST, Difference, difference
from caopan.plan.losses import Loss, losses
from caopan.plan.margin import margin_of
from caopan.plan.stock_plan import StockPlan, stock_plan
from caopan.plan.tools import ToolShare, by_tool
from caopan.plan.waves import Told, Wave, waves
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.workspace.answers import Kept
from caopan.workspace.budget_document import document, lines
from caopan.workspace.budget_words import NO_MARGIN, NOTHING, TOO_MANY
from caopan.workspace.lining import LinedUp, lined_up
from caopan.workspace.planning import plan_of
from caopan.workspace.progress import Progress
from caopan.workspace.range_level import check_level
from caopan.workspace.response_words import reason as response_reason
from caopan.workspace.spending import spent
from caopan.workspace.stocking import GATHERING, LimitError
from caopan.workspace.synthetic import SYNTHETIC

DIVIDING = Text(zh="分配投放", en="dividing the spend")
SEED = 20_262


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One of the plans to compare (方案): its file, None = the imported one, and what may be spent.

    ``total`` in minor units; None: what the plan's amounts add up to.
    """

    plan: Path | None = None
    total: int | None = None
    name: str | None = None
    """What it is called; None: as its file is."""
    sessions: frozenset[str] | None = None
    """Which sessions of the plan it is about; None: all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One plan with its stock and its money; ``waves`` and ``tools`` by session id.

    ``untold``: why no return of spend is claimed, finished; None where it is.
    """

    name: str | None
    stock: StockPlan
    budget: Budget
    waves: dict[str, tuple[Wave, ...]]
    tools: dict[str, tuple[ToolShare, ...]]
    losses: tuple[Loss, ...]
    untold: Text | None
    issues: tuple[Issue, ...]
    currency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetResult:
    """The first plan in full, and by how much each other one differs from it."""

    plan: Planned
    others: tuple[tuple[Planned, Difference], ...]
    level: float
    synthetic: bool

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line."""
        return document(self, language)

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        head = Text(zh="【合成数据】", en="[synthetic data] ").say(language)
        said = lines(self, language)
        return [(head if self.synthetic else "") + said[0], *said[1:]]


def run(store: Store, scenarios: Sequence[Scenario], *, now: datetime, level: float,
        kept: Kept, progress: Progress, loss_cap: int | None = None) -> BudgetResult:
    """Return how to spend on a plan, and beside it up to two others.

    ``kept`` remembers what was read, between plans and calls.

    Raises:
        NoPlanError: no session of a plan can be used.
        LimitError: a limit is below zero.
        RangeLevelError: no range of that level can be told.
        TooManyPlansError: more plans than stand side by side.
    """
    check_level(level)
    for limit in (loss_cap, *(one.total for one in scenarios)):
        if limit is not None and limit < 0:
            raise LimitError(limit)
    if len(scenarios) > MOST:
        raise TooManyPlansError(len(scenarios))
    plans = {(one.plan, one.sessions): plan_of(store, one.plan, now=now).only(one.sessions)
             for one in scenarios}
    progress(GATHERING, 0, None)
    past = spent(store)
    known = {one.name: one for one in responses(
        past.sessions, np.random.default_rng(SEED), level=level)}
    made: list[Planned] = []
    lined: dict[tuple[Path | None, frozenset[str] | None], _Lined] = {}
    for one in scenarios:
        progress(DIVIDING, len(made), len(scenarios))
        key = one.plan, one.sessions
        if key not in lined:
            lined[key] = _lined(store, plans[key], loss_cap=loss_cap, level=level, now=now,
                                kept=kept)
        file = None if one.plan is None else one.plan.name
        found = _planned(lined[key], known, total=one.total, name=one.name or file)
        made.append(replace(found, tools=_tools(found.budget, past.ads.tools)))
    first = made[0]
    return BudgetResult(
        plan=first, level=level, synthetic=bool(store.setting(SYNTHETIC)),
        others=tuple((one, difference((first.stock, first.budget), (one.stock, one.budget),
                                      level=level)) for one in made[1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lined:
    """A plan with its stock, which no total of spend moves."""

    plan: Plan
    listed: LinedUp
    stock: StockPlan


def _lined(store: Store, plan: Plan, *, loss_cap: int | None, level: float, now: datetime,
           kept: Kept) -> _Lined:
    listed = lined_up(store, plan, kept)
    return _Lined(plan=plan, listed=listed, stock=stock_plan(
        listed.sold.sales, listed.lines, level=level, now=now,
        loss_cap=None if loss_cap is None else float(loss_cap)))


def _planned(lined: _Lined, known: dict[str, Found], *, name: str | None,
             total: int | None) -> Planned:
    plan, listed, stock = lined.plan, lined.listed, lined.stock
    told = told_by_session(stock)
    shows = _shows(plan, listed, told, known)
    budget = divided(shows, total=None if total is None else float(total), level=stock.level)
    return Planned(
        name=name, stock=stock, budget=budget,
        losses=losses(stock), currency=listed.currency, tools={},
        issues=(*plan.issues, *listed.issues), untold=_untold(shows, budget, known),
        waves={one.show.session.session_id: waves(
            told.get(one.show.session.session_id, ()), spend=one.spend, level=stock.level,
            minutes=one.show.hours * 60.0) for one in budget.shares if one.spend > 0})


def _tools(budget: Budget, used: dict[str, dict[str, float]]
           ) -> dict[str, tuple[ToolShare, ...]]:
    return {one.show.session.session_id: by_tool(
        one.spend, used.get(one.show.session.streamer_id, {}))
        for one in budget.shares if one.spend > 0}


def told_by_session(stock: StockPlan) -> dict[str, list[Told]]:
    """Return the lines that have an order, with their order and demand, by session."""
    found: dict[str, list[Told]] = {}
    for (line, order), points in zip(stock.orders, stock.points, strict=True):
        found.setdefault(line.session.session_id, []).append((line, order, points))
    return found


def _shows(plan: Plan, listed: LinedUp, told: dict[str, list[Told]],
           known: dict[str, Found]) -> list[Show]:
    shows = []
    usual = listed.sold.hours
    for one in plan.sessions:
        if one.currency != listed.currency:
            continue
        found = known.get(one.streamer_id)
        curve = None if found is None or found.why is not None else found.curve
        hours = usual.get(one.streamer_id, usual.get(None, 1.0))
        shows.append(Show(
            session=one, curve=curve, tried_to=0.0 if found is None else found.tried_to,
            hours=one.planned_minutes / 60.0 if one.planned_minutes else hours,
            margin=margin_of(told.get(one.session_id, ()))))
    return shows


def _untold(shows: Sequence[Show], budget: Budget, known: dict[str, Found]) -> Text | None:
    """Return why no return is claimed; None where one is."""
    if budget.told:
        return None
    if not any(one.spend > 0 for one in budget.shares):
        return NOTHING
    if any(one.curve is not None for one in shows):
        return NO_MARGIN
    spending = [one.show.session.streamer_id for one in budget.shares if one.spend > 0]
    found = next((known[host] for host in spending if host in known), known[""])
    return response_reason(found)


class TooManyPlansError(CaopanError):
    """Raised for more plans than stand side by side."""

    usage = True

    def __init__(self, asked: int) -> None:
        """Name how many."""
        text, hint = TOO_MANY
        super().__init__(Message(key="too_many_plans", values={"asked": asked, "most": MOST},
                                 text=text, hint=hint))
