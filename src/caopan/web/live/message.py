"""What goes over the wire: snapshots, patches and beats as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property

from caopan.units.clock import now
from caopan.units.message import Language
from caopan.web.live.topic import Parts, State


def epoch() -> int:
    """Return the server's clock in milliseconds, from which a page counts on."""
    return int(now().timestamp() * 1000)


def beat(checked: int | None) -> str:
    """Return a sign of life: the clock, and when the workspace was last looked at."""
    return _json({"epoch": epoch(), "checked": checked})


class Told:
    """One state of one topic in one language; each text is made once and shared by all pages."""

    def __init__(self, topic: str, state: State, language: Language, *,
                 before: Told | None, checked: int | None) -> None:
        """Keep the state beside the one before it."""
        self.topic, self.rev, self.tick, self.gone = topic, state.rev, state.tick, state.gone
        self.parts: Parts = state.parts.get(language, {})
        self._before = (before.rev, before.parts) if before else None
        self._checked = checked

    @cached_property
    def whole(self) -> str:
        """Return the snapshot."""
        return self._text({"html": dict(self.parts)})

    @cached_property
    def patch(self) -> str:
        """Return what has changed since the state before; the snapshot where there was none."""
        if self._before is None:
            return self.whole
        rev, parts = self._before
        return self._text({"from": rev, "html": {
            name: html for name, html in self.parts.items() if parts.get(name) != html}})

    def same(self, other: Told) -> bool:
        """Return whether nothing has changed."""
        return (self.rev, self.parts, self.tick, self.gone) == (
            other.rev, other.parts, other.tick, other.gone)

    def _text(self, body: Mapping[str, object]) -> str:
        gone = {"gone": True} if self.gone else {}
        return _json({"topic": self.topic, "rev": self.rev, "epoch": epoch(),
                      "checked": self._checked, **body, "tick": self.tick, **gone})


def _json(body: Mapping[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
