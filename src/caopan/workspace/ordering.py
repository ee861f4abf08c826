"""What the orders say of themselves, from the catalogue: for folders without a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caopan.metrics.catalogue import METRICS
from caopan.metrics.value import value
from caopan.report.orders import OrderFigure, OrderGroup, OrdersSaid
from caopan.store.store import Store
from caopan.workspace.defining import definition

FIGURES = (
    "gmv_orders", "orders_paid", "units_paid", "buyers_paid", "gmv_per_order_paid", "aov_paid",
    "create_pay_rate", "refund_rate_to_date", "refund_rate_7", "refund_rate_30", "repurchase_30",
    "repurchase_60", "repurchase_90", "new_buyer_gmv_share", "self_share",
)
"""What is asked of orders; refunds of unequal age stand under their own names."""
GMV, ORDERS, REFUNDED = "gmv_orders", "orders_paid", "refund_rate_to_date"
DEFAULT = "CNY"


def orders_said(store: Store) -> tuple[OrdersSaid, ...]:
    """Return what the orders say, a currency each, that of most orders first; none without any."""
    totals = {row["currency"] or DEFAULT: row["n"] for row in _values(store, GMV)}
    currencies = sorted(totals, key=lambda currency: (-totals[currency], currency))
    return tuple(
        OrdersSaid(currency=currency, figures=_figures(store, currency, alone=len(totals) == 1),
                   days=_groups(store, "day", currency),
                   provinces=tuple(sorted(_groups(store, "province", currency),
                                          key=lambda group: -(group.gmv or 0.0))))
        for currency in currencies)


def _figures(store: Store, currency: str, *, alone: bool) -> tuple[OrderFigure, ...]:
    """Return the figures of one currency; counts without one only where there is no other."""
    found = []
    for name in FIGURES:
        rows = [row for row in _values(store, name)
                if _is_of(row, currency) and (alone or "currency" in row)]
        said = definition(name)
        if said is not None and (rows or alone):
            found.append(OrderFigure(definition=said, value=rows[0]["value"] if rows else None,
                                     n=rows[0]["n"] if rows else 0))
    return tuple(found)


def _groups(store: Store, by: str, currency: str) -> tuple[OrderGroup, ...]:
    """Return GMV, orders and the refunded share by one grouping, in its order."""
    gmv, orders, refunded = (
        {row[by]: row["value"] for row in _values(store, name, by) if _is_of(row, currency)}
        for name in (GMV, ORDERS, REFUNDED))
    return tuple(OrderGroup(of=of, gmv=amount, orders=orders.get(of), refunded=refunded.get(of))
                 for of, amount in gmv.items())


def _values(store: Store, name: str, *by: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.fetch(
        value(METRICS[name], store.tables(), by=by)).to_pylist()
    return rows


def _is_of(row: Mapping[str, Any], currency: str) -> bool:
    return "currency" not in row or (row["currency"] or DEFAULT) == currency
