"""The line-up of a planned session (排品方案): proposed from its plan, its history, its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from caopan.facts.issue import Issue, Level
from caopan.facts.plan import Place, PlannedSession
from caopan.plan.demand import FEWEST, Demand, demanded
from caopan.plan.line import Line
from caopan.plan.lineup import LineUp, Problem
from caopan.plan.lineup_bound import bound_of
from caopan.plan.lineup_clash import Broken, DemandsClashError, impossible, rules_broken
from caopan.plan.lineup_search import searched
from caopan.plan.lineup_sheet import Said, sheet_of
from caopan.plan.lineup_worth import Goods, Show, lengths_of, problem_of, steps_of
from caopan.plan.run_sheet import RunSheet
from caopan.plan.stock_plan import asked_of
from caopan.playbook.lineup import LineUpRules, line_up_rules
from caopan.stats.arrays import Floats
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.workspace.answers import Kept
from caopan.workspace.handbook import FOLDER
from caopan.workspace.lineup_document import document, lines
from caopan.workspace.lineup_words import (
    NO_MINUTES,
    NO_PRODUCTS,
    NO_SUCH_SESSION,
    OTHER_SESSIONS,
    UNKNOWN_PRODUCT,
)
from caopan.workspace.lining import LinedUp, lined_up
from caopan.workspace.planning import plan_with_strangers
from caopan.workspace.progress import Progress
from caopan.workspace.synthetic import SYNTHETIC
from caopan.workspace.traffic_curve import Curve, curve_of

RULES_FILE = "rules.toml"
SEED = 20_265
TOLD = 0.6
"""The share of demand that comes while a product is explained, where no history says."""
ASSUMED_UNITS, DRAWS = 100.0, 25
GATHERING = Text(zh="汇总带货明细", en="gathering what products sold")
SEARCHING = Text(zh="排品", en="putting products in order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a line-up's value rests on.

    ``profit``: whether it is profit; else GMV, as a cost is missing. ``known``: products whose
    demand history tells, of ``n``.
    """

    profit: bool
    known: int
    n: int
    curve: Curve
    rules: LineUpRules


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUpResult:
    """A proposed run sheet with its value and the bound that nothing exceeds, minor units.

    ``goods`` and ``evening``: what the search was told, for whoever values another sheet by it.
    """

    session: PlannedSession
    sheet: RunSheet
    value: float
    bound: float
    violations: tuple[Broken, ...]
    basis: Basis
    issues: tuple[Issue, ...]
    synthetic: bool
    goods: Goods
    evening: Show

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line."""
        return document(self, language)

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        return lines(self, language)


def run(store: Store, path: Path | None, *, now: datetime, language: Language,
        minutes: float | None = None, session_id: str | None = None,
        kept: Kept, progress: Progress) -> LineUpResult:
    """Return a line-up for one planned session: the one named, else the first with products.

    Raises:
        NoPlanError: no session of the plan can be used.
        LineUpError: there is no such session, or nothing to put in order.
        DemandsClashError: the demands cannot all hold.
    """
    if minutes is not None and not minutes > 0:
        raise LineUpError(NO_MINUTES, minutes=minutes)
    plan = plan_with_strangers(store, path, now=now)
    progress(GATHERING, 0, None)
    listed = lined_up(store, plan, kept)
    chosen, lines, issues = _chosen(listed, session_id)
    rules, wrong = line_up_rules(Path(store.folder.root) / FOLDER,
                                 plan=None if path is None else _rules(path))
    broken = [one for one in wrong if one.level is Level.ERROR and one.file == RULES_FILE]
    if broken:
        raise BadRulesError(broken)
    progress(SEARCHING, 0, None)
    seconds = round((minutes or lines[0].hours * 60.0) * 60.0)
    desk = _Desk.of(listed, lines, rules, seconds, store)
    found, bound = _found(desk.problem, desk.show)
    sheet = sheet_of(found, desk.problem, goods=desk.goods, show=desk.show, rules=rules,
                     said=desk.said, currency=listed.currency or "CNY", language=language)
    return LineUpResult(
        session=chosen, sheet=sheet, value=found.value, bound=bound,
        violations=rules_broken(desk.problem, found, step=desk.show.step), basis=desk.basis,
        issues=(*plan.issues, *issues, *wrong, *_unknown(rules, lines)),
        synthetic=bool(store.setting(SYNTHETIC)), goods=desk.goods, evening=desk.show)


def _found(problem: Problem, show: Show) -> tuple[LineUp, float]:
    clashing = impossible(problem, step=show.step)
    if clashing:
        raise DemandsClashError(clashing)
    rng = np.random.default_rng(SEED)
    found = searched(problem, rng=rng)
    missed = [one for one in rules_broken(problem, found, step=show.step) if one.demanded]
    if missed:
        raise DemandsClashError(missed)
    return found, bound_of(problem, reached=found.value)


def _rules(path: Path) -> Path:
    return (path if path.is_dir() else path.parent) / RULES_FILE


def _chosen(listed: LinedUp, asked: str | None
            ) -> tuple[PlannedSession, Sequence[Line], list[Issue]]:
    by: dict[str, list[Line]] = {}
    for line in listed.lines:
        by.setdefault(line.session.session_id, []).append(line)
    if not by:
        raise LineUpError(NO_PRODUCTS)
    name = asked or next(iter(by))
    if name not in by:
        raise LineUpError(NO_SUCH_SESSION, session=name, sessions=", ".join(list(by)[:5]))
    lines = sorted(by[name], key=lambda one: (one.position is None, one.position or 0))
    issues = [] if asked or len(by) == 1 else [Place().issue(
        Message(key="other_sessions", text=OTHER_SESSIONS.text, hint=OTHER_SESSIONS.hint,
                values={"session": name, "n": len(by) - 1}), level=Level.WARNING)]
    return lines[0].session, lines, issues


def _unknown(rules: LineUpRules, lines: Sequence[Line]) -> list[Issue]:
    """Return a warning for each product that the rules name and the line-up has not."""
    known = {one.product_id for one in lines}
    named = [*(one.product_id for one in rules.pins), *(one for pair in rules.orders
                                                       for one in pair)]
    return [Place(file=RULES_FILE).issue(
        Message(key="unknown_product", text=UNKNOWN_PRODUCT.text, hint=UNKNOWN_PRODUCT.hint,
                values={"product": one}), value=one, level=Level.WARNING)
        for one in dict.fromkeys(named) if one not in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Everything a search needs, in the order of the plan."""

    goods: Goods
    show: Show
    problem: Problem
    said: tuple[Said, ...]
    basis: Basis

    @staticmethod
    def of(listed: LinedUp, lines: Sequence[Line], rules: LineUpRules, seconds: int,
           store: Store) -> _Desk:
        sales = listed.sold.sales
        demand = demanded(sales, asked_of(lines)) if len(sales) else None
        known = [demand is not None and not (demand.n[at] == 0 and demand.pool < FEWEST)
                 for at in range(len(lines))]
        profit = all(one.cost is not None and one.price is not None and not one.mixed
                     for one in lines)
        curve = curve_of(store, lines[0].session.streamer_id, assumed=rules.traffic)
        kinds = tuple(one.role or "regular" for one in lines)
        least, usual, most = lengths_of(kinds, [one.seconds for one in lines], rules)
        goods = Goods(
            product=tuple(one.product_id for one in lines), kind=kinds, usual=usual, least=least,
            most=most, points=_points(lines, demand, known),
            stock=np.array([np.inf if one.held is None else float(one.held) for one in lines]),
            margin=np.array([_margin(one, profit=profit) for one in lines]))
        show = Show(seconds=seconds, traffic=curve.parts,
                    told=TOLD if demand is None else float(demand.told))
        if steps_of(show, rules) < 1:
            raise LineUpError(NO_MINUTES, minutes=round(seconds / 60.0, 1))
        said = tuple(Said(product_id=one.product_id, title=one.name or one.product_id,
                          price=one.price, cost=one.cost, held=one.held, known=is_known)
                     for one, is_known in zip(lines, known, strict=True))
        basis = Basis(profit=profit, known=sum(known), n=len(lines), curve=curve, rules=rules)
        return _Desk(goods=goods, show=show, problem=problem_of(goods, show, rules), said=said,
                     basis=basis)


def _margin(line: Line, *, profit: bool) -> float:
    """Return what a sale leaves, minor units: without costs of all, what it brings."""
    if not profit:
        return float(line.price or 0)
    return float((line.kept or 0.0) - (line.cost or 0))


def _points(lines: Sequence[Line], demand: Demand | None, known: Sequence[bool]) -> Floats:
    """Return demand; where history is silent, what there is in stock, else the same for all."""
    stocks = [float(one.held) for one in lines if one.held]
    usual = float(np.median(stocks)) if stocks else ASSUMED_UNITS
    assumed = np.array([float(one.held or usual) for one in lines])[:, None]
    if demand is None:
        return np.repeat(assumed, DRAWS, axis=1)
    return np.where(np.array(known)[:, None], demand.points, assumed)


class LineUpError(CaopanError):
    """Raised where there is nothing that could be put in order."""

    def __init__(self, message: Message, **values: object) -> None:
        """Say what is missing."""
        super().__init__(Message(key=message.key, text=message.text, hint=message.hint,
                                 values=values))


class BadRulesError(CaopanError):
    """Raised for a plan's ``rules.toml`` with faults; ``issues`` names each by its line."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        """Keep the faults."""
        self.issues = tuple(issues)
        first = issues[0].message
        super().__init__(Message(key="bad_rules", text=first.text, hint=first.hint,
                                 values=first.values))
