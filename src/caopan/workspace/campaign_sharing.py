"""Targets and money of a campaign broken down: by phase as its template says, then by session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from caopan.plan.campaign import Campaign, Guards, PlannedWave, Showing
from caopan.plan.waves import waves
from caopan.playbook.campaign import Phase, Template
from caopan.units.message import Text
from caopan.workspace.budgeting import Planned, told_by_session
from caopan.workspace.campaign_figures import Figures

HOUR = 60.0
SHARED = Text(zh="总目标按模板份额分到阶段；阶段里按各场预估的中位分",
              en="the whole is shared over the phases as the template says, and within a phase by "
                 "the middle of each session's forecast")
BY_LENGTH = Text(zh="总目标按模板份额分到阶段；有场次没有预估，阶段里按时长分",
                 en="the whole is shared over the phases as the template says; as a session has "
                    "no forecast, within a phase by length")
EVEN = Text(zh="没写总目标：取预估的中位，达成与否各半",
            en="no target was said: the middle of the forecast is taken, met or missed at evens")
NO_TARGET = Text(zh="没写总目标，预估也说不准：先写一个总目标",
                 en="no target was said and none can be forecast: say one first")
BY_CURVE = Text(zh="投放按各场的投产曲线分，已是最好的分法；阶段预算是场次之和",
                en="spend follows each session's curve of spend and sales; a phase has the sum of "
                   "its sessions")
UNSPENT = Text(zh="再投一块钱换不回一块钱的部分没有分：{rest}",
               en="left out is what would bring less than it costs: {rest}")
BY_TEMPLATE = Text(zh="投放换来多少说不准，不承诺回报：按模板份额分到阶段，"
                      "阶段里按排期的投放和时长分",
                   en="what spend brings cannot be told and no return is promised: phases as the "
                      "template says, sessions by their planned spend and length")
NO_BUDGET = Text(zh="没写投放预算，排期里也没有：先写一个总额",
                 en="no budget was said and the plan has none: say one first")
WAVED = Text(zh="波次按段里商品有库存能卖出的利润分；到段末卖不到止损件数，后面不投",
             en="waves follow the profit that stock lets each segment bring; with fewer sold than "
                "the stop by its end, later ones stay off")
Step = tuple[Campaign, tuple[Text, ...], Text | None]


def targeted(campaign: Campaign, template: Template, figures: Figures) -> Step:
    """Return the campaign with its target broken down, why so, and why not."""
    outlook = figures.outlook(campaign)
    whole, reasons = campaign.target, []
    if whole is None:
        if outlook.whole.interval is None:
            return campaign, (), NO_TARGET
        whole, reasons = round(outlook.whole.interval.mid), [EVEN]
    middles = {name: one.interval.mid for name, one in outlook.sessions.items()
               if one.interval is not None}
    told = len(middles) == len(campaign.sessions) and any(middles.values())
    weights = middles if told else _lengths(campaign.sessions)
    phases = _by_phase(campaign, whole, {one.phase: one.target_share for one in template.phases})
    sessions = _by_session(campaign, phases, weights)
    return replace(
        campaign, target=whole,
        phases=tuple(replace(one, target=phases[one.phase]) for one in campaign.phases),
        sessions=tuple(replace(one, target=sessions[one.session_id])
                       for one in campaign.sessions),
    ), (*reasons, SHARED if told else BY_LENGTH), None


def budgeted(campaign: Campaign, template: Template, figures: Figures) -> Step:
    """Return the campaign with its budget and waves, why so, and why not."""
    planned = figures.planned
    if planned is None:
        return campaign, (), figures.why or NO_BUDGET
    shares = {one.show.session.session_id: one.spend for one in planned.budget.shares}
    total = campaign.budget if campaign.budget is not None else round(sum(shares.values()))
    if not total:
        return campaign, (), NO_BUDGET
    if planned.budget.told:
        sessions = {name: round(spend) for name, spend in shares.items()}
        phases = {one.phase: sum(sessions.get(each.session_id, 0)
                                 for each in campaign.held(one.phase)) for one in campaign.phases}
        rest = total - sum(phases.values())
        reasons = [BY_CURVE, *([_filled(UNSPENT, rest=f"{rest / 100:.2f}")] if rest > 0 else [])]
        total -= max(rest, 0)
    else:
        phases = _by_phase(campaign, total, {one.phase: one.budget_share
                                             for one in template.phases})
        weights = shares if any(shares.values()) else _lengths(campaign.sessions)
        sessions, reasons = _by_session(campaign, phases, weights), [BY_TEMPLATE]
    made = replace(
        campaign, budget=total,
        phases=tuple(replace(one, budget=phases[one.phase]) for one in campaign.phases),
        sessions=tuple(replace(one, budget=sessions.get(one.session_id, 0))
                       for one in campaign.sessions),
        guards=_guards(campaign, template, max(sessions.values(), default=0)))
    return replace(made, waves=_waves(made, planned)), (*reasons, WAVED), None


def _by_phase(campaign: Campaign, whole: int, shares: Mapping[Phase, float]) -> dict[Phase, int]:
    """Return whole minor units by phase; they add up to the whole."""
    weights = [shares.get(one.phase, 0.0) for one in campaign.phases]
    return dict(zip((one.phase for one in campaign.phases), divided(whole, weights), strict=True))


def _by_session(campaign: Campaign, phases: Mapping[Phase, int],
                weights: Mapping[str, float]) -> dict[str, int]:
    found: dict[str, int] = {}
    for phase, whole in phases.items():
        mine = campaign.held(phase)
        parts = divided(whole, [weights.get(one.session_id, 0.0) for one in mine])
        found |= {one.session_id: part for one, part in zip(mine, parts, strict=True)}
    return found


def divided(whole: int, weights: Sequence[float]) -> list[int]:
    """Return whole units by weight, adding up to the whole; equal parts where nothing weighs.

    >>> divided(100, [1, 1, 1]), divided(10, [0, 0]), divided(10, [])
    ([33, 34, 33], [5, 5], [])
    """
    if not weights:
        return []
    total = sum(weights)
    shares = [one / total for one in weights] if total > 0 else [1 / len(weights)] * len(weights)
    ends = [round(one) for one in np.cumsum(shares) * whole]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _lengths(sessions: Sequence[Showing]) -> dict[str, float]:
    return {one.session_id: one.minutes or HOUR for one in sessions}


def _guards(campaign: Campaign, template: Template, largest: int) -> Guards:
    """Return the guards; a limit that a person has set stays."""
    before = campaign.guards
    limit = before.hour_limit if before.hour_limit is not None else (
        round(template.guards.hour_share * largest) or None)
    return replace(before, hour_limit=limit)


def _waves(campaign: Campaign, planned: Planned) -> tuple[PlannedWave, ...]:
    """Return the waves of every session that spends; one that stays as it was stays approved."""
    told = told_by_session(planned.stock)
    approved = {(one.session_id, one.number, one.spend) for one in campaign.waves if one.approved}
    found = []
    for one in campaign.sessions:
        if not one.budget:
            continue
        for wave in waves(told.get(one.session_id, ()), spend=float(one.budget),
                          minutes=one.minutes or HOUR, level=planned.stock.level):
            spend = round(wave.spend)
            found.append(PlannedWave(
                session_id=one.session_id, number=wave.number, start=round(wave.start, 1),
                end=round(wave.end, 1), spend=spend, products=wave.products,
                cover=None if wave.cover is None else round(min(wave.cover, 1.0), 4),
                stock_needed=wave.stock_needed, stop_below=wave.stop_below,
                approved=(one.session_id, wave.number, spend) in approved))
    return tuple(found)


def _filled(text: Text, **values: object) -> Text:
    return Text(zh=text.say("zh", **values), en=text.say("en", **values))
