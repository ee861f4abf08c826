"""What a batch of events came to."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.live.event import Rejected
from caopan.units.message import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """How many events were taken, how many were known, which were refused; the revision after."""

    accepted: int
    duplicates: int
    rejected: tuple[Rejected, ...]
    rev: int

    def document(self, language: Language) -> dict[str, object]:
        """Return it as JSON carries it."""
        return {"accepted": self.accepted, "duplicates": self.duplicates, "rev": self.rev,
                "rejected": [{"index": one.index, "id": one.id, **one.message.document(language)}
                             for one in self.rejected]}
