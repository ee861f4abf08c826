"""The headings of a pasted table (表头): which column tells what, in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

TIME, ORDER, MONEY = "time", "order_id", "money"
_WORDS: dict[str, str] = {
    TIME: "时间 分钟 时刻 分时 时段 付款时间 支付时间 下单时间 "
          "time minute at paidat paytime ordertime",
    ORDER: "订单号 订单编号 主订单编号 子订单编号 订单id orderid orderno ordernumber",
    "product_id": "商品id 商品编号 商品号 商品编码 productid itemid skuid sku",
    MONEY: "金额 实付金额 支付金额 付款金额 成交额 成交金额 销售额 支付gmv "
           "amount gmv revenue sales",
    "quantity": "数量 件数 商品数量 成交件数 quantity qty units",
    "buyer_id": "买家 买家id 买家昵称 用户id buyer buyerid customer",
    "online": "在线 在线人数 实时在线 实时在线人数 同时在线 online viewersonline onlineviewers ccu",
    "enter": "进房 进房人数 进入人数 进入直播间人数 新增观看 观看人次 entries enters views",
    "leave": "离开 离开人数 leaves",
    "impression": "商品曝光 商品曝光次数 商品曝光人数 productimpressions impressions",
    "click": "商品点击 商品点击次数 商品点击人数 点击 productclicks clicks",
    "orders": "订单 订单数 成交订单 成交订单数 成交单数 支付订单数 orders paidorders",
    "spend": "消耗 花费 投放 投放消耗 广告消耗 spend cost adspend",
    "comment": "评论 评论数 评论次数 comments",
    "like": "点赞 点赞数 点赞次数 likes",
    "follow": "关注 新增关注 新增粉丝 涨粉 follows newfollowers",
    "share": "分享 分享数 分享次数 shares"}
_KNOWN = {word: name for name, words in _WORDS.items() for word in words.split()}
_BESIDE = re.compile(r"[(（\[].*?[)）\]]|[\s_\-:：/·.]+")


def field_of(heading: str) -> str | None:
    """Return what a column tells; None where its heading is not known.

    >>> field_of("成交金额（元）"), field_of("Paid at"), field_of("备注")
    ('money', 'time', None)
    """
    word = _BESIDE.sub("", unicodedata.normalize("NFKC", heading).strip().lower())
    return _KNOWN.get(word)


def fields(row: Sequence[str]) -> list[str | None]:
    """Return what each column of a heading row tells, the first of two alike.

    >>> fields(["时间", "在线人数", "备注", "在线"])
    ['time', 'online', None, None]
    """
    seen: set[str] = set()
    found: list[str | None] = []
    for heading in row:
        name = field_of(heading)
        found.append(None if name in seen else name)
        seen |= {name} if name else set()
    return found
