"""The log of alerts (告警记录): each that came up and went, with what was known then.

It stands in the room's own ledger beside orders and prices; what is logged is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from caopan.live.alert import Alert
from caopan.live.tally import Tally
from caopan.store.live_book import LiveBook
from caopan.store.live_writer import Work
from caopan.workspace.live.held import Held
from caopan.workspace.live.known import Known

RAISED, CLEARED = "alert_raised", "alert_cleared"
TOLD = ("entries", "clicks", "orders", "units", "gmv", "ad_spend")
"""The sums that stand beside an alert; money in minor units."""


@dataclass(slots=True)
class AlertLog:
    """What one room's log says: ``standing`` are the alerts that came up and did not go.

    ``pages``: how often it was written to.
    """

    standing: frozenset[str] = frozenset()
    pages: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def of(cls, pages: Sequence[Sequence[Mapping[str, Any]]]) -> AlertLog:
        """Return a log as it was kept."""
        return cls(standing=standing(entry for page in pages for entry in page),
                   pages=len(pages))

    def note(self, alerts: Iterable[Alert], held: Held, known: Known, *, now: datetime,
             keep: Callable[[Work], object]) -> None:
        """Log what came up and what went since the last look; nothing where nothing did.

        Args:
            alerts: what stands now.
            held: the room.
            known: what is known of it.
            now: the room's time.
            keep: takes the work that writes it down; what it refuses is noted at the next look.
        """
        with self._lock:
            present = {one.id: one for one in alerts}
            if present.keys() == self.standing:
                return
            at, was = round(now.timestamp() * 1000), _known(held, known, now)
            entries = [{"kind": RAISED, "at": at, "known": was, **_said(one)}
                       for name, one in present.items() if name not in self.standing]
            entries += [{"kind": CLEARED, "at": at, "known": was, "id": name}
                        for name in sorted(self.standing - present.keys())]
            before = self.standing, self.pages
            keep(_work(held, self.pages + 1, entries, spoil=lambda: self._back(*before)))
            self.standing, self.pages = frozenset(present), self.pages + 1

    def _back(self, standing_: frozenset[str], pages: int) -> None:
        self.standing, self.pages = standing_, pages


def standing(entries: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the alerts that a log leaves standing.

    >>> sorted(standing([{"kind": RAISED, "id": "a"}, {"kind": RAISED, "id": "b"},
    ...                  {"kind": CLEARED, "id": "a"}]))
    ['b']
    """
    found: set[str] = set()
    for one in entries:
        if one["kind"] == RAISED:
            found.add(one["id"])
        else:
            found.discard(one["id"])
    return frozenset(found)


def _work(held: Held, page: int, entries: list[dict[str, Any]], *,
          spoil: Callable[[], None]) -> Work:
    def write(book: LiveBook) -> None:
        book.log_alerts(held.number, page=page, entries=entries)

    return Work(write=write, settle=lambda: page, spoil=spoil)


def _said(alert: Alert) -> dict[str, Any]:
    message = alert.message
    return {"id": alert.id, "card": alert.card, "severity": alert.severity.value,
            "owner": alert.owner.value, "item_id": alert.item_id, "source": alert.source,
            "since": alert.since.isoformat(), "key": message.key,
            "zh": message.say("zh"), "en": message.say("en")}


def _known(held: Held, known: Known, now: datetime) -> dict[str, Any]:
    with held.lock:
        tally, on_air, rev = held.tally, held.room.current, held.rev
        sums, online, ages = tally.totals(), tally.online, _ages(tally, now)
    return {"rev": rev, "item_id": on_air, "online": online, "sessions": known.sessions,
            "ages": ages, **{name: sums[name] for name in TOLD}}


def _ages(tally: Tally, now: datetime) -> Mapping[str, list[object]]:
    present = now.timestamp() * 1000
    return {topic: [round((present - one.at) / 1000, 1), one.source]
            for topic, one in tally.heard.items()}
