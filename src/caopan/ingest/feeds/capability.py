"""What a connector gives (能力): which kind of event, how fresh, and what the platform counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.units.message import Language, Text


class How(StrEnum):
    """How a number comes."""

    EACH = "each"
    """One event for each thing that happened, under the platform's own id."""
    INCREMENT = "increment"
    """What is new to a total since the reading before."""
    GAUGE = "gauge"
    """The value at the time of the reading."""


class Verified(StrEnum):
    """Whether a connector was seen to work with the live platform."""

    UNVERIFIED = "unverified"
    """Written after public documentation and tried against local fakes alone."""
    VERIFIED = "verified"
    """Seen to work with the live platform."""


VERIFIED_WORDS: dict[Verified, Text] = {
    Verified.UNVERIFIED: Text(
        zh="未经真实平台验证：按公开资料编写，只对本地仿真测过",
        en="not verified with the live platform: written after public documents, tried against "
           "local fakes alone"),
    Verified.VERIFIED: Text(zh="已在真实平台上用过", en="seen to work with the live platform")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One thing that a connector gives.

    ``kind``: of event, as the contract names it. ``seconds``: how old it is at most when told,
    while nothing is wrong. ``basis``: what the platform counts.
    """

    kind: str
    how: How
    seconds: int
    basis: Text

    def document(self, language: Language) -> dict[str, object]:
        """Return it as JSON carries it.

        >>> Capability(kind="online", how=How.GAUGE, seconds=5,
        ...            basis=Text(zh="在线", en="there now")).document("en")
        {'kind': 'online', 'how': 'gauge', 'seconds': 5, 'basis': 'there now'}
        """
        return {"kind": self.kind, "how": self.how.value, "seconds": self.seconds,
                "basis": self.basis.plain(language)}
