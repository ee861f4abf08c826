"""A campaign begun from a template (从模板起): dates, shares, posts, tasks and cards filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from caopan.facts.plan import PlannedSession
from caopan.plan.campaign import (
    Campaign,
    Drill,
    Guards,
    NoBurstError,
    Post,
    Rhythm,
    Showing,
    Stretch,
    Task,
)
from caopan.playbook.campaign import Level, Phase, PhaseShape, Template
from caopan.units.clock import BUSINESS_ZONE, business_day
from caopan.units.message import Language

CLOSES = time(18)
"""The time of day, in the business zone, at which something due on a day is due."""


def begun(template: Template, *, id: str, name: str, burst_on: date, language: Language,  # noqa: A002
          target: int | None = None, budget: int | None = None,
          currency: str = "CNY", streamers: tuple[str, ...] = ()) -> Campaign:
    """Return a campaign as its template says, without sessions yet.

    Args:
        template: of which level.
        id: its own id.
        name: what people call it.
        burst_on: the burst day.
        language: of the sentences that the template fills in.
        target: GMV of the whole, minor units; None: not said.
        budget: spend of the whole, minor units; None: not said.
        currency: of every amount.
        streamers: whose sessions it takes in; none: everybody's.

    >>> from caopan.playbook.campaigns import campaign_templates
    >>> made = begun(campaign_templates().template("s"), id="c", name="周年庆",
    ...              burst_on=date(2026, 11, 28), language="zh", target=1_000_000)
    >>> str(made.start), str(made.end), made.phases[2].target, made.tasks[0].due.isoformat()
    ('2026-11-21', '2026-12-03', 550000, '2026-11-26T18:00:00+08:00')

    Raises:
        NoBurstError: the template has no burst.
    """
    if not any(one.phase is Phase.BURST for one in template.phases):
        raise NoBurstError(template.id)
    rhythm = template.rhythm
    return Campaign(
        id=id, name=name, level=template.level, template=template.id, burst_on=burst_on,
        currency=currency, target=target, budget=budget, streamers=streamers,
        phases=tuple(_stretch(one, burst_on, target, budget, language)
                     for one in template.phases),
        rhythm=Rhythm(mode=rhythm.mode, big_loop_minutes=rhythm.big_loop_minutes,
                      small_loop_minutes=rhythm.small_loop_minutes,
                      hold_seconds=rhythm.hold_seconds),
        posts=tuple(Post(role=one.role, needed=one.people) for one in template.posts),
        tasks=tuple(Task(id=one.id, does=one.does.plain(language), assurance=one.assurance,
                         owner=one.owner, blocks=one.blocks,
                         due=due(burst_on, one.days_before)) for one in template.tasks),
        guards=Guards(
            cover_minutes=template.guards.cover_minutes, cool_minutes=template.guards.cool_minutes,
            return_floor=template.guards.return_floor),
        drills=tuple(Drill(card_id=one) for one in template.cards))


def due(burst_on: date, days_before: float) -> datetime:
    """Return the aware instant so many days before the burst day, at the close of that day.

    >>> due(date(2026, 11, 28), 2).isoformat()
    '2026-11-26T18:00:00+08:00'
    """
    return datetime.combine(burst_on, CLOSES, BUSINESS_ZONE) - timedelta(days=days_before)


def burst_day(template: Template, first: date) -> date:
    """Return the burst day of a campaign that begins on a day.

    >>> from caopan.playbook.campaigns import campaign_templates
    >>> str(burst_day(campaign_templates().template("s"), date(2026, 11, 21)))
    '2026-11-28'
    """
    return first - timedelta(days=min((one.from_day for one in template.phases), default=0))


def with_sessions(campaign: Campaign, planned: Sequence[PlannedSession]) -> Campaign:
    """Return the campaign with the planned sessions of its days, each in its phase.

    Targets and budgets of sessions that it holds already stay. Where phases overlap, the earlier
    one in the campaign's list takes the session.
    """
    before = {one.session_id: one for one in campaign.sessions}
    found = []
    for one in sorted(planned, key=lambda each: (each.started_at, each.session_id)):
        stretch = phase_on(campaign, business_day(one.started_at))
        if stretch is not None and (not campaign.streamers
                                    or one.streamer_id in campaign.streamers):
            known = before.get(one.session_id)
            found.append(Showing(
                session_id=one.session_id, streamer_id=one.streamer_id,
                starts_at=one.started_at.astimezone(BUSINESS_ZONE), phase=stretch.phase,
                level=next((each for each in Level if each == one.level), None),
                minutes=one.planned_minutes, target=None if known is None else known.target,
                budget=known.budget if known is not None else one.planned_ad_spend))
    return replace(campaign, sessions=tuple(found))


def phase_on(campaign: Campaign, day: date) -> Stretch | None:
    """Return the phase that a business day lies in, None where it lies in none."""
    return next((one for one in campaign.phases if one.start <= day < one.end), None)


def _stretch(shape: PhaseShape, burst_on: date, target: int | None, budget: int | None,
             language: Language) -> Stretch:
    start = burst_on + timedelta(days=shape.from_day)
    return Stretch(
        phase=shape.phase, start=start, end=start + timedelta(days=shape.days),
        target=None if target is None else round(target * shape.target_share),
        budget=None if budget is None else round(budget * shape.budget_share),
        purpose=shape.purpose.plain(language))
