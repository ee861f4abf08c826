"""How old what is known has become, source by source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from caopan.metrics.freshness import latest, stock_batch
from caopan.store.store import Store
from caopan.units.clock import business_day
from caopan.units.message import Text

LATE, OLD = timedelta(days=3), timedelta(days=8)
"""Business days behind from which a source is late, and from which it is old: exports of a
platform end the day before, and a week without new facts spoils every weekly comparison."""
NAMES: dict[str, Text] = {
    "orders": Text(zh="订单", en="Orders"),
    "sessions": Text(zh="场次", en="Sessions"),
    "ads": Text(zh="投放", en="Ads"),
    "stock": Text(zh="库存", en="Stock"),
}


class Age(StrEnum):
    """How old a source is, as a word."""

    NEW = "new"
    LATE = "late"
    OLD = "old"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The latest moment of one source, and how many business days that is behind.

    ``moment`` and ``days`` are None where nothing of the source is known.
    """

    source: str
    name: Text
    moment: datetime | None
    days: int | None
    age: Age

    def document(self) -> dict[str, object]:
        """Return the source as a JSON row; ``days`` are business days behind."""
        return {"source": self.source, "name": self.name.document(), "moment": self.moment,
                "days": self.days, "age": self.age.value}


def freshness(store: Store, *, now: datetime) -> tuple[Freshness, ...]:
    """Return every source with its latest moment, in the order people ask for them."""
    tables = store.tables()
    moments: dict[str, datetime | None] = {
        row["source"]: row["moment"] for row in store.fetch(latest(tables)).to_pylist()}
    batch = store.fetch(stock_batch(tables)).to_pylist()[0]["batch"]
    made = {each.id: each.made_at for each in store.batches()}
    moments["stock"] = made.get(batch) if batch is not None else None
    return tuple(of(source, moments.get(source), now=now) for source in NAMES)


def of(source: str, moment: datetime | None, *, now: datetime) -> Freshness:
    """Return how fresh a source with that latest moment is.

    >>> from datetime import UTC
    >>> of("orders", datetime(2026, 3, 1, tzinfo=UTC), now=datetime(2026, 3, 5, tzinfo=UTC)).age
    <Age.LATE: 'late'>
    """
    if moment is None:
        return Freshness(source=source, name=NAMES[source], moment=None, days=None, age=Age.NONE)
    days = max((business_day(now) - business_day(moment)).days, 0)
    behind = timedelta(days=days)
    age = Age.OLD if behind >= OLD else Age.LATE if behind >= LATE else Age.NEW
    return Freshness(source=source, name=NAMES[source], moment=moment, days=days, age=age)
