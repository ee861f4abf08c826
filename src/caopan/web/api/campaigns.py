"""``/campaigns``: designed from a template, changed by version, held ready, filled in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from caopan.access.action import Action
from caopan.playbook.campaign import Level
from caopan.units.money import minor_of
from caopan.web.api.answers import campaigns as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.workspace.campaign_document import (
    difference_document,
    outlook_document,
    proposal_document,
    readiness_document,
    templates_document,
)
from caopan.workspace.campaign_making import Wanted
from caopan.workspace.campaign_part_words import Part
from caopan.workspace.campaigns import NoCampaignError

Amount = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class CampaignToMake(BaseModel):
    """What a campaign is asked to be; the burst day is ``on``, else counted from ``start``."""

    model_config = ConfigDict(extra="forbid")
    level: Level
    name: Annotated[str, Field(max_length=80)] | None = None
    template: str | None = None
    start: date | None = None
    burst_on: date | None = None
    streamers: list[str] = Field(default_factory=list, max_length=100)
    target: Amount | None = None
    budget: Amount | None = None


class CampaignToKeep(BaseModel):
    """A changed campaign; ``after``: the version it was made from, so that none is lost."""

    model_config = ConfigDict(extra="forbid")
    campaign: dict[str, Any]
    after: int | None = None


class PartsToTake(BaseModel):
    """The parts of a proposal to take, none: all; ``after``: the version that was looked at."""

    model_config = ConfigDict(extra="forbid")
    parts: list[Part] = Field(default_factory=list)
    after: int | None = None


def templates(call: Called) -> dict[str, object]:
    """List the campaign templates in force, and what is wrong with the workspace's own."""
    return templates_document(call.workspace.campaign_templates(), call.language)


def listed(call: Called) -> dict[str, object]:
    """List the campaigns, each in its last version."""
    return {"campaigns": [one.document() for one in call.workspace.campaigns()]}


def make(call: Called, asked: CampaignToMake) -> dict[str, object]:
    """Begin a campaign from a template, with the imported sessions of its days, and keep it."""
    wanted = Wanted(
        level=asked.level, name=asked.name, template=asked.template, start=asked.start,
        burst_on=asked.burst_on, streamers=tuple(asked.streamers),
        target=None if asked.target is None else minor_of(asked.target),
        budget=None if asked.budget is None else minor_of(asked.budget))
    made = call.workspace.design_campaign(wanted, language=call.language)
    return call.workspace.keep_campaign(made.campaign).document()


def show(call: Called, campaign: str, version: int | None = None) -> dict[str, object]:
    """Return a campaign, its last version where none is said."""
    return call.workspace.campaign(campaign, version=version).document()


def keep(call: Called, campaign: str, asked: CampaignToKeep) -> dict[str, object]:
    """Keep a changed campaign as its next version."""
    call.workspace.campaign(campaign)
    return call.workspace.keep_campaign({**asked.campaign, "id": campaign},
                                        after=asked.after).document()


def versions(call: Called, campaign: str) -> dict[str, object]:
    """Return the kept versions of a campaign, oldest first."""
    found = call.workspace.campaign_versions(campaign)
    if not found:
        raise NoCampaignError(campaign, None)
    return {"versions": [{"version": one.campaign.version, "made_at": one.made_at.isoformat(),
                          "name": one.campaign.name} for one in found]}


def difference(call: Called, campaign: str, before: int, after: int) -> dict[str, object]:
    """Say what differs between two versions."""
    return difference_document(
        call.workspace.campaign_difference(campaign, before=before, after=after))


def readiness(call: Called, campaign: str) -> dict[str, object]:
    """Say how ready each assurance is, what blocks, and the last moment that saves the show."""
    return readiness_document(call.workspace.campaign_readiness(campaign), call.language)


def outlook(call: Called, campaign: str, level: float = 0.8) -> dict[str, object]:
    """Say what the campaign may bring, and how likely each target is to be met."""
    found = call.workspace.campaign(campaign).campaign
    return outlook_document(call.workspace.campaign_outlook(found, level=level), found.currency,
                            call.language)


def propose(call: Called, campaign: str,
            parts: Annotated[list[Part] | None, Query()] = None) -> dict[str, object]:
    """Say what the system would fill in, part by part, with its reasons; nothing is kept."""
    return proposal_document(call.workspace.propose_for_campaign(
        campaign, parts=parts or (), language=call.language), call.language)


def accept(call: Called, campaign: str, asked: PartsToTake) -> dict[str, object]:
    """Take parts of the proposal: the next version, and new versions of run sheets."""
    return call.workspace.accept_for_campaign(
        campaign, parts=asked.parts, after=asked.after, language=call.language).document()


ENDPOINTS = (
    Endpoint(method="GET", path="/campaign_templates", action=Action.READ, call=templates,
             verb="campaign_templates", answer=answers.Templates),
    Endpoint(method="GET", path="/campaigns", action=Action.READ, call=listed, verb="campaigns",
             answer=answers.Campaigns),
    Endpoint(method="POST", path="/campaigns", action=Action.RUN, call=make,
             verb="design_campaign", answer=answers.Kept),
    Endpoint(method="GET", path="/campaigns/{campaign}", action=Action.READ, call=show,
             verb="campaign", answer=answers.Kept),
    Endpoint(method="PUT", path="/campaigns/{campaign}", action=Action.RUN, call=keep,
             verb="keep_campaign", answer=answers.Kept),
    Endpoint(method="GET", path="/campaigns/{campaign}/versions", action=Action.READ,
             call=versions, verb="campaign_versions", answer=answers.Versions),
    Endpoint(method="GET", path="/campaigns/{campaign}/difference", action=Action.READ,
             call=difference, verb="campaign_difference", answer=answers.Difference),
    Endpoint(method="GET", path="/campaigns/{campaign}/readiness", action=Action.READ,
             call=readiness, verb="campaign_readiness", answer=answers.Readiness),
    Endpoint(method="GET", path="/campaigns/{campaign}/outlook", action=Action.READ,
             call=outlook, verb="campaign_outlook", answer=answers.Outlook),
    Endpoint(method="GET", path="/campaigns/{campaign}/proposal", action=Action.READ,
             call=propose, verb="propose_for_campaign", answer=answers.Proposal),
    Endpoint(method="POST", path="/campaigns/{campaign}/proposal", action=Action.RUN,
             call=accept, verb="accept_for_campaign", answer=answers.Kept),
)
