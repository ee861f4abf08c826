"""The steps at the link desk (中控步骤): what is done for each item, in their order."""

from __future__ import annotations

from caopan.plan.item import Item
from caopan.units.message import Text

STEPS: dict[str, Text] = {
    "link": Text(zh="上链接", en="link up"),
    "price": Text(zh="改价", en="price set"),
    "coupon": Text(zh="发券", en="coupon out"),
    "stock": Text(zh="放库存", en="stock released"),
    "pin": Text(zh="挂讲解", en="pinned"),
    "off": Text(zh="下架", en="taken down"),
}


def steps(item: Item) -> tuple[str, ...]:
    """Return the steps an item needs; none where nothing is sold.

    >>> from caopan.plan.item import ItemType
    >>> steps(Item(id="a", type=ItemType.PRODUCT, title="苹果", seconds=60, product_id="p"))
    ('link', 'price', 'pin', 'off')
    """
    if item.product_id is None:
        return ()
    unneeded = {"coupon"} if item.coupon is None else set()
    unneeded |= set() if item.stock_batches else {"stock"}
    return tuple(one for one in STEPS if one not in unneeded)
