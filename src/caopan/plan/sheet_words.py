"""What the fields of an item are called (节目单字段), in the order in which they are asked."""

from __future__ import annotations

from caopan.units.message import Text

FIELD_WORDS: dict[str, Text] = {
    "title": Text(zh="标题", en="title"),
    "type": Text(zh="类型", en="type"),
    "class": Text(zh="角色", en="class"),
    "product_id": Text(zh="商品编号", en="product"),
    "seconds": Text(zh="时长", en="length"),
    "min_seconds": Text(zh="最短", en="least length"),
    "anchor": Text(zh="整点承诺", en="promised time"),
    "daily_price": Text(zh="日常价", en="daily price"),
    "live_price": Text(zh="直播价", en="live price"),
    "coupon": Text(zh="券", en="coupon"),
    "final_price": Text(zh="到手价", en="final price"),
    "unit_cost": Text(zh="成本", en="unit cost"),
    "stock_batches": Text(zh="放单批次", en="stock batches"),
    "target": Text(zh="目标", en="target"),
    "points": Text(zh="要点", en="points"),
    "banned_words": Text(zh="禁用词", en="words not to be said"),
    "conditions": Text(zh="条件", en="conditions"),
    "sample_ready": Text(zh="样品", en="sample"),
    "fallback_id": Text(zh="备选", en="fallback"),
    "optional": Text(zh="可删", en="may be dropped"),
    "place": Text(zh="位置", en="place"),
    "item": Text(zh="整项", en="the item itself"),
    "id": Text(zh="编号", en="id"),
}
