"""Verbs of campaigns; a part of ``Workspace``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from caopan.store.store import Store
from caopan.units.clock import now
from caopan.units.message import Language
from caopan.workspace.progress import Progress, silent
from caopan.workspace.synthetic import SYNTHETIC

if TYPE_CHECKING:
    from caopan.plan.campaign import Campaign
    from caopan.plan.campaign_difference import Change
    from caopan.plan.campaign_outlook import Outlook
    from caopan.plan.campaign_readiness import Readiness
    from caopan.playbook.campaigns import Templates
    from caopan.workspace.answers import Kept
    from caopan.workspace.campaign_making import Wanted
    from caopan.workspace.campaign_proposal import Proposal
    from caopan.workspace.campaign_proposing import Proposer
    from caopan.workspace.campaign_standing import CampaignResult
    from caopan.workspace.campaigns import KeptCampaign


class CampaignVerbs:
    """What a person does with campaigns of level S, A or B (活动)."""

    __slots__ = ()

    store: Store
    kept: Kept

    def campaign_templates(self) -> Templates:
        """Return the templates in force: the shipped ones under the workspace's own files."""
        from caopan.workspace import campaigns

        return campaigns.templates(self.store)

    def campaigns(self) -> tuple[KeptCampaign, ...]:
        """Return the last version of every campaign, the one that bursts last first."""
        from caopan.workspace import campaigns

        return campaigns.latest(self.store)

    def campaign(self, campaign: str, *, version: int | None = None) -> KeptCampaign:
        """Return a kept version, the last where none is said.

        Raises:
            CaopanError: there is none.
        """
        from caopan.workspace import campaigns

        return campaigns.one(self.store, campaign, version)

    def campaign_versions(self, campaign: str) -> tuple[KeptCampaign, ...]:
        """Return every kept version of a campaign, oldest first."""
        from caopan.workspace import campaigns

        return campaigns.kept(self.store, campaign)

    def campaign_difference(self, campaign: str, *, before: int,
                            after: int) -> tuple[Change, ...]:
        """Return what differs between two versions.

        Raises:
            CaopanError: there is no such version.
        """
        from caopan.workspace import campaigns

        return campaigns.compared(self.store, campaign, before, after)

    def design_campaign(self, wanted: Wanted, *, plan: Path | str | None = None,
                        language: Language = "zh") -> CampaignResult:
        """Return a campaign begun from a template, with the planned sessions of its days.

        Nothing is kept: ``keep_campaign`` does that.

        Args:
            wanted: which level, when, whose, to reach what.
            plan: as ``stock`` takes one; None: what was imported, if anything was.
            language: of the sentences that the template fills in.

        Raises:
            CaopanError: there is no such template, or the named plan cannot be used.
        """
        from caopan.workspace import campaign_making

        made = campaign_making.made(self.store, wanted, language=language, now=now(),
                                    plan=None if plan is None else Path(plan))
        return self._standing(made)

    def keep_campaign(self, campaign: Campaign | Mapping[str, object], *,
                      after: int | None = None) -> KeptCampaign:
        """Keep a campaign as its next version.

        Args:
            campaign: the campaign, or its JSON.
            after: the version it was made from; another one meanwhile is refused.

        Raises:
            CaopanError: the JSON has faults, or somebody kept another version meanwhile.
        """
        from caopan.workspace import campaigns

        return campaigns.keep(self.store, campaign, now=now(), after=after)

    def campaign_readiness(self, campaign: str) -> Readiness:
        """Return how ready a campaign is, and what blocks it.

        Raises:
            CaopanError: there is no such campaign, or its template is gone.
        """
        from caopan.workspace.campaign_standing import standing

        return standing(self.store, self.campaign(campaign).campaign, now=now())

    def campaign_outlook(self, campaign: Campaign | str, *, plan: Path | str | None = None,
                         level: float = 0.8, progress: Progress = silent) -> Outlook:
        """Return what a campaign may bring, and how likely its targets are to be met.

        Args:
            campaign: one that is kept, by its id, or any.
            plan: where its sessions are planned; None: in what was imported.
            level: of the ranges.
            progress: hears how far the work is.

        Raises:
            CaopanError: there is no such campaign.
        """
        from caopan.workspace.campaign_figures import figures

        one = self.campaign(campaign).campaign if isinstance(campaign, str) else campaign
        return figures(self.store, one, plan=None if plan is None else Path(plan), now=now(),
                       kept=self.kept, level=level, progress=progress).outlook(one)

    def propose_for_campaign(self, campaign: Campaign | str, *, parts: Sequence[str] = (),
                             plan: Path | str | None = None, language: Language = "zh",
                             progress: Progress = silent) -> Proposal:
        """Return what the system would fill into a campaign, part by part, with its reasons.

        Args:
            campaign: one that is kept, by its id, or any.
            parts: ``sessions``, ``targets``, ``budget``, ``stock``, ``pitches``, ``run_sheets``;
                none: all.
            plan: where its sessions are planned; None: in what was imported.
            language: of titles in run sheets.
            progress: hears how far the work is.

        Raises:
            CaopanError: there is no such campaign or part.
        """
        from caopan.workspace.campaign_proposal import parts_of

        one = self.campaign(campaign).campaign if isinstance(campaign, str) else campaign
        return self._proposer(plan, language, progress).proposal(one, parts_of(parts))

    def accept_for_campaign(self, campaign: str, *, parts: Sequence[str] = (),
                            after: int | None = None, plan: Path | str | None = None,
                            language: Language = "zh",
                            progress: Progress = silent) -> KeptCampaign:
        """Take parts of a proposal: the campaign's next version, run sheets as their own.

        Args:
            campaign: its id.
            parts: as ``propose_for_campaign``.
            after: the version that was looked at; another one meanwhile is refused.
            plan: where its sessions are planned; None: in what was imported.
            language: of titles in run sheets.
            progress: hears how far the work is.

        Raises:
            CaopanError: there is no such campaign or part, or it was changed meanwhile.
        """
        from caopan.workspace import campaigns
        from caopan.workspace.campaign_proposal import parts_of

        last = self.campaign(campaign).campaign
        if after is not None and last.version != after:
            raise campaigns.CampaignChangedError(last.name, last.version, after)
        made = self._proposer(plan, language, progress).accept(last, parts_of(parts))
        return self.keep_campaign(made, after=last.version)

    def _standing(self, campaign: Campaign) -> CampaignResult:
        from caopan.workspace.campaign_standing import CampaignResult, standing

        return CampaignResult(campaign=campaign, synthetic=bool(self.store.setting(SYNTHETIC)),
                              readiness=standing(self.store, campaign, now=now()))

    def _proposer(self, plan: Path | str | None, language: Language,
                  progress: Progress) -> Proposer:
        from caopan.workspace.campaign_proposing import Proposer

        return Proposer(store=self.store, kept=self.kept, now=now(), language=language,
                        plan=None if plan is None else Path(plan), progress=progress)
