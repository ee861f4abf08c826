"""How a campaign stands (活动进度): held against its template, the handbook and the run sheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.live.role import ROLE_WORDS, Role
from caopan.plan.campaign import Campaign, Showing
from caopan.plan.campaign_checks import Known
from caopan.plan.campaign_outlook import Outlook
from caopan.plan.campaign_readiness import Readiness, readiness
from caopan.plan.lint import lints
from caopan.plan.run_sheet import RunSheet
from caopan.playbook.card import Owner
from caopan.playbook.cards import cards
from caopan.playbook.lineup import line_up_rules
from caopan.store.store import Store
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Language, Text
from caopan.workspace import campaigns, run_sheets
from caopan.workspace.campaign_document import document, lines
from caopan.workspace.campaign_proposal import Proposal
from caopan.workspace.handbook import FOLDER

ROLES: dict[Owner, Text] = {one: ROLE_WORDS[Role(one.value)] for one in Owner}
"""What the roles of a campaign are called: those of a live room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResult:
    """A campaign with how ready it is; ``outlook`` and ``proposal`` where they were asked for."""

    campaign: Campaign
    readiness: Readiness
    outlook: Outlook | None = None
    proposal: Proposal | None = None
    issues: tuple[Issue, ...] = field(default=())
    synthetic: bool = False

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line."""
        return document(self, language)

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        return lines(self, language)


def standing(store: Store, campaign: Campaign, *, now: datetime) -> Readiness:
    """Return how ready a campaign is.

    Raises:
        NoTemplateError: the handbook has its template no more.
    """
    return readiness(campaign, known(store, campaign, now=now))


def known(store: Store, campaign: Campaign, *, now: datetime) -> Known:
    """Return what a campaign is held against.

    Raises:
        NoTemplateError: the handbook has its template no more.
    """
    folder = Path(store.folder.root) / FOLDER
    rules, _ = line_up_rules(folder)
    sheets: dict[str, RunSheet] = {}
    if campaign.sessions:
        sheets = {one.session_id: one.sheet for one in run_sheets.kept(store)}
    return Known(
        template=campaigns.template_of(store, campaign.template), now=now, banned=rules.banned,
        cards={one.id: one.name for one in cards(folder).active}, roles=ROLES,
        titles={one.session_id: title(one) for one in campaign.sessions},
        sheets={one.session_id: len(lints(sheets[one.session_id], rules=rules,
                                          start=one.starts_at, minutes=one.minutes))
                for one in campaign.sessions if one.session_id in sheets})


def title(one: Showing) -> str:
    """Return what a session is called: when, whose, at which level."""
    at = f"{one.starts_at.astimezone(BUSINESS_ZONE):%m-%d %H:%M}"
    return " · ".join(filter(None, (at, one.streamer_id, one.level)))
