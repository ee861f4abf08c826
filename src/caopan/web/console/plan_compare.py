"""规划 · Plan: up to three plans side by side (方案对比), and by how much they differ."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from caopan.access.action import Action
from caopan.plan.comparison import Difference
from caopan.units.message import CaopanError
from caopan.web.console.plan_money import asked_amount, hour_of
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.budgeting import BudgetResult, Planned, Scenario
from caopan.workspace.incoming import UnknownUploadError
from caopan.workspace.stock_document import USUAL

LETTERS = ("a", "b", "c")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One plan as the page asks for it: a letter, an upload (empty: the imported plan), a total."""

    letter: str
    upload: str
    total: str
    wrong: bool

    @property
    def asked(self) -> bool:
        """Return whether it takes part: the first always does.

        >>> Column(letter="b", upload="", total="2万", wrong=False).asked
        True
        """
        return self.letter == LETTERS[0] or bool(self.upload) or asked_amount(
            self.total) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One plan as the page shows it; ``by``: how it differs from the first, None for that one.

    ``total``: what may be spent as it was asked for; "" for what the plan's amounts add up to.
    """

    letter: str
    name: str | None
    total: str
    plan: Planned
    by: Difference | None

    @property
    def spend(self) -> float:
        """Return what is spent in all, minor units."""
        return sum(one.spend for one in self.plan.budget.shares)

    @property
    def orders(self) -> float:
        """Return what the orders cost, minor units."""
        return sum(order.cost for _, order in self.plan.stock.orders)


def page(visit: Visit) -> Response:
    """Show what each plan orders, spends and may bring, and the differences as ranges."""
    waiting = _waiting(visit)
    columns = [_column(visit, letter) for letter in LETTERS]
    asked = [one for one in columns if one.asked]
    result, refused = None, None
    try:
        result = _asked(visit, asked)
    except CaopanError as refusal:
        refused = refusal.message
    return visit.show(
        "plan/compare.html" if visit.is_fragment else "plan/page.html", tab="compare",
        refused=refused, result=result, columns=columns, waiting=waiting,
        beside=besides(result, asked, waiting) if result else (),
        currency=(result.plan.currency if result else None) or USUAL)


def besides(result: BudgetResult, asked: list[Column], names: dict[str, str]
            ) -> tuple[Beside, ...]:
    """Return the plans in the order they were asked for.

    >>> besides.__name__
    'besides'
    """
    plans: list[tuple[Planned, Difference | None]] = [(result.plan, None), *result.others]
    return tuple(Beside(letter=one.letter.upper(), name=names.get(one.upload), total=one.total,
                        plan=plan, by=by)
                 for one, (plan, by) in zip(asked, plans, strict=True))


def _column(visit: Visit, letter: str) -> Column:
    total = visit.query.get(f"total_{letter}", "")
    return Column(letter=letter, upload=visit.query.get(f"plan_{letter}", ""), total=total,
                  wrong=bool(total) and asked_amount(total) is None)


def _waiting(visit: Visit) -> dict[str, str]:
    """Return the uploads that are no import yet, by id, with the names of their files."""
    shelf = visit.workspace.imports.incoming
    return {one.id: "、".join(file.name for file in shelf.listed(one.id)) for one in shelf.open()}


def _asked(visit: Visit, columns: list[Column]) -> BudgetResult | None:
    shelf = visit.workspace.imports.incoming
    known = _waiting(visit)
    if any(one.upload and one.upload not in known for one in columns):
        raise UnknownUploadError
    scenarios = [Scenario(plan=shelf.files(one.upload) if one.upload else None,
                          total=asked_amount(one.total), name=known.get(one.upload))
                 for one in columns]
    key = tuple((one.upload, asked_amount(one.total)) for one in columns)
    return visit.house.figures.ask(("compare", visit.revision, hour_of(visit.now), key),
                                   lambda: visit.workspace.compare(scenarios))


SCREENS = (Screen(path="/plan/compare", action=Action.READ, show=page),)
