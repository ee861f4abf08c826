"""Actors (操作者): who asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an actor is to the workspace."""

    OWNER = "owner"
    """The person at whose machine the console runs."""
    GUEST = "guest"
    """Somebody who has not come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One person or program, as far as it is known."""

    role: Role
    name: str = ""


OWNER = Actor(role=Role.OWNER, name="owner")
GUEST = Actor(role=Role.GUEST)
