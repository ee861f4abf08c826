"""A campaign begun (建活动): from a template, with the sessions of the plan that fall into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path

from caopan.facts.plan import PlannedSession
from caopan.plan.campaign import Campaign
from caopan.plan.campaign_begun import begun, burst_day, with_sessions
from caopan.playbook.campaign import Level, Template
from caopan.store.store import Store
from caopan.units.clock import business_day
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.workspace import campaigns
from caopan.workspace.planning import NoPlanError, plan_of

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a campaign is asked to be.

    ``template``: its id; None: the first of the level. ``burst_on``: the burst day; None: counted
    from ``start``, the first day; both None: the day of the longest planned session of the level,
    else of any. ``target`` and ``budget`` in minor units.
    """

    level: Level
    name: str | None = None
    template: str | None = None
    start: date | None = None
    burst_on: date | None = None
    streamers: tuple[str, ...] = ()
    target: int | None = None
    budget: int | None = None


def made(store: Store, wanted: Wanted, *, plan: Path | None, now: datetime,
         language: Language) -> Campaign:
    """Return a new campaign; nothing is kept.

    Without a plan it has no sessions yet; a plan that is named and cannot be used is refused.

    Raises:
        NoPlanError: the named plan cannot be used.
        CampaignError: there is no template of the level, or no day to burst on.
    """
    template = _template(store, wanted)
    planned = _planned(store, plan, now)
    mine = [one for one in planned
            if not wanted.streamers or one.streamer_id in wanted.streamers]
    burst_on = _burst_on(template, wanted, mine, now)
    name = (wanted.name or "").strip()[:LONGEST_NAME] or template.name.plain(language)
    seed = f"{name} {template.id} {burst_on} {now.isoformat()}"
    campaign = begun(
        template, id=blake2b(seed.encode(), digest_size=6).hexdigest(), name=name,
        burst_on=burst_on, language=language, target=wanted.target, budget=wanted.budget,
        currency=_currency(mine), streamers=wanted.streamers)
    return with_sessions(campaign, mine)


def _template(store: Store, wanted: Wanted) -> Template:
    if wanted.template is not None:
        return campaigns.template_of(store, wanted.template)
    found = campaigns.templates(store).of_level(wanted.level)
    if not found:
        raise NoTemplateOfLevelError(wanted.level)
    return next((one for one in found if one.id == wanted.level.value.lower()), found[0])


def _planned(store: Store, plan: Path | None, now: datetime) -> tuple[PlannedSession, ...]:
    try:
        return plan_of(store, plan, now=now).sessions
    except NoPlanError:
        if plan is not None:
            raise
        return ()


def _burst_on(template: Template, wanted: Wanted, planned: Sequence[PlannedSession],
              now: datetime) -> date:
    if wanted.burst_on is not None:
        return wanted.burst_on
    if wanted.start is not None:
        return burst_day(template, wanted.start)
    if not planned:
        return burst_day(template, business_day(now))
    longest = max(planned, key=lambda one: (
        one.level == template.level, one.planned_minutes or 0.0, -one.started_at.timestamp()))
    return business_day(longest.started_at)


def _currency(planned: Sequence[PlannedSession]) -> str:
    names = [one.currency or "CNY" for one in planned]
    return max(dict.fromkeys(names), key=names.count) if names else "CNY"


class NoTemplateOfLevelError(CaopanError):
    """Raised where a workspace has switched every template of a level off."""

    def __init__(self, level: Level) -> None:
        """Name the level."""
        super().__init__(Message(
            key="no_template_of_level", values={"level": level.value},
            text=Text(zh="手册里没有在用的 {level} 级活动模板",
                      en="the handbook has no {level} template in use"),
            hint=Text(zh="在 playbook/campaigns 里把一个模板的 status 写成 active",
                      en="set the status of one in playbook/campaigns to active")))
