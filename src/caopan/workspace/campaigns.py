"""Campaigns kept (活动版本): one document a version, never written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_difference import Change, difference
from caopan.plan.campaign_document import read, written
from caopan.playbook.campaign import Template
from caopan.playbook.campaigns import Templates, campaign_templates
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.handbook import FOLDER

KIND = "campaign"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCampaign:
    """One version of a campaign; versions count from 1."""

    campaign: Campaign
    made_at: datetime

    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        return {**written(self.campaign), "made_at": self.made_at.isoformat(),
                "start": self.campaign.start.isoformat(), "end": self.campaign.end.isoformat()}


def templates(store: Store) -> Templates:
    """Return the templates in force: the shipped ones under the workspace's own files."""
    return campaign_templates(Path(store.folder.root) / FOLDER)


def template_of(store: Store, id_: str) -> Template:
    """Return one template.

    Raises:
        NoTemplateError: there is none of that id.
    """
    found = templates(store).template(id_)
    if found is None:
        raise NoTemplateError(id_)
    return found


def kept(store: Store, campaign_id: str) -> tuple[KeptCampaign, ...]:
    """Return the versions of one campaign, oldest first."""
    return tuple(_kept(one.body, one.made_at) for one in store.documents(KIND)
                 if one.body["id"] == campaign_id)


def latest(store: Store) -> tuple[KeptCampaign, ...]:
    """Return the last version of every campaign, the one that bursts last first."""
    bodies = {one.body["id"]: one for one in store.documents(KIND)}
    found = [_kept(one.body, one.made_at) for one in bodies.values()]
    return tuple(sorted(found, key=lambda one: (one.campaign.burst_on, one.campaign.id),
                        reverse=True))


def one(store: Store, campaign_id: str, version: int | None = None) -> KeptCampaign:
    """Return a version, the last where none is said.

    Raises:
        NoCampaignError: there is none.
    """
    if version is None:
        found = store.latest_document(KIND, inputs_hash=_hash(campaign_id))
        if found is not None:
            return _kept(found.body, found.made_at)
    for each in kept(store, campaign_id):
        if each.campaign.version == version:
            return each
    raise NoCampaignError(campaign_id, version)


def keep(store: Store, campaign: Campaign | Mapping[str, object], *, now: datetime,
         after: int | None = None) -> KeptCampaign:
    """Append a version and return it; the same as the last one is not kept twice.

    Args:
        store: the workspace's store.
        campaign: the campaign, or its JSON.
        now: when.
        after: the version it was made from; None: whichever is the last.

    Raises:
        BadCampaignError: the JSON has faults.
        CampaignChangedError: somebody kept another version meanwhile.
    """
    made = campaign if isinstance(campaign, Campaign) else read(campaign)
    document = store.latest_document(KIND, inputs_hash=_hash(made.id))
    last = None if document is None else _kept(document.body, document.made_at)
    if last is not None:
        if after is not None and last.campaign.version != after:
            raise CampaignChangedError(made.name, last.campaign.version, after)
        if last.campaign == made.numbered(last.campaign.version):
            return last
    numbered = made.numbered(1 if last is None else last.campaign.version + 1)
    store.put_document(KIND, written(numbered), inputs_hash=_hash(made.id), now=now)
    return KeptCampaign(campaign=numbered, made_at=now)


def compared(store: Store, campaign_id: str, before: int, after: int) -> tuple[Change, ...]:
    """Return what differs between two versions.

    Raises:
        NoCampaignError: there is no such version.
    """
    return difference(one(store, campaign_id, before).campaign,
                      one(store, campaign_id, after).campaign)


def _kept(body: Mapping[str, object], made_at: datetime) -> KeptCampaign:
    return KeptCampaign(campaign=read(body), made_at=made_at)


def _hash(campaign_id: str) -> str:
    return blake2b(campaign_id.encode(), digest_size=16).hexdigest()


class NoCampaignError(CaopanError):
    """Raised where no such campaign is kept."""

    def __init__(self, campaign_id: str, version: int | None) -> None:
        """Say which."""
        super().__init__(Message(
            key="no_campaign", values={"campaign": campaign_id[:80], "version": version or "—"},
            text=Text(zh="没有这样的活动（{campaign}，版本 {version}）",
                      en="there is no such campaign ({campaign}, version {version})"),
            hint=Text(zh="在“活动”页看有哪些，或用 caopan plan campaign --level S --keep 建一个",
                      en="see which there are on the campaigns page, or make one with "
                         "caopan plan campaign --level S --keep")))


class NoTemplateError(CaopanError):
    """Raised for a template that the handbook has not."""

    def __init__(self, template: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="no_campaign_template", values={"template": template[:80]},
            text=Text(zh="手册里没有活动模板 {template}",
                      en="the handbook has no campaign template {template}"),
            hint=Text(zh="看 playbook/campaigns 里的文件，或用 s、a、b",
                      en="look into playbook/campaigns, or take s, a or b")))


class CampaignChangedError(CaopanError):
    """Raised where somebody else kept a version meanwhile: nothing is written over."""

    def __init__(self, name: str, last: int, asked: int) -> None:
        """Name both versions."""
        super().__init__(Message(
            key="campaign_changed", values={"campaign": name, "last": last, "asked": asked},
            text=Text(zh="活动“{campaign}”已有第 {last} 版，你改的是第 {asked} 版",
                      en="campaign “{campaign}” is at version {last}; yours was made from {asked}"),
            hint=Text(zh="刷新看看别人改了什么，再改一次；你的这次没有存",
                      en="reload, see what was changed, and change it again; yours was not kept")))
