"""An alert (告警): what is off, since when, on what it rests, and the card that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from caopan.live.role import Role
from caopan.units.message import Message


class Severity(StrEnum):
    """How soon somebody must act."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert. ``id`` is the same as long as it lasts; ``card``: the contingency card's id."""

    id: str
    severity: Severity
    message: Message
    since: datetime
    card: str | None = None
    owner: Role = Role.OPERATOR
    item_id: str | None = None
    source: str = "computed"
