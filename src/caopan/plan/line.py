"""One product of one planned session (排期商品) with what is known of its economics."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from caopan.facts.plan import PlannedSession
from caopan.plan.sales import OUTCOMES

ON_PURPOSE = ("welfare", "traffic")
"""Roles that may be sold below cost for the traffic they bring (福利款、引流款)."""


class Reason(StrEnum):
    """Why a line has no order."""

    NO_COST = "no_cost"
    NO_PRICE = "no_price"
    SALVAGE_ABOVE_COST = "salvage_above_cost"
    OTHER_CURRENCY = "other_currency"
    NO_HISTORY = "no_history"


class Note(StrEnum):
    """What an order rests on besides the facts, or what its reader must know."""

    NEW_PRODUCT = "new_product"
    SALVAGE_UNKNOWN = "salvage_unknown"
    REFUNDS_UNKNOWN = "refunds_unknown"
    STOCK_UNKNOWN = "stock_unknown"
    STOCK_REPEATED = "stock_repeated"
    LEFT_OVER = "left_over"
    HOURS_USUAL = "hours_usual"
    LIST_PRICE = "list_price"
    BELOW_COST = "below_cost"
    GIVEN_AWAY = "given_away"
    TOO_LATE = "too_late"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A product in a planned session; money in minor units of the session's currency.

    ``hours`` > 0: planned, else the host's usual; None = not known: never zero. ``returned``: the
    share of sales, 0-1, that come back; ``lead`` and ``life`` in days. ``strength``: how strong
    the session is forecast to be, as that of ``Sales``.
    """

    session: PlannedSession
    product_id: str
    hours: float
    name: str | None = None
    role: str | None = None
    position: int | None = None
    seconds: float | None = None
    price: int | None = None
    cost: int | None = None
    salvage: int | None = None
    returned: float | None = None
    held: int | None = None
    lead: float | None = None
    life: float | None = None
    notes: tuple[Note, ...] = ()
    mixed: bool = False
    """Whether the product's own money is in another currency than the session's."""
    strength: tuple[float, ...] = (math.nan,) * len(OUTCOMES)

    @property
    def kept(self) -> float | None:
        """Return what a sale brings once some come back; None where there is no price."""
        if self.price is None:
            return None
        back = self.returned or 0.0
        return self.price * (1.0 - back) + (self.salvage or 0) * back

    def reason(self) -> Reason | None:
        """Return why no order can be worked out; None where one can.

        >>> from datetime import UTC
        >>> show = PlannedSession(session_id="s", streamer_id="h",
        ...                       started_at=datetime(2026, 3, 1, tzinfo=UTC))
        >>> Line(session=show, product_id="草莓", hours=2.0, price=990).reason()
        <Reason.NO_COST: 'no_cost'>
        """
        if self.mixed:
            return Reason.OTHER_CURRENCY
        if self.cost is None:
            return Reason.NO_COST
        if self.price is None:
            return Reason.NO_PRICE
        if self.salvage is not None and self.salvage >= self.cost:
            return Reason.SALVAGE_ABOVE_COST
        return None

    @property
    def given(self) -> bool:
        """Return whether it is sold below cost on purpose: a budgeted loss."""
        below = self.kept is not None and self.cost is not None and self.kept <= self.cost
        return below and self.role in ON_PURPOSE

    @property
    def order_by(self) -> datetime | None:
        """Return the last moment to order in time; None where no lead time is known."""
        return None if self.lead is None else self.session.started_at - timedelta(days=self.lead)
