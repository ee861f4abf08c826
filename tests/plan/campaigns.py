"""Small campaigns that tests are about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from caopan.facts.plan import PlannedSession
from caopan.live.role import ROLE_WORDS, Role
from caopan.plan.campaign import Campaign
from caopan.plan.campaign_begun import begun
from caopan.plan.campaign_checks import Known
from caopan.playbook.campaign import Template
from caopan.playbook.campaigns import campaign_templates
from caopan.playbook.card import Owner
from caopan.playbook.cards import cards
from caopan.units.clock import BUSINESS_ZONE

BURST = date(2026, 11, 28)
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


def template(id_: str = "s") -> Template:
    """Return a shipped template."""
    found = campaign_templates().template(id_)
    assert found is not None
    return found


def grand() -> Campaign:
    """Return an S campaign of a million yuan, without sessions."""
    return begun(template(), id="c1", name="周年庆", burst_on=BURST, language="zh",
                 target=100_000_000, budget=10_000_000)


def evening(name: str, day: date, *, host: str = "小美") -> PlannedSession:
    """Return a planned session of five hours."""
    return PlannedSession(
        session_id=name, streamer_id=host, planned_minutes=300.0,
        started_at=datetime.combine(day, datetime.min.time(), BUSINESS_ZONE) + timedelta(hours=19))


def held(*, sheets: dict[str, int] | None = None, now: datetime = NOW) -> Known:
    """Return what a campaign is held against: the shipped handbook."""
    return Known(template=template(), now=now, banned=("全网最低",), sheets=sheets or {}, titles={},
                 cards={one.id: one.name for one in cards().active},
                 roles={one: ROLE_WORDS[Role(one.value)] for one in Owner})
