"""/campaigns/{id} · One campaign: its calendar, five assurances, what it may bring, what blocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from caopan.access.action import Action
from caopan.live.role import ROLE_WORDS, Role
from caopan.plan.campaign import Campaign
from caopan.plan.campaign_outlook import Outlook
from caopan.plan.campaign_pitch import said, unwritten, warnings
from caopan.playbook.campaign import (
    ASSURANCE_WORDS,
    MODE_WORDS,
    PHASE_WORDS,
    Assurance,
    Mode,
    Template,
)
from caopan.playbook.lineup import line_up_rules
from caopan.units.clock import BUSINESS_ZONE, business_day
from caopan.units.money import Money
from caopan.web.console.campaign_band import band
from caopan.web.console.campaign_calendar import calendar
from caopan.web.console.campaign_waves import wave_chart
from caopan.web.console.plan_money import hour_of
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.campaign_document import probability_said
from caopan.workspace.campaign_standing import title
from caopan.workspace.campaigns import KeptCampaign

FIRST = Assurance.PITCH


def page(visit: Visit) -> Response:
    """Show a campaign with the first of its assurances, or the one the address names.

    Raises:
        NoCampaignError: there is none, or it has no such tab.
    """
    kept = visit.workspace.campaign(visit.path("campaign"))
    asked = visit.request.path_params.get("tab", FIRST.value)
    tab = next((one for one in Assurance if one.value == asked), FIRST)
    return visit.show("campaign/page.html", **values(visit, kept, tab))


def outlook_part(visit: Visit) -> Response:
    """Show what a campaign may bring, when it is ready; until then the part asks again."""
    kept = visit.workspace.campaign(visit.path("campaign"))
    found = outlook_of(visit, kept.campaign)
    if not visit.is_fragment:
        return visit.show("campaign/page.html", **values(visit, kept, FIRST))
    return visit.show("campaign/outlook.html", outlook=found, **outlook_values(kept, found),
                      base=f"/campaigns/{quote(kept.campaign.id, safe='')}",
                      campaign=kept.campaign, phase_words=PHASE_WORDS,
                      probability=partial(probability_said, language=visit.language))


def values(visit: Visit, kept: KeptCampaign, tab: Assurance) -> dict[str, Any]:
    """Return everything the page of a campaign shows."""
    campaign, workspace = kept.campaign, visit.workspace
    readiness = workspace.campaign_readiness(campaign.id)
    templates = workspace.campaign_templates()
    template = templates.template(campaign.template) or templates.templates[0]
    outlook = outlook_of(visit, campaign)
    titles = {one.session_id: title(one) for one in campaign.sessions}
    return {
        "kept": kept, "campaign": campaign, "tab": tab,
        "base": f"/campaigns/{quote(campaign.id, safe='')}", "readiness": readiness,
        "standings": {one.assurance: one for one in readiness.standings},
        "assurances": ASSURANCE_WORDS, "phase_words": PHASE_WORDS, "roles": ROLE_WORDS,
        "role": Role, "outlook": outlook, "titles": titles, "money": money, "until": until,
        "calendar": calendar(campaign, readiness, today=business_day(visit.now),
                             language=visit.language),
        "probability": partial(probability_said, language=visit.language),
        "left": campaign.opens_at and campaign.opens_at - visit.now, "last_day": last_day,
        **outlook_values(kept, outlook), **_tab(visit, campaign, template, tab)}


def outlook_values(kept: KeptCampaign, outlook: Outlook | None) -> dict[str, Any]:
    """Return what the outlook's part shows beside it."""
    return {"band": None if outlook is None else band(kept.campaign, outlook)}


def outlook_of(visit: Visit, campaign: Campaign) -> Outlook | None:
    """Return what a campaign may bring; None while it is being worked out."""
    question = ("campaign outlook", campaign.id, campaign.version, visit.revision,
                hour_of(visit.now))
    return visit.house.figures.ask(
        question, lambda: visit.workspace.campaign_outlook(campaign))


def _tab(visit: Visit, campaign: Campaign, template: Template,
         tab: Assurance) -> dict[str, Any]:
    tasks = [one for one in campaign.tasks if one.assurance is tab]
    if tab is Assurance.PITCH:
        rules, _ = line_up_rules(visit.workspace.path / "playbook")
        asked = visit.query.get("product", "")
        open_ = next((one for one in campaign.pitches if one.product_id == asked), None)
        return {"tasks": tasks, "beats": template.beats, "said": said,
                "unwritten": partial(unwritten, beats=template.beats),
                "warnings": partial(warnings, banned=rules.banned), "open": open_,
                "banned": rules.banned, "most_points": template.most_points}
    if tab is Assurance.RHYTHM:
        kept = {one.session_id: one for one in visit.workspace.run_sheets()}
        return {"tasks": tasks, "modes": MODE_WORDS, "sheets": kept, "mode": Mode,
                "hold_limit": template.rhythm.hold_limit_seconds}
    if tab is Assurance.SPEND:
        waved = [one for one in campaign.sessions
                 if any(each.session_id == one.session_id for each in campaign.waves)]
        asked = visit.query.get("session", "")
        chosen = next((one for one in waved if one.session_id == asked),
                      max(waved, key=lambda one: one.budget or 0, default=None))
        return {"tasks": tasks, "waved": waved, "chosen": chosen,
                "chart": None if chosen is None else wave_chart(campaign, chosen)}
    if tab is Assurance.CONTINGENCY:
        cards = visit.house.desk.cards()
        return {"tasks": tasks, "cards": {one.id: one for one in cards.cards},
                "others": [one for one in cards.active
                           if one.id not in {each.card_id for each in campaign.drills}]}
    return {"tasks": tasks}


def money(minor: int | None, currency: str) -> str:
    """Return an amount as a form's field holds it; "" for none.

    >>> money(150_000, "CNY"), money(1_250, "CNY"), money(None, "CNY")
    ('1500', '12.50', '')
    """
    if minor is None:
        return ""
    return Money(minor=minor, currency=currency).written().removesuffix(".00")


def until(at: datetime | None) -> str:
    """Return a last moment as month, day and hour of the business zone; "" for none."""
    return "" if at is None else f"{at.astimezone(BUSINESS_ZONE):%m-%d %H:%M}"


def last_day(end: date) -> date:
    """Return the last day before an end that is not included."""
    return end - timedelta(days=1)


SCREENS = (
    Screen(path="/campaigns/{campaign}/outlook", action=Action.READ, show=outlook_part),
    Screen(path="/campaigns/{campaign}", action=Action.READ, show=page),
    Screen(path="/campaigns/{campaign}/{tab}", action=Action.READ, show=page),
)
