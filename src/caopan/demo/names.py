"""Invented names, each with the synthetic label."""

from __future__ import annotations

from caopan.demo.category import CATEGORIES
from caopan.demo.goods import Goods
from caopan.demo.label import labelled
from caopan.demo.ragged import Ints, ranks

FIRST = ("青禾", "云朵", "南桥", "晨光", "小满", "拾光", "北岸", "松月", "花间", "知秋", "半山",
         "星野", "初见", "暖阳", "麦田", "鹿鸣")
SHOP = ("旗舰店", "工厂店", "优选店", "达人店")
PERSON = ("阿", "小", "大", "老")
GIVEN = ("宁", "桃", "川", "舟", "雪", "森", "月", "杰", "楠", "禾", "遥", "乐")
PLATFORMS = ("kuaishou", "kuaishou", "douyin")
"""The platform of a merchant, in turn."""


def merchant_names(category: Ints, kind: Ints, *, fruit: bool) -> list[str]:
    """Return a name for each merchant.

    >>> import numpy as np
    >>> merchant_names(np.array([2]), np.array([1]), fruit=False)
    ['青禾女装工厂店（合成）']
    """
    made = [f"{FIRST[i % len(FIRST)]}{CATEGORIES[c].name}{SHOP[k]}{_turn(i, len(FIRST))}"
            for i, (c, k) in enumerate(zip(category.tolist(), kind.tolist(), strict=True))]
    if fruit:
        made[0] = "水果小院"
    return [labelled(name) for name in made]


def host_names(merchants: list[str], merchant: Ints, talent: list[bool]) -> list[str]:
    """Return a name for each host: the shop's own room, or a person.

    >>> import numpy as np
    >>> host_names(["青禾（合成）"], np.array([0, 0]), [False, True])
    ['青禾直播间（合成）', '主播小桃（合成）']
    """
    own = [merchants[m].removesuffix(labelled("")) for m in merchant.tolist()]
    room, seen = "直播间", set[str]()
    made = []
    for i, (shop, person) in enumerate(zip(own, talent, strict=True)):
        many = len(PERSON) * len(GIVEN)
        called = f"主播{PERSON[i % len(PERSON)]}{GIVEN[i % len(GIVEN)]}{_turn(i, many)}"
        name = called if person else shop + (room if shop not in seen else "二号" + room)
        seen.add(shop)
        made.append(labelled(name))
    return made


def product_names(goods: Goods, category: Ints) -> list[str]:
    """Return a name for each product, from its category and number."""
    rows = zip(category[goods.merchant].tolist(), goods.item.tolist(),
               ranks(goods.counts).tolist(), goods.counts[goods.merchant].tolist(), strict=True)
    return [labelled(f"{CATEGORIES[c].items[item]}{number + 1:02d}号款" if of > 1 else "鲜果一盒")
            for c, item, number, of in rows]


def _turn(i: int, many: int) -> str:
    return str(i // many + 1) if i >= many else ""
