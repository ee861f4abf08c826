"""A topic (话题): what pages listen to, and where its state comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from caopan.units.message import Language

MOST_TOPICS = 24
"""So many topics one page may listen to."""

Parts = Mapping[str, str]
"""HTML by the id of the element it takes the place of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a topic stands.

    ``rev`` grows with every change and tells nothing else. ``tick`` is small JSON for what is
    not HTML. ``gone``: there is no such thing, and nothing will come.
    """

    rev: int
    parts: Mapping[Language, Parts] = field(default_factory=dict)
    tick: Mapping[str, object] = field(default_factory=dict)
    gone: bool = False


class Source(Protocol):
    """Where the topics of one kind come from; called in a thread, so that it may wait."""

    @property
    def watched(self) -> bool:
        """Return whether it must be asked again and again: nobody tells of its changes."""

    def state(self, name: str, languages: frozenset[Language]) -> State:
        """Return how the topic of a name stands, rendered in the languages asked for."""


def split(topic: str) -> tuple[str, str]:
    """Return the kind of a topic and the name within it.

    >>> split("job:1f"), split("workspace")
    (('job', '1f'), ('workspace', ''))
    """
    kind, _, name = topic.partition(":")
    return kind, name


def asked(words: Iterable[str]) -> frozenset[str]:
    """Return the topics that a page asks for, as many as it may.

    >>> sorted(asked(["workspace", " job:a ", ""]))
    ['job:a', 'workspace']
    """
    wanted = (word.strip() for word in words)
    return frozenset([word for word in wanted if word][:MOST_TOPICS])
