"""Incidents of a rehearsal (演练事故): what is made to go wrong, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from caopan.units.message import CaopanError, Message, Text


class Mishap(StrEnum):
    """What can be made to go wrong."""

    STREAM_LOST = "stream_lost"
    PRICE_WRONG = "price_wrong"
    CONVERSION_CLIFF = "conversion_cliff"
    SELL_OUT = "sell_out"


SECONDS = {Mishap.STREAM_LOST: 60, Mishap.PRICE_WRONG: 180, Mishap.CONVERSION_CLIFF: 900,
           Mishap.SELL_OUT: 300}
"""How long each lasts where nothing is said."""
GRACE_SECONDS = 120
"""An alert so long after an incident is over still counts as its own."""
MOST_INCIDENTS, LONGEST_SECONDS, LAST_MINUTE = 20, 7_200, 1_440


@dataclass(frozen=True, slots=True, kw_only=True)
class Injected:
    """One incident: its minute of the session (0 first) and how long it lasts, in room time.

    Its kind is also the id of the card that answers it.
    """

    kind: Mishap
    minute: int
    seconds: int

    def on(self, second: float) -> bool:
        """Return whether it is going on at a second of the session.

        >>> Injected(kind=Mishap.STREAM_LOST, minute=1, seconds=30).on(75)
        True
        """
        return self.minute * 60 <= second < self.minute * 60 + self.seconds

    def document(self) -> dict[str, object]:
        """Return it as JSON carries it.

        >>> Injected(kind=Mishap.SELL_OUT, minute=1, seconds=30).document()["kind"]
        'sell_out'
        """
        return {"kind": self.kind.value, "minute": self.minute, "seconds": self.seconds}


def injected(asked: object) -> tuple[Injected, ...]:
    """Return the incidents that were asked for, in the order of their time.

    >>> injected([{"kind": "sell_out", "minute": 5}])[0].seconds
    300

    Raises:
        BadIncidentError: one of them cannot be read.
    """
    entries = asked if isinstance(asked, list | tuple) else [asked]
    if len(entries) > MOST_INCIDENTS:
        raise BadIncidentError(str(len(entries)))
    return tuple(sorted((_one(entry) for entry in entries), key=lambda one: one.minute))


def _one(entry: object) -> Injected:
    fields: Mapping[str, object] = entry if isinstance(entry, Mapping) else {}
    kind, minute = fields.get("kind"), fields.get("minute")
    if kind not in set(Mishap) or not _whole(minute, LAST_MINUTE):
        raise BadIncidentError(str(entry))
    seconds = fields.get("seconds")
    if seconds is None:
        seconds = SECONDS[Mishap(str(kind))]
    if not _whole(seconds, LONGEST_SECONDS) or set(fields) - {"kind", "minute", "seconds"}:
        raise BadIncidentError(str(entry))
    return Injected(kind=Mishap(str(kind)), minute=int(str(minute)), seconds=int(str(seconds)))


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


class BadIncidentError(CaopanError):
    """Raised for an incident that cannot be made to happen."""

    usage = True

    def __init__(self, asked: str) -> None:
        """Say what was asked and what may be."""
        super().__init__(Message(
            key="bad_incident", values={"asked": asked[:120], "kinds": ", ".join(Mishap)},
            text=Text(zh="演练事故“{asked}”读不懂", en="the incident “{asked}” cannot be read"),
            hint=Text(zh="写 kind（{kinds}）、minute，可加 seconds；最多 20 个",
                      en="say kind ({kinds}), minute and, if wanted, seconds; at most 20")))
