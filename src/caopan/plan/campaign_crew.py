"""Checks of people: who stands where, and what is done when something goes wrong (现场、预案)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_checks import Check, Desk, Known
from caopan.playbook.campaign import Assurance
from caopan.playbook.card import Owner


def crew_checks(campaign: Campaign, known: Known) -> Iterator[Check]:
    """Yield a check for each post, then the tasks."""
    desk = Desk(assurance=Assurance.CREW, campaign=campaign, known=known, owner=Owner.OPERATOR)
    for one in campaign.posts:
        role, n = known.roles[one.role], len(set(one.people))
        yield desk.check("post", one.role.value, done=n >= one.needed, n=n, most=one.needed,
                         blocks=n == 0, role_zh=role.zh, role_en=role.en)
    yield from desk.tasks()


def contingency_checks(campaign: Campaign, known: Known) -> Iterator[Check]:
    """Yield a check for each card: somebody in charge, rehearsed; then the tasks."""
    desk = Desk(assurance=Assurance.CONTINGENCY, campaign=campaign, known=known,
                owner=Owner.OPERATOR)
    if not campaign.drills:
        yield desk.check("no_cards", blocks=True)
    for one in campaign.drills:
        name = known.cards.get(one.card_id)
        if name is None:
            yield desk.check("card_gone", one.card_id, item=one.card_id)
            continue
        key = "card" if one.person and one.rehearsed else (
            "card_drill" if one.person else "card_person")
        found = desk.check(key, one.card_id, done=key == "card", item_zh=name.zh,
                           item_en=name.en)
        yield replace(found, blocks=key == "card_person")
    yield from desk.tasks()
