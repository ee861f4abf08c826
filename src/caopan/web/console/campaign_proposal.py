"""/campaigns/{id}/proposal, /versions · What the system would fill in, and what people changed."""

from __future__ import annotations

import json
from itertools import pairwise
from urllib.parse import quote

from starlette.responses import Response

from caopan.access.action import Action
from caopan.plan.campaign_difference import difference
from caopan.units.number import MISSING
from caopan.web.console.plan_money import hour_of
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.campaign_part_words import PART_WORDS
from caopan.workspace.campaign_standing import title
from caopan.workspace.campaigns import NoCampaignError

LONGEST, SHOWN = 120, 20
"""Letters of a value, and versions, that a page shows; the API holds all."""


def proposal(visit: Visit) -> Response:
    """Show the offers for the campaign as it is now, when they are ready."""
    campaign = visit.workspace.campaign(visit.path("campaign")).campaign
    question = ("campaign proposal", campaign.id, campaign.version, visit.revision,
                visit.language, hour_of(visit.now))
    found = visit.house.figures.ask(question, lambda: visit.workspace.propose_for_campaign(
        campaign, language=visit.language))
    return visit.show(
        "campaign/offers.html" if visit.is_fragment else "campaign/proposal.html",
        campaign=campaign, proposal=found, part_words=PART_WORDS, cell=cell,
        titles={one.session_id: title(one) for one in campaign.sessions},
        base=f"/campaigns/{quote(campaign.id, safe='')}")


def versions(visit: Visit) -> Response:
    """Show the versions, the last first, each with what it changed.

    Raises:
        NoCampaignError: there is no such campaign.
    """
    asked = visit.path("campaign")
    kept = visit.workspace.campaign_versions(asked)
    if not kept:
        raise NoCampaignError(asked, None)
    steps = [(kept[0], None), *((after, difference(before.campaign, after.campaign))
                                for before, after in pairwise(kept))]
    return visit.show("campaign/versions.html", campaign=kept[-1].campaign, cell=cell,
                      steps=steps[::-1][:SHOWN],
                      base=f"/campaigns/{quote(kept[-1].campaign.id, safe='')}")


def cell(value: object) -> str:
    """Return a value of the campaign's JSON as a cell shows it.

    >>> cell(None), cell("5.00"), cell(["a"])
    ('—', '5.00', '["a"]')
    """
    if value is None:
        return MISSING
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= LONGEST else said[:LONGEST] + "…"


SCREENS = (
    Screen(path="/campaigns/{campaign}/proposal", action=Action.READ, show=proposal),
    Screen(path="/campaigns/{campaign}/versions", action=Action.READ, show=versions),
)
