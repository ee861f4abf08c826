"""A connector (对接): what it is, what it needs, what it gives and cannot give, how it is begun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from caopan.ingest.feeds.capability import VERIFIED_WORDS, Capability, Verified
from caopan.ingest.feeds.reading import Reading
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import Wire
from caopan.units.message import Language, Text


class Way(StrEnum):
    """How it hears of a room."""

    POLL = "poll"
    """It asks again and again."""
    PUSH = "push"
    """The platform calls, and it asks for what the call was about."""
    SOCKET = "socket"
    """It holds a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A setting it needs: the name in the environment or the file of secrets."""

    name: str
    title: Text
    secret: bool = True
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a connector is begun with.

    ``live_id``: the platform's id of the live session. ``began``: what was before is not told.
    """

    live_id: str
    safe: Safe
    wire: Wire
    began: datetime


class Poller(Protocol):
    """One begun connector of one room; used by one thread at a time, but for ``hear``."""

    def poll(self, now: datetime) -> Reading:
        """Return what the platform says.

        Raises:
            FeedError: it says nothing, and why.
        """

    def hear(self, about: str) -> None:
        """Take note of what the platform has called about; from any thread."""

    def close(self) -> None:
        """Let go of what it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a platform's call was about, once its check has passed; ``id`` is the call's own."""

    id: str
    about: str
    at: datetime


Check = Callable[[bytes, Mapping[str, str], Safe, datetime], Call | None]
"""Checks a call by the platform's own rules; None: sound, and about nothing that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One connector. ``cannot``: what the platform does not give. ``source``: its documents."""

    name: str
    title: Text
    way: Way
    live_id: Text
    period: float
    gives: tuple[Capability, ...]
    cannot: tuple[Text, ...]
    needs: tuple[Need, ...]
    source: str
    begin: Callable[[Line], Poller]
    longest: float = 300.0
    """The longest pause between two calls, in seconds, however often they failed."""
    check: Check | None = None
    reply: Mapping[str, Any] | None = None
    """What a platform's call is answered with."""
    verified: Verified = Verified.UNVERIFIED

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the names of what nobody may see."""
        return tuple(need.name for need in self.needs if need.secret)

    @property
    def stale_seconds(self) -> float:
        """Return after how long a silence what it told is stale."""
        return max(3 * self.period, 15.0)

    def missing(self, safe: Safe) -> list[str]:
        """Return the settings that it needs and that are not there."""
        return [need.name for need in self.needs if not need.optional
                and safe.get(need.name) is None]

    def document(self, language: Language, *, safe: Safe) -> dict[str, object]:
        """Return it as JSON carries it; no value of a setting is in it."""
        return {"feed": self.name, "title": self.title.plain(language), "way": self.way.value,
                "verified": self.verified.value,
                "verified_words": VERIFIED_WORDS[self.verified].plain(language),
                "live_id": self.live_id.plain(language), "period_seconds": self.period,
                "stale_seconds": self.stale_seconds, "source": self.source,
                "gives": [one.document(language) for one in self.gives],
                "cannot": [one.plain(language) for one in self.cannot],
                "needs": [{"name": one.name, "title": one.title.plain(language),
                           "optional": one.optional, "set": safe.get(one.name) is not None}
                          for one in self.needs]}
