"""A check (检查项) of a campaign: whether one thing stands, whose it is, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_begun import due
from caopan.plan.campaign_check_words import CHECKS
from caopan.playbook.campaign import Assurance, Template
from caopan.playbook.card import Owner
from caopan.units.message import Message, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a campaign is held against.

    ``banned``: words that warn; ``cards``: names of the handbook's cards by id; ``sheets``: faults
    of the run sheet that is kept, by session id; ``titles``: what sessions are called;
    ``roles``: what roles are called.
    """

    template: Template
    now: datetime
    banned: tuple[str, ...] = ()
    cards: Mapping[str, Text]
    sheets: Mapping[str, int]
    titles: Mapping[str, str]
    roles: Mapping[Owner, Text]

    def title(self, session_id: str) -> str:
        """Return what a session is called, its id where nothing is known."""
        return self.titles.get(session_id, session_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that stands or does not. ``subject``: the id of what it is about.

    ``message`` says what is missing, or what it is where it stands. ``due`` None: no last moment
    is known. ``blocks``: the show cannot begin without it.
    """

    assurance: Assurance
    key: str
    subject: str
    done: bool
    message: Message
    owner: Owner
    due: datetime | None
    blocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What makes the checks of one assurance of a campaign."""

    assurance: Assurance
    campaign: Campaign
    known: Known
    owner: Owner

    def check(self, key: str, subject: str = "", *, done: bool = False, blocks: bool = False,
              due_at: datetime | None = None, **values: object) -> Check:
        """Return a check, due when its assurance is due where no other moment is said."""
        return Check(
            assurance=self.assurance, key=key, subject=subject, done=done, owner=self.owner,
            blocks=blocks, due=self.due if due_at is None else due_at,
            message=Message(key=key, text=CHECKS[key], values=values))

    @property
    def due(self) -> datetime:
        """Return until when the assurance must stand."""
        return due(self.campaign.burst_on, self.known.template.due_days[self.assurance])

    def tasks(self) -> Iterator[Check]:
        """Yield a check for each task of the assurance."""
        for one in self.campaign.tasks:
            if one.assurance is self.assurance:
                yield Check(assurance=self.assurance, key="task", subject=one.id, done=one.done,
                            owner=one.owner, due=one.due, blocks=one.blocks,
                            message=Message(key="task", text=CHECKS["task"],
                                            values={"item": one.does}))
