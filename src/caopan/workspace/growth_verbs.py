"""Verbs of growth plans; a part of ``Workspace``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from caopan.store.store import Store
from caopan.units.clock import now

if TYPE_CHECKING:
    from caopan.plan.growth import GrowthPlan
    from caopan.plan.growth_difference import GrowthChange
    from caopan.workspace.answers import Kept
    from caopan.workspace.growth_plans import KeptGrowth
    from caopan.workspace.growth_result import GrowthResult


class GrowthVerbs:
    """What a person does with the growth plans of hosts and merchants (成长规划)."""

    __slots__ = ()

    store: Store
    kept: Kept

    def growth(self, subject: str, *, grain: str = "streamer", version: int | None = None,
               template: str | None = None, level: float = 0.8) -> GrowthResult:
        """Return a subject's growth plan and how it stands: gates, path, chances, what is next.

        Args:
            subject: a host's or merchant's id.
            grain: ``streamer`` or ``merchant``.
            version: a kept version; None: the last, or a proposal where none is kept.
            template: a template of the handbook, for a proposal that is not kept.
            level: of the ranges.

        Raises:
            CaopanError: nobody has that id, or there is no such version or template.
        """
        from caopan.workspace import growing
        from caopan.workspace.grain import Grain

        return growing.run(self.store, self.kept, grain=Grain(grain), subject=subject, now=now(),
                           version=version, template=template, level=level)

    def growth_proposal(self, subject: str, *, grain: str = "streamer",
                        template: str = "ladder") -> GrowthPlan:
        """Return the plan that a template of the handbook would be; nothing is kept or judged.

        Raises:
            CaopanError: nobody has that id, there is no such template, or nothing to begin from.
        """
        from caopan.workspace import growing
        from caopan.workspace.grain import Grain

        return growing.proposal(self.store, self.kept, grain=Grain(grain), subject=subject,
                                now=now(), template=template)

    def growth_plans(self, subject: str | None = None,
                     grain: str = "streamer") -> tuple[KeptGrowth, ...]:
        """Return the kept versions of a subject's plan, or the last one of every subject."""
        from caopan.workspace import growth_plans

        if subject is None:
            return growth_plans.latest(self.store)
        return growth_plans.kept(self.store, grain, subject)

    def keep_growth(self, plan: GrowthPlan | Mapping[str, object], *,
                    after: int | None = None) -> KeptGrowth:
        """Keep a growth plan as the next version of its subject's.

        Args:
            plan: the plan, or its JSON.
            after: the version it was made from, 0 where there was none; another one meanwhile is
                refused.

        Raises:
            CaopanError: the JSON has faults, or somebody kept another version meanwhile.
        """
        from caopan.workspace import growth_plans

        return growth_plans.keep(self.store, plan, now=now(), after=after)

    def growth_difference(self, subject: str, *, before: int, after: int,
                          grain: str = "streamer") -> tuple[GrowthChange, ...]:
        """Return what differs between two versions of a plan.

        Raises:
            CaopanError: there is no such version.
        """
        from caopan.workspace import growth_plans

        return growth_plans.compared(self.store, grain, subject, before, after)
