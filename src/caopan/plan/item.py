"""An item (节目) of a run sheet: what is on air, how long, at what price, and what must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from caopan.units.interval import Interval
from caopan.units.message import Text


class ItemType(StrEnum):
    """What an item is for (环节类型)."""

    OPEN = "open"
    PRODUCT = "product"
    WELFARE = "welfare"
    FLASH = "flash"
    INTERACTION = "interaction"
    QA = "qa"
    BREAK = "break"
    CLOSE = "close"


class LineClass(StrEnum):
    """What a product is for in the line-up (货品角色), the classes of ``planned_products.role``."""

    WELFARE = "welfare"
    TRAFFIC = "traffic"
    HERO = "hero"
    PROFIT = "profit"
    IMAGE = "image"
    REGULAR = "regular"


TYPE_WORDS: dict[ItemType, Text] = {
    ItemType.OPEN: Text(zh="开场", en="opening"),
    ItemType.PRODUCT: Text(zh="讲品", en="product"),
    ItemType.WELFARE: Text(zh="福利", en="welfare"),
    ItemType.FLASH: Text(zh="闪购", en="flash sale"),
    ItemType.INTERACTION: Text(zh="互动", en="interaction"),
    ItemType.QA: Text(zh="答疑", en="Q&A"),
    ItemType.BREAK: Text(zh="休息", en="break"),
    ItemType.CLOSE: Text(zh="收尾", en="closing"),
}
CLASS_WORDS: dict[LineClass, Text] = {
    LineClass.WELFARE: Text(zh="福利款", en="welfare"),
    LineClass.TRAFFIC: Text(zh="引流款", en="traffic"),
    LineClass.HERO: Text(zh="主推款", en="hero"),
    LineClass.PROFIT: Text(zh="利润款", en="profit"),
    LineClass.IMAGE: Text(zh="形象款", en="image"),
    LineClass.REGULAR: Text(zh="常规款", en="regular"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StockBatch:
    """Boxes released together (放单批次); ``when`` says on what condition, None: with the item."""

    quantity: int
    when: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an item should bring: GMV in minor units, units; None = not said."""

    gmv: Interval | None = None
    units: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item; None = not said, never zero.

    ``seconds`` and ``min_seconds``: its length and the least it can be cut to, whole seconds.
    ``anchor``: the aware instant it was promised for (整点承诺); it may not begin before.
    ``daily_price``, ``live_price``, ``final_price``: the price ladder 日常/直播/到手 in minor units
    of the sheet's currency. ``coupon``: minor units off. ``unit_cost``: minor units.
    """

    id: str
    type: ItemType
    title: str
    seconds: int
    line_class: LineClass | None = None
    product_id: str | None = None
    min_seconds: int | None = None
    anchor: datetime | None = None
    daily_price: int | None = None
    live_price: int | None = None
    final_price: int | None = None
    coupon: int | None = None
    unit_cost: int | None = None
    stock_batches: tuple[StockBatch, ...] = ()
    target: Target = Target()
    points: tuple[str, ...] = ()
    banned_words: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    sample_ready: bool | None = None
    fallback_id: str | None = None
    optional: bool = False

    @property
    def least(self) -> int:
        """Return the least length in seconds; the whole length where none is said.

        >>> Item(id="a", type=ItemType.QA, title="答疑", seconds=300).least
        300
        """
        return self.seconds if self.min_seconds is None else min(self.min_seconds, self.seconds)

    @property
    def stock(self) -> int | None:
        """Return the boxes of all batches; None where no batch is said.

        >>> Item(id="a", type=ItemType.FLASH, title="x", seconds=60,
        ...      stock_batches=(StockBatch(quantity=30), StockBatch(quantity=20))).stock
        50
        """
        return sum(one.quantity for one in self.stock_batches) if self.stock_batches else None

    @property
    def price(self) -> int | None:
        """Return what a buyer pays in the end, minor units: to hand, else live less the coupon.

        >>> Item(id="a", type=ItemType.PRODUCT, title="x", seconds=60, live_price=9900,
        ...      coupon=1000).price
        8900
        """
        if self.final_price is not None:
            return self.final_price
        return None if self.live_price is None else self.live_price - (self.coupon or 0)
