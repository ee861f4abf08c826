"""The contingency cards (突发预案): what a crew does when a live room goes wrong."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from caopan.units.message import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card; ``owner`` is a role of the room, ``steps`` in the order they are done."""

    id: str
    name: Text
    owner: str
    icon: str
    steps: tuple[Text, ...]
    recovery: Text


@cache
def cards() -> tuple[Card, ...]:
    """Return every card, in the order of their buttons.

    >>> cards()[0].id, cards()[0].owner
    ('stream_lost', 'floor')
    """
    text = files("caopan.playbook").joinpath("rules/contingency.toml").read_text(encoding="utf-8")
    return tuple(map(_card, tomllib.loads(text)["cards"]))


def _card(said: dict[str, Any]) -> Card:
    return Card(id=said["id"], name=Text(**said["name"]), owner=said["owner"], icon=said["icon"],
                steps=tuple(Text(**one) for one in said["steps"]),
                recovery=Text(**said["recovery"]))
