"""Checks of money and of the stock that spend needs (投放与备货)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from caopan.plan.campaign import Campaign, Showing
from caopan.plan.campaign_checks import Check, Desk, Known
from caopan.playbook.campaign import PHASE_WORDS, Assurance
from caopan.playbook.card import Owner
from caopan.units.money import Money

ENOUGH = 1.0
"""The share of demand, 0-1, that stock must meet for a wave to be bought."""


def spend_checks(campaign: Campaign, known: Known) -> Iterator[Check]:
    """Yield the checks of budgets, of waves and their stock, of orders, then the tasks."""
    desk = Desk(assurance=Assurance.SPEND, campaign=campaign, known=known, owner=Owner.TRAFFIC)
    if campaign.budget is None:
        yield replace(desk.check("no_budget", blocks=True), owner=Owner.OPERATOR)
    else:
        yield from _sums(campaign, desk)
    for one in campaign.sessions:
        yield from _waves(one, campaign, desk)
    for wave in campaign.waves:
        if wave.cover is not None and wave.cover < ENOUGH and wave.spend:
            yield desk.check("wave_stock", wave.session_id, item=known.title(wave.session_id),
                             n=wave.number, cover=f"{wave.cover:.0%}")
    main = {one.session_id for one in campaign.main}
    for order in campaign.supplies:
        yield replace(desk.check(
            "order", f"{order.session_id}/{order.product_id}", done=order.ordered,
            blocks=order.session_id in main, item=order.title, n=order.quantity,
            due_at=order.order_by), owner=Owner.OPERATOR)
    if campaign.budget:
        yield desk.check("guards", done=campaign.guards.hour_limit is not None)
    yield from desk.tasks()


def _sums(campaign: Campaign, desk: Desk) -> Iterator[Check]:
    gap = (campaign.budget or 0) - sum(one.budget or 0 for one in campaign.phases)
    yield desk.check("budget_sum", done=gap == 0, gap=_said(abs(gap), campaign))
    for one in campaign.phases:
        over = sum(each.budget or 0 for each in campaign.held(one.phase)) - (one.budget or 0)
        if over > 0:
            words = PHASE_WORDS[one.phase]
            yield desk.check("session_sum", one.phase.value, phase_zh=words.zh, phase_en=words.en,
                             gap=_said(over, campaign))


def _waves(one: Showing, campaign: Campaign, desk: Desk) -> Iterator[Check]:
    if not one.budget:
        return
    mine = [each for each in campaign.waves if each.session_id == one.session_id]
    title, waiting = desk.known.title(one.session_id), sum(not each.approved for each in mine)
    if not mine:
        yield desk.check("waves", one.session_id, item=title)
    elif waiting:
        yield desk.check("approve", one.session_id, item=title, n=waiting)
    else:
        yield desk.check("wave_ready", one.session_id, item=title, done=True)


def _said(minor: int, campaign: Campaign) -> str:
    return Money(minor=minor, currency=campaign.currency).written()
