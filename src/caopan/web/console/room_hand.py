"""/rooms/{room}/hand · What a person reads off the platform's screen becomes events."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import uuid4

from starlette.datastructures import FormData
from starlette.responses import Response

from caopan.access.action import Action
from caopan.live import event
from caopan.units.message import CaopanError, Message, Text
from caopan.web.console.room_stage import Stage, milliseconds, stage
from caopan.web.console.room_view import VIEWS
from caopan.web.screen import Screen
from caopan.web.visit import Visit

PATIENCE = 10.0
MOST_ORDERS = 9_000
"""So many new orders one entry may hold: more belongs into a file."""
BY_HAND = "hand"
"""The product and the plan of what is entered without one."""
ORDERS = "orders"
FIELDS: dict[str, Text] = {
    "online": Text(zh="在线", en="online"), "entries": Text(zh="进房", en="entries"),
    "orders": Text(zh="订单", en="orders"), "gmv": Text(zh="成交额", en="GMV"),
    "spend": Text(zh="花费", en="spend"), "price": Text(zh="价格", en="price"),
    "stock": Text(zh="库存", en="stock")}


def enter(visit: Visit) -> Response:
    """Take what was entered; the totals are the platform's own, what is new is what came.

    Raises:
        CaopanError: a field is no number, or a total is smaller than what is known.
    """
    room, desk = visit.path("room"), visit.house.desk
    found = stage(desk, room, now=visit.now, language=visit.language)
    events = entered(visit.form, stage=found, now=found.now)
    if not events:
        raise NothingEnteredError
    desk.take(room, event.read(json.dumps(events).encode())).result(PATIENCE)
    return visit.go(VIEWS.get(str(visit.form.get("view", "")), VIEWS[""]).path(room))


def entered(form: FormData, *, stage: Stage, now: datetime) -> list[dict[str, object]]:
    """Return the events of a form: online as a gauge, the others as what is new to the totals.

    Orders and their money are told as so many orders of one size, the last with the rest: no
    order of them is known alone.
    """
    said = {name: _number(form.get(name), name) for name in FIELDS}
    head = {"at": milliseconds(now), "source": "hand"}
    item, key = stage.item, uuid4().hex
    product = str(form.get("product_id") or (item and item.product_id) or BY_HAND)
    made: list[dict[str, object]] = []
    for name, kind in (("online", "online"), ("stock", "stock"), ("price", "price")):
        value = said[name]
        if value is not None:
            amount = {"amount": f"{value:.2f}"} if kind == "price" else {"value": round(value)}
            more = {} if kind == "online" else {"product_id": product}
            made.append({"id": f"{key}-{kind}", "kind": kind, **head, **more, **amount})
    new = {name: _new(said[name], stage.counts[counted], name, scale) for name, counted, scale in (
        ("entries", "entries", 1), ("orders", "orders", 1), ("gmv", "gmv", 100),
        ("spend", "ad_spend", 100))}
    if new["entries"]:
        made.append({"id": f"{key}-enter", "kind": "enter", "count": new["entries"], **head})
    if new["spend"]:
        made.append({"id": f"{key}-spend", "kind": "spend", "plan_id": BY_HAND, **head,
                     "amount": f"{new['spend'] / 100:.2f}"})
    return made + [{"kind": "order", "product_id": product, **head, **one}
                   for one in _orders(new["orders"], new["gmv"], key)]


def _orders(count: int, minor: int, key: str) -> list[dict[str, object]]:
    if count > MOST_ORDERS:
        raise BadEntryError(ORDERS, str(count))
    if not count:
        if minor:
            raise OrdersLackError
        return []
    each = minor // count
    return [{"id": f"{key}-{at}", "order_id": f"{key}-{at}",
             "amount": f"{(each if at else minor - each * (count - 1)) / 100:.2f}"}
            for at in range(count)]


def _new(total: float | None, known: int, name: str, scale: int) -> int:
    if total is None:
        return 0
    more = round(total * scale) - known
    if more < 0:
        raise BelowKnownError(name, f"{known / scale:,.10g}")
    return more


def _number(said: object, name: str) -> float | None:
    """Return a number as people type it: 1,280 or 3.2万; None for an empty field."""
    text = said.strip().replace(",", "").replace("，", "") if isinstance(said, str) else ""
    if not text:
        return None
    scale = 10_000 if text.endswith(("万", "w", "W")) else 1
    try:
        value = float(text.rstrip("万wW")) * scale
    except ValueError:
        raise BadEntryError(name, text) from None
    if not 0 <= value < 1e10:  # noqa: PLR2004 - beyond it no room has sold, and NaN is refused
        raise BadEntryError(name, text)
    return value


SCREENS = (Screen(path="/rooms/{room}/hand", action=Action.RUN, show=enter, methods=("POST",)),)


class BadEntryError(CaopanError):
    """Raised for a field that holds no number."""

    def __init__(self, name: str, said: str) -> None:
        """Name the field and what it held."""
        field = FIELDS[name]
        super().__init__(Message(
            key="bad_entry", values={"value": said[:40]},
            text=Text(zh=f"{field.zh}“{{value}}”不是能收的数", en=f"{field.en}: no “{{value}}”"),
            hint=Text(zh="写成 1280 或 3.2万；没有记下", en="write 1280; nothing was kept")))


class BelowKnownError(CaopanError):
    """Raised for a total that is smaller than what is known already."""

    def __init__(self, name: str, known: str) -> None:
        """Name the field and what is known."""
        field = FIELDS[name]
        super().__init__(Message(
            key="below_known", values={"known": known},
            text=Text(zh=f"{field.zh}比已经记下的累计 {{known}} 少",
                      en=f"{field.en} is below the {{known}} that is known already"),
            hint=Text(zh="填平台上现在的累计，不是这一段新增的；退款另记",
                      en="enter the platform's total, not what came since; refunds are their own")))


class OrdersLackError(CaopanError):
    """Raised for money without orders."""

    def __init__(self) -> None:
        """Say what is lacking."""
        super().__init__(Message(
            key="orders_lack",
            text=Text(zh="成交额多了，订单数没有变", en="there is more GMV and no more orders"),
            hint=Text(zh="订单数也照平台填上", en="enter the orders too")))


class NothingEnteredError(CaopanError):
    """Raised where every field is empty, or nothing is new."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Message(
            key="nothing_entered",
            text=Text(zh="没有新的数可记", en="there is nothing new to keep"),
            hint=Text(zh="至少填一格，和上次不一样", en="fill in one field that has changed")))
