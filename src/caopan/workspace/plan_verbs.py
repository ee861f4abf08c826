"""Verbs of a plan's stock and money; a part of ``Workspace``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from caopan.store.store import Store
from caopan.units.clock import now
from caopan.units.message import Language
from caopan.workspace.progress import Progress, silent

if TYPE_CHECKING:
    from caopan.workspace.answers import Kept
    from caopan.workspace.budgeting import BudgetResult, Scenario
    from caopan.workspace.lineup import LineUpResult
    from caopan.workspace.stocking import StockResult


class PlanVerbs:
    """What a person asks before sessions are held: stock and budget (备货、预算)."""

    __slots__ = ()

    store: Store
    kept: Kept

    def stock(self, *, plan: Path | str | None = None, cash: int | None = None,
              loss_cap: int | None = None, level: float = 0.8,
              progress: Progress = silent) -> StockResult:
        """Return how much to order of each planned product, and what that brings and risks.

        Args:
            plan: a ``planned_sessions`` file, or a folder that also holds ``planned_products``;
                None: what was imported and is to come.
            cash: what may be spent on orders in all, minor units; None: no limit.
            loss_cap: what may be lost on goods sold below cost on purpose, minor units.
            level: of the ranges.
            progress: hears how far the work is.

        Raises:
            CaopanError: no session of the plan can be used, or a limit is below zero.
        """
        from caopan.workspace import stocking

        return stocking.run(self.store, None if plan is None else Path(plan), now=now(),
                            level=level, cash=cash, loss_cap=loss_cap, kept=self.kept,
                            progress=progress)

    def budget(self, *, plans: Sequence[Path | str] = (), total: int | None = None,
               loss_cap: int | None = None, level: float = 0.8,
               progress: Progress = silent) -> BudgetResult:
        """Return how spend is divided over planned sessions and their waves.

        Args:
            plans: as ``stock`` takes one; up to three stand side by side, none: the imported one.
            total: what may be spent in all, minor units; None: what the plan's amounts add up to.
            loss_cap: what may be lost on goods sold below cost on purpose, minor units.
            level: of the ranges.
            progress: hears how far the work is.

        Raises:
            CaopanError: no session of a plan can be used, or a limit is below zero.
        """
        from caopan.workspace import budgeting

        asked = [budgeting.Scenario(plan=Path(one), total=total) for one in plans]
        return budgeting.run(self.store, asked or [budgeting.Scenario(total=total)], now=now(),
                             level=level, loss_cap=loss_cap, kept=self.kept,
                             progress=progress)

    def compare(self, scenarios: Sequence[Scenario], *, loss_cap: int | None = None,
                level: float = 0.8, progress: Progress = silent) -> BudgetResult:
        """Return up to three plans side by side, each with its own file and its own total.

        Args:
            scenarios: the plans; the others are told by how much they differ from the first.
            loss_cap: what may be lost on goods sold below cost on purpose, minor units.
            level: of the ranges.
            progress: hears how far the work is.

        Raises:
            CaopanError: no session of a plan can be used, or a limit is below zero.
        """
        from caopan.workspace import budgeting

        return budgeting.run(self.store, scenarios, now=now(), level=level, loss_cap=loss_cap,
                             kept=self.kept, progress=progress)

    def line_up(self, *, plan: Path | str | None = None, minutes: float | None = None,
                session: str | None = None, language: Language = "zh",
                progress: Progress = silent) -> LineUpResult:
        """Return a run sheet for a planned session: its products in order, with lengths.

        Args:
            plan: as ``stock`` takes one; a folder may also hold ``rules.toml``, whose rules are
                demands.
            minutes: how long the session is; None: as planned, else as its host usually goes on.
            session: which one; None: the first that has products.
            language: of the titles of what is no product.
            progress: hears how far the work is.

        Raises:
            CaopanError: there is nothing to put in order, or the demands cannot all hold.
        """
        from caopan.workspace import lineup

        return lineup.run(self.store, None if plan is None else Path(plan), now=now(),
                          language=language, minutes=minutes, session_id=session,
                          kept=self.kept, progress=progress)
