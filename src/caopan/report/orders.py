"""What the orders say (订单怎么说) where there is no session to diagnose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from caopan.report.dates import day as said_day
from caopan.report.document import amount
from caopan.report.page import Definition
from caopan.report.words import Words, clean
from caopan.units import number
from caopan.units.line import LONGEST_NAME
from caopan.units.unit import Unit

DAYS, PLACES = 31, 12
"""Days and provinces that are printed: the last ones, and the largest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFigure:
    """One metric of the catalogue over all orders; ``value`` is None where it cannot be computed.

    ``n``: the order lines (or buyers) it was computed from.
    """

    definition: Definition
    value: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderGroup:
    """What the orders of one day or province sold; minor units, ``refunded`` a ratio 0-1.

    ``of`` is None where the orders do not say it.
    """

    of: date | str | None
    gmv: float | None
    orders: float | None
    refunded: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersSaid:
    """The orders of one currency: totals, then days in order, then provinces, largest first."""

    currency: str
    figures: tuple[OrderFigure, ...]
    days: tuple[OrderGroup, ...]
    provinces: tuple[OrderGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersView:
    """The section in words: known figures, the names of those that lack a column, two tables."""

    headline: str
    figures: tuple[tuple[str, str, str, str], ...]
    lacking: str
    days: tuple[tuple[str, ...], ...]
    days_more: int
    provinces: tuple[tuple[str, ...], ...]
    provinces_more: int


def orders_view(said: OrdersSaid, *, words: Words) -> OrdersView:
    """Return the section of one currency.

    >>> empty = OrdersSaid(currency="CNY", figures=(), days=(), provinces=())
    >>> orders_view(empty, words=Words(language="en")).headline
    'Orders alone: what they say, without a diagnosis'
    """
    known = [figure for figure in said.figures if figure.value is not None]
    lacking = [words.said(figure.definition.name) for figure in said.figures
               if figure.value is None]
    figures = tuple(
        (words.said(figure.definition.name),
         number.value(figure.value, unit=figure.definition.unit, currency=said.currency,
                      language=words.language),
         number.count(figure.n, language=words.language), words.said(figure.definition.formula))
        for figure in known)
    places = [group for group in said.provinces if group.of is not None]
    return OrdersView(
        headline=words("orders.headline"), figures=figures,
        lacking=("、" if words.language == "zh" else ", ").join(lacking),
        days=tuple(_row(group, said.currency, words) for group in said.days[-DAYS:]),
        days_more=max(len(said.days) - DAYS, 0),
        provinces=tuple(_row(group, said.currency, words) for group in places[:PLACES]),
        provinces_more=max(len(places) - PLACES, 0))


def orders_document(said: OrdersSaid) -> dict[str, Any]:
    """Return what the orders of one currency say as plain data: every day and every province.

    >>> orders_document(OrdersSaid(currency="CNY", figures=(), days=(), provinces=()))["days"]
    []
    """
    def group(name: str, one: OrderGroup) -> dict[str, Any]:
        return {name: None if one.of is None else str(one.of), "orders": one.orders,
                "gmv": amount(one.gmv, currency=said.currency), "refund_rate_to_date": one.refunded}

    return {
        "currency": said.currency,
        "figures": {figure.definition.id: {
            "value": amount(figure.value, currency=said.currency)
            if figure.definition.unit is Unit.MONEY else figure.value, "n": figure.n}
            for figure in said.figures},
        "days": [group("day", one) for one in said.days],
        "provinces": [group("province", one) for one in said.provinces],
    }


def _row(group: OrderGroup, currency: str, words: Words) -> tuple[str, ...]:
    name = (said_day(group.of, language=words.language) if isinstance(group.of, date)
            else clean(group.of or "", most=LONGEST_NAME) or words("missing"))
    return (name, number.money(group.gmv, currency=currency, language=words.language),
            number.count(group.orders, language=words.language), number.percent(group.refunded))
