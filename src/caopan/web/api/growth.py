"""``/growth``: growth plans by subject: how they stand, versions, differences, side by side."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from caopan.access.action import Action
from caopan.web.api.answers import growth as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.question import Who
from caopan.workspace.growth_plans import NoGrowthPlanError


class PlanToKeep(BaseModel):
    """A growth plan to keep; ``after``: the version it was made from, 0 for the first."""

    model_config = ConfigDict(extra="forbid")
    plan: dict[str, Any]
    after: int | None = None


def plans(call: Called) -> dict[str, object]:
    """List the last version of every growth plan, the one kept last first."""
    return {"plans": [{"grain": one.plan.grain, "subject": one.plan.subject,
                       "version": one.version, "made_at": one.made_at.isoformat(),
                       "from": one.plan.start.isoformat(), "to": one.plan.end.isoformat(),
                       "stages": len(one.plan.stages)}
                      for one in call.workspace.growth_plans()]}


def plan(call: Called, grain: Who, subject: str, version: int | None = None,
         template: str | None = None) -> dict[str, object]:
    """Say how a subject's growth plan stands; without one, what a template would be."""
    return call.workspace.growth(subject, grain=grain, version=version,
                                 template=template).document(call.language)


def keep(call: Called, asked: PlanToKeep) -> dict[str, object]:
    """Keep a growth plan as the next version of its subject's."""
    return call.workspace.keep_growth(asked.plan, after=asked.after).document()


def versions(call: Called, grain: Who, subject: str) -> dict[str, object]:
    """List the kept versions of a subject's growth plan, oldest first."""
    found = call.workspace.growth_plans(subject, grain)
    if not found:
        raise NoGrowthPlanError(subject, None)
    return {"versions": [{"version": one.version, "made_at": one.made_at.isoformat()}
                         for one in found]}


def difference(call: Called, grain: Who, subject: str, before: int,
               after: int) -> dict[str, object]:
    """Say what differs between two versions."""
    found = call.workspace.growth_difference(subject, grain=grain, before=before, after=after)
    return {"changes": [{"where": one.where, "before": one.before, "after": one.after}
                        for one in found]}


ENDPOINTS = (
    Endpoint(method="GET", path="/growth", action=Action.READ, call=plans, verb="growth_plans",
             answer=answers.Plans),
    Endpoint(method="PUT", path="/growth", action=Action.RUN, call=keep, verb="keep_growth",
             answer=answers.Kept),
    Endpoint(method="GET", path="/growth/versions/{grain}/{subject:path}", action=Action.READ,
             call=versions, verb="growth_plans", answer=answers.Versions),
    Endpoint(method="GET", path="/growth/difference/{grain}/{subject:path}", action=Action.READ,
             call=difference, verb="growth_difference", answer=answers.Changes),
    Endpoint(method="GET", path="/growth/{grain}/{subject:path}", action=Action.READ, call=plan,
             verb="growth", answer=answers.Growth),
)
