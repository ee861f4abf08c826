"""A pasted table read (读表): its columns, its rows as readings or orders, and what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from zoneinfo import ZoneInfo

from caopan.ingest.feeds.reading import WHOLE, Gauge, Reading, Sold
from caopan.ingest.number import parse
from caopan.ingest.pasting.head import MONEY, ORDER, TIME, fields
from caopan.ingest.pasting.moment import moment_of
from caopan.live.event import Order
from caopan.units.message import CaopanError, Message, Text

MOST_LETTERS, MOST_ROWS = 1 << 20, 5_000
BLANKS = frozenset({"", "-", "--", "—", "/", "nan", "null", "n/a"})
COUNTED = ("enter", "leave", "impression", "click", "comment", "like", "follow", "share")
MOST = 1e10


class Kind(StrEnum):
    """What a row of the table is."""

    MINUTES = "minutes"
    ORDERS = "orders"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with a row; ``row`` counts from 1 with the headings."""

    row: int
    heading: str
    message: Message


@dataclass(slots=True, kw_only=True)
class Pasted:
    """A table as it was read: rows with a fault are left out, the others stand.

    ``columns``: each heading with what it tells, None: not known.
    """

    kind: Kind
    columns: tuple[tuple[str, str | None], ...]
    readings: list[tuple[int, Reading]] = field(default_factory=list)
    orders: list[tuple[int, Order]] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    rows: int = 0


Sheet = list[list[str]]


def read(text: str, *, begins: datetime, zone: ZoneInfo) -> Pasted:
    r"""Return a pasted table.

    Args:
        text: tabs between cells, or commas; headings first.
        begins: when the session began.
        zone: of times that say none.

    >>> from datetime import UTC
    >>> found = read("时间\t在线人数\n20:05\t1.2万\n20:06\tx", zone=ZoneInfo("Asia/Shanghai"),
    ...              begins=datetime(2026, 11, 28, 12, tzinfo=UTC))
    >>> found.readings[0][1].gauges[0].value, [one.row for one in found.faults]
    (12000, [3])

    Raises:
        BadPasteError: it is no table with known headings.
    """
    sheet = _sheet(text)
    names = fields(sheet[0])
    kind = Kind.ORDERS if ORDER in names else Kind.MINUTES
    if TIME not in names or not set(names) - {None, TIME, ORDER} or (
            kind is Kind.ORDERS and MONEY not in names):
        raise BadPasteError(", ".join(sheet[0])[:80])
    found = Pasted(kind=kind, columns=tuple(zip(sheet[0], names, strict=True)),
                   rows=len(sheet) - 1)
    for number, row in enumerate(sheet[1:], 2):
        cells = _Cells(row=number, names=names, headings=sheet[0], cells=row)
        at = cells.time(begins, zone)
        made = None if at is None else (
            cells.order(at) if kind is Kind.ORDERS else cells.reading(at))
        if cells.faults or made is None:
            found.faults += cells.faults
        elif isinstance(made, Order):
            found.orders.append((number, made))
        else:
            found.readings.append((number, made))
    return found


def _sheet(text: str) -> Sheet:
    if len(text) > MOST_LETTERS:
        raise BadPasteError(str(len(text)))
    between = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = [[cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text.strip("\ufeff\n\r ")), delimiter=between)]
    sheet = [row for row in rows if any(row)]
    if not 1 < len(sheet) <= MOST_ROWS + 1:
        raise BadPasteError(str(max(len(sheet) - 1, 0)))
    return sheet


@dataclass(slots=True, kw_only=True)
class _Cells:
    """One row while it is read, with what is wrong in it."""

    row: int
    names: Sequence[str | None]
    headings: Sequence[str]
    cells: Sequence[str]
    faults: list[RowFault] = field(default_factory=list)

    def time(self, begins: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the row was."""
        said = self._said(TIME)
        found = moment_of(said, begins=begins, zone=zone)
        if found is None:
            self._fault(TIME, said, NO_TIME)
        return found

    def reading(self, at: datetime) -> Reading:
        """Return the row as what came in its minute."""
        counts = {(name, WHOLE): count for name in COUNTED
                  if (count := self._count(name)) is not None}
        orders, gmv = self._count("orders"), self._money(MONEY)
        if bool(orders) != bool(gmv):
            self._fault("orders" if orders else MONEY, self._said("orders" if orders else MONEY),
                        HALF)
        spend, online = self._money("spend"), self._count("online")
        return Reading(
            at=at.replace(second=0, microsecond=0) + timedelta(seconds=30), totals=counts,
            sold=(Sold(orders=orders, minor=gmv),) if orders and gmv else (),
            spent={WHOLE: spend} if spend else {}, source="observed",
            gauges=() if online is None else (Gauge(kind="online", value=online),))

    def order(self, at: datetime) -> Order:
        """Return the row as one order, under an id of its number and product alone."""
        order, product = self._said(ORDER), self._said("product_id") or WHOLE
        money, quantity = self._money(MONEY), self._count("quantity")
        if not order:
            self._fault(ORDER, order, NO_ORDER)
        if money is None:
            self._fault(MONEY, self._said(MONEY), NO_NUMBER)
        digest = blake2b(f"{order}\0{product}".encode(), digest_size=12).hexdigest()
        return Order(id=f"paste~k/{digest}", at=round(at.timestamp() * 1000), source="observed",
                     order_id=order[:64], product_id=product[:64],
                     quantity=1 if quantity is None else quantity,
                     amount=f"{(money or 0) // 100}.{(money or 0) % 100:02}",
                     buyer_id=self._said("buyer_id") or None)

    def _said(self, name: str) -> str:
        at = self.names.index(name) if name in self.names else len(self.cells)
        said = self.cells[at] if at < len(self.cells) else ""
        return "" if said.lower() in BLANKS else said

    def _number(self, name: str) -> float | None:
        said = self._said(name)
        if not said:
            return None
        found = parse(said)
        if not isinstance(found, float) or not 0 <= found < MOST:
            self._fault(name, said, NO_NUMBER)
            return None
        return found

    def _count(self, name: str) -> int | None:
        found = self._number(name)
        if found is not None and found != round(found):
            self._fault(name, self._said(name), NO_COUNT)
            return None
        return None if found is None else round(found)

    def _money(self, name: str) -> int | None:
        found = self._number(name)
        return None if found is None else round(found * 100)

    def _fault(self, name: str, said: str, text: Mapping[str, Text]) -> None:
        at = self.names.index(name) if name in self.names else -1
        heading = self.headings[at] if at >= 0 else name
        self.faults.append(RowFault(row=self.row, heading=heading, message=Message(
            key="bad_cell", values={"row": self.row, "heading": heading, "said": said[:40] or "—"},
            text=text["text"], hint=text["hint"])))


NO_TIME = {
    "text": Text(zh="第 {row} 行 {heading}：{said} 不是时间",
                 en="row {row}, {heading}: {said} is no time"),
    "hint": Text(zh="写 20:05、2026-11-28 20:05，或开播后第几分钟",
                 en="write 20:05, 2026-11-28 20:05, or the minute since the start")}
NO_NUMBER = {
    "text": Text(zh="第 {row} 行 {heading}：{said} 不是能收的数",
                 en="row {row}, {heading}: {said} is no number that can be taken"),
    "hint": Text(zh="写 1280、1,280 或 1.2万", en="write 1280 or 1,280")}
NO_COUNT = {
    "text": Text(zh="第 {row} 行 {heading}：{said} 不是整数",
                 en="row {row}, {heading}: {said} is no whole number"),
    "hint": Text(zh="这一列只收整数", en="this column takes whole numbers")}
NO_ORDER = {
    "text": Text(zh="第 {row} 行没有{heading}（{said}）", en="row {row} has no {heading} ({said})"),
    "hint": Text(zh="订单表每行要有订单号", en="every row of orders needs its number")}
HALF = {
    "text": Text(zh="第 {row} 行只有 {heading}（{said}），订单数和成交额要一起填",
                 en="row {row} has {heading} ({said}) alone: orders and money come together"),
    "hint": Text(zh="两列都填上，或两列都空着", en="fill in both, or neither")}


class BadPasteError(CaopanError):
    """Raised for what is no table with known headings."""

    def __init__(self, told: str) -> None:
        """Say what was found."""
        super().__init__(Message(
            key="bad_paste", values={"told": told, "most": MOST_ROWS},
            text=Text(zh="粘贴的不是认得的表（{told}）",
                      en="this is no table that is known ({told})"),
            hint=Text(zh="第一行是表头：时间，再加在线人数、进房、订单数和成交额等；"
                         "订单表要有订单号、时间、金额；最多 {most} 行",
                      en="headings first: a time, and viewers, entries, orders with GMV and so on; "
                         "a table of orders has order id, time and amount; at most {most} rows")))
