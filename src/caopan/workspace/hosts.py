"""Who the hosts are: what a plan is checked against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from caopan.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """The hosts of a workspace by id, with what is usual of each.

    ``last``: the start of the last known session (aware). ``latest``: the same of everyone, None
    without sessions. ``currency``, ``platform`` and ``merchant`` are those of the last session
    that says one. ``sessions``: the ids of all.
    """

    names: dict[str, str]
    last: dict[str, datetime]
    latest: datetime | None
    currency: dict[str, str]
    platform: dict[str, str]
    merchant: dict[str, str]
    merchants: frozenset[str]
    sessions: frozenset[str]
    currencies: dict[str, frozenset[str]] = field(default_factory=dict)
    """Every currency that a host's sessions are in."""

    @property
    def usual_currency(self) -> str | None:
        """Return the currency of the most hosts; None where no session names one."""
        most = Counter(self.currency.values()).most_common(1)
        return most[0][0] if most else None

    def sells_in(self, host: str, currency: str | None) -> bool:
        """Return whether a host's sessions are in a currency; true where nobody says of any."""
        known = self.currencies.get(host)
        return not known or currency is None or currency in known

    def knows(self, host: str) -> bool:
        """Return whether anything is known of a host."""
        return host in self.last or host in self.names


def hosts_of(store: Store) -> Hosts:
    """Return the hosts of a workspace."""
    tables = store.tables()
    shows = tables["sessions"]
    rows = store.fetch(shows.filter(shows.streamer_id.notnull()).select(
        "session_id", "streamer_id", "started_at", "currency", "platform", "merchant_id").order_by(
        "started_at", "session_id")).to_pylist()
    listed = store.fetch(tables["streamers"].select("streamer_id", "name", "merchant_id"))
    people = listed.to_pylist()
    known = {name: {row["streamer_id"]: row[name] for row in rows if row[name]}
             for name in ("currency", "platform", "merchant_id")}
    belongs = {row["streamer_id"]: row["merchant_id"] for row in people if row["merchant_id"]}
    owners = store.fetch(tables["merchants"].select("merchant_id"))["merchant_id"].to_pylist()
    paid: dict[str, set[str]] = {}
    for row in rows:
        if row["currency"]:
            paid.setdefault(row["streamer_id"], set()).add(row["currency"])
    return Hosts(
        currencies={host: frozenset(each) for host, each in paid.items()},
        names={row["streamer_id"]: row["name"] or row["streamer_id"] for row in people},
        last={row["streamer_id"]: row["started_at"] for row in rows},
        latest=rows[-1]["started_at"] if rows else None,
        currency=known["currency"], platform=known["platform"],
        merchant=belongs | known["merchant_id"],
        merchants=frozenset(owners) | frozenset(belongs.values()) | frozenset(
            known["merchant_id"].values()),
        sessions=frozenset(row["session_id"] for row in rows))
