"""The house (操盘台): what every page and call of one running console shares."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

from jinja2 import Environment

from caopan.ingest.feeds.safe import Safe
from caopan.units.clock import now
from caopan.units.message import LANGUAGES, Language
from caopan.web.ahead import Ahead
from caopan.web.figures import Figures
from caopan.web.jobs import Jobs
from caopan.web.live.hub import Hub
from caopan.web.live.room_screens import screens_of
from caopan.web.live.room_source import RoomSource
from caopan.web.live.sources import JobSource, WorkspaceSource
from caopan.web.render import environment
from caopan.web.session import Keys
from caopan.web.words import Words
from caopan.workspace.answers import Kept
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.feeds import Feeds
from caopan.workspace.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np

    from caopan.playbook.rule import Rule


class Inside(Protocol):
    """A page or a call that was let in: what work that both begin needs of it."""

    @property
    def house(self) -> House:
        """The house it came into."""

    @property
    def workspace(self) -> Workspace:
        """The workspace of the house."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One open workspace with its keys, words and templates."""

    workspace: Workspace
    keys: Keys
    words: Words
    jobs: Jobs
    hub: Hub
    ahead: Ahead
    desk: Desk
    feeds: Feeds
    templates: dict[Language, Environment] = field(repr=False)
    figures: Figures = field(default_factory=Figures, repr=False)
    """Answers that pages wait for only a moment."""
    drawn: Kept = field(default_factory=lambda: Kept(most=64), repr=False)
    """The drawings of diagnoses looked at lately, by when they were made."""
    rules: dict[str, dict[str, Rule]] = field(default_factory=dict, repr=False)
    """The handbook's rules by id, by the mark of the state they were read in."""

    @classmethod
    def of(cls, workspace: Workspace) -> Self:
        """Return the house of an open workspace."""
        words = Words.load()
        keys = Keys(session=workspace.key("session"), form=workspace.key("form"),
                    owner=workspace.key("owner").hex())
        templates = {language: environment(words, language) for language in LANGUAGES}
        jobs = Jobs(workspace)
        desk = Desk(workspace.store)
        hub = Hub({"workspace": WorkspaceSource(workspace=workspace),
                   "job": JobSource(jobs=jobs, templates=templates),
                   "room": RoomSource(desk=desk, render=screens_of(templates))})
        desk.told = lambda room: hub.touch(f"room:{room}")
        jobs.told = lambda name: hub.touch(f"job:{name}")
        return cls(workspace=workspace, keys=keys, words=words, jobs=jobs, hub=hub,
                   ahead=Ahead(workspace), desk=desk, feeds=connectors(desk),
                   templates=templates)

    def leave(self) -> None:
        """Let go of everything before the process ends; what is under way is cut off quietly."""
        self.jobs.leave()
        self.ahead.leave()
        self.desk.close()


def connectors(desk: Desk) -> Feeds:
    """Return the connectors of a desk, with the secrets of this process and of its workspace."""
    return Feeds(desk=desk, clock=now, rng=_rng,
                 safe=Safe.of(desk.store.folder.root, environ=os.environ))


def _rng() -> np.random.Generator:
    # the numbers are loaded when a connector begins, not by the first page
    from numpy.random import default_rng  # noqa: PLC0415 - see the line above

    return default_rng()
