"""What is planned (排期): sessions to come and their line-ups, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caopan.facts.issue import Issue, Level
from caopan.units.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a planned row stands in the user's own file; nothing where it was imported."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None

    def issue(self, message: Message, *, column: str | None = None, value: object = None,
              level: Level = Level.ERROR) -> Issue:
        """Return a problem of the row.

        >>> from caopan.units.message import Text
        >>> empty = Message(key="empty_cell", text=Text(zh="空", en="empty"))
        >>> Place(file="plan.csv", row=3).issue(empty, column="unit_cost").row
        3
        """
        return Issue(level=level, message=message, file=self.file, sheet=self.sheet, row=self.row,
                     column=column, value=None if value is None else str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session to come: a row of ``planned_sessions``; None = not said, never zero.

    ``started_at``: aware. ``planned_ad_spend``: minor units of ``currency``, >= 0;
    ``planned_products``: how many; ``planned_minutes`` > 0. ``currency`` is None where neither
    the row nor the host's history has one.
    """

    session_id: str
    streamer_id: str
    started_at: datetime
    merchant_id: str | None = None
    platform: str | None = None
    level: str | None = None
    planned_ad_spend: int | None = None
    planned_products: int | None = None
    planned_minutes: float | None = None
    followers_at_start: int | None = None
    currency: str | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedProduct:
    """One product of a planned line-up: a row of ``planned_products``; None = not said.

    ``live_price`` and ``unit_cost``: minor units of the session's currency, >= 0.
    """

    session_id: str
    product_id: str
    role: str | None = None
    live_price: int | None = None
    position: int | None = None
    planned_seconds: float | None = None
    unit_cost: int | None = None
    stock_on_hand: int | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rows of a plan that can be used, and the problems of the others."""

    sessions: tuple[PlannedSession, ...] = ()
    products: tuple[PlannedProduct, ...] = ()
    issues: tuple[Issue, ...] = ()

    def line_up(self, session_id: str) -> tuple[PlannedProduct, ...]:
        """Return the planned products of one session.

        >>> Plan(products=(PlannedProduct(session_id="a", product_id="苹果"),)).line_up("b")
        ()
        """
        return tuple(one for one in self.products if one.session_id == session_id)

    def only(self, sessions: frozenset[str] | None) -> Plan:
        """Return the plan of some sessions; None: of all.

        >>> Plan(products=(PlannedProduct(session_id="a", product_id="苹果"),)).only(
        ...     frozenset("b")).products
        ()
        """
        if sessions is None:
            return self
        return Plan(sessions=tuple(one for one in self.sessions if one.session_id in sessions),
                    products=tuple(one for one in self.products if one.session_id in sessions),
                    issues=self.issues)

    def counted(self) -> dict[str, int]:
        """Return how many products each session's line-up lists.

        >>> Plan(products=(PlannedProduct(session_id="a", product_id="苹果"),)).counted()
        {'a': 1}
        """
        found: dict[str, int] = {}
        for one in self.products:
            found[one.session_id] = found.get(one.session_id, 0) + 1
        return found
