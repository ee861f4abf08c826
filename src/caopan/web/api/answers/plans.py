"""The answers about the stock and the money of a plan."""

from __future__ import annotations

from datetime import datetime

from caopan.web.api.answers.basic import Amount, Answer, Issue, Range


class Note(Answer):
    """What an order rests on besides the facts."""

    key: str
    text: str


class Trial(Answer):
    """What orders by boosted trees and by hourly rates lost on past shows, by unit of worth."""

    history_from: int
    n: int
    boosted: float
    rates: float
    earned: bool


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
    told_by: str | None
    basis: str | None
    follows_forecast: bool
    trial: Trial | None
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
    """The orders added up; the range has lines lucky together as far as ``together`` says.

    ``without_orders``: what is held would bring if nothing were ordered, its cost long paid;
    ``orders_add``: what the orders bring beyond that.
    """

    quantity: int
    cost: Amount
    expected_profit: Amount
    profit: Range
    without_orders: Amount
    orders_add: Amount
    given_away: Amount
    bound: Amount | None
    waste: Amount
    money_at_risk: Amount
    currency: str


class Scale(Answer):
    """How demand follows the forecast of its session: to a power of its ``outcome``, if any."""

    outcome: str | None
    power: float
    n: int
    gain: float
    reason: str


class Together(Answer):
    """How far lines went together in the latest sessions, as correlations, 0-1."""

    sessions: int
    within_session: float
    within_host: float
    between_hosts: float


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
    scale: Scale | None
    together: Together | None
    issues: list[Issue]


class Tool(Answer):
    """What of a session goes through one tool: as it was used so far (``habit``, 0-1)."""

    tool: str
    spend: Amount
    habit: float


class Allocation(Answer):
    """What a session may spend; ``gain``: profit after spend, against none, null: not told."""

    session_id: str
    streamer_id: str
    planned: Amount | None
    spend: Amount
    currency: str
    tools: list[Tool]
    margin: float | None
    gain: Range | None
    status: str


class Wave(Answer):
    """What is spent in one segment of a show, and when it goes ahead and stops."""

    session_id: str
    wave: int
    from_minute: float
    to_minute: float
    products: list[str]
    spend: Amount
    currency: str
    spent_before: Amount
    stock_cover: float | None
    stock_needed: int | None
    expected_low_units: int | None
    stop_below_units: int | None


class Loss(Answer):
    """What one class of the line-up loses on purpose; ``cap``: with all of its stock."""

    role: str
    lines: int
    currency: str
    expected: Amount
    range: Range
    cap: Amount


class Compared(Answer):
    """By how much a plan differs from the first; null: cannot be told."""

    plan: str
    first: str
    order_cost: Amount
    spend: Amount
    currency: str
    stock_profit: Range | None
    spend_gain: Range | None


class Budget(Answer):
    """A total divided; under ``cannot_tell`` no return is claimed and ``bound`` is null."""

    synthetic: bool
    status: str
    reason: str | None
    currency: str
    level: float
    total: Amount | None
    spend: Amount
    unspent: Amount
    gain: Range | None
    over_plan: Range | None
    expected_gain: Amount | None
    bound: Amount | None
    shadow_price: float | None
    allocations: list[Allocation]
    waves: list[Wave]
    losses: list[Loss]
    compared: list[Compared]
    issues: list[Issue]
