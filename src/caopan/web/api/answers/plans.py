"""The answers about the stock and the money of a plan."""

from __future__ import annotations

from datetime import datetime

from caopan.web.api.answers.basic import Amount, Answer, Issue, Range


class Note(Answer):
    """What an order rests on besides the facts."""

    key: str
    text: str


class Item(Answer):
    """A product of a planned session; what cannot be told is null and ``reason`` says why.

    ``n``: sessions it is told from; 0 = from other products alone (``cold_start``).
    ``waste_units``: ordered and expected to be left; ``money_at_risk``: money in the order that
    the low end of demand would not bring back.
    """

    session_id: str
    streamer_id: str
    product_id: str
    name: str | None
    role: str | None
    status: str
    reason: str | None
    reason_key: str | None
    notes: list[Note]
    quantity: int | None
    stock_on_hand: int | None
    demand: Range | None
    n: int
    sold_out: int
    currency: str
    cost: Amount | None
    expected_profit: Amount | None
    profit: Range | None
    stockout_probability: float | None
    waste_units: float | None
    waste: Amount | None
    money_at_risk: Amount | None
    order_by: datetime | None


class Total(Answer):
    """The orders added up; the range takes all lines to be lucky or unlucky together."""

    quantity: int
    cost: Amount
    expected_profit: Amount
    profit: Range
    waste: Amount
    money_at_risk: Amount
    currency: str


class Stock(Answer):
    """The orders of a plan; ``bound``: no orders within the cash bring more in expectation."""

    synthetic: bool
    status: str
    reason: str | None
    currency: str
    level: float
    n: int
    told_share: float | None
    items: list[Item]
    total: Total | None
    cash: Amount | None
    bound: Amount | None
    price_of_cash: float | None
    issues: list[Issue]
