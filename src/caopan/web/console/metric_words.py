"""What families, bases and groupings of metrics are called on a screen."""

from __future__ import annotations

from caopan.metrics.metric import GmvBasis
from caopan.units.message import Text

FAMILIES: dict[str, Text] = {
    "sales": Text(zh="成交（场次）", en="Sales by session"),
    "traffic": Text(zh="流量与步骤", en="Traffic and steps"),
    "product_steps": Text(zh="商品步骤", en="Product steps"),
    "interaction": Text(zh="互动", en="Interaction"),
    "followers": Text(zh="粉丝", en="Followers"),
    "cadence": Text(zh="开播节奏", en="Cadence"),
    "record": Text(zh="单场纪录", en="Records"),
    "advertising": Text(zh="投放", en="Advertising"),
    "ledger_sales": Text(zh="成交（订单）", en="Sales by order"),
    "refunds": Text(zh="退款", en="Refunds"),
    "repurchase": Text(zh="复购", en="Repurchase"),
    "structure": Text(zh="构成", en="Structure"),
    "stock": Text(zh="库存", en="Stock"),
    "service": Text(zh="服务商", en="Providers"),
    "article": Text(zh="生态", en="Ecosystem"),
}
"""Families in the order of a show: who comes, what they do, what it brings, what stays."""

BASES: dict[GmvBasis, Text] = {
    GmvBasis.SESSION: Text(zh="场次自报成交（含后续退款）",
                           en="the session's own GMV, later refunds included"),
    GmvBasis.PAID: Text(zh="已付订单行（不含 0 元单）",
                        en="paid order lines, zero-yuan lines left out"),
    GmvBasis.NET: Text(zh="已付减去到期退款", en="paid less refunds at the stated maturity"),
    GmvBasis.PRODUCT: Text(zh="商品报表自报成交", en="the product report's own GMV"),
    GmvBasis.ATTRIBUTED: Text(zh="平台归因成交（不是投放的效果）",
                              en="what the platform attributes (not the effect of the spend)"),
}

GROUPS: dict[str, Text] = {
    "streamer_id": Text(zh="主播", en="host"), "merchant_id": Text(zh="商家", en="merchant"),
    "session_id": Text(zh="场次", en="session"), "product_id": Text(zh="商品", en="product"),
    "day": Text(zh="日", en="day"), "week": Text(zh="周", en="week"),
    "month": Text(zh="月", en="month"), "weekday": Text(zh="星期几", en="day of the week"),
    "hour": Text(zh="开播钟点", en="hour of start"), "platform": Text(zh="平台", en="platform"),
    "level": Text(zh="场次级别", en="level"), "currency": Text(zh="币种", en="currency"),
    "campaign_id": Text(zh="活动", en="campaign"), "belt_id": Text(zh="产业带", en="belt"),
    "provider_id": Text(zh="服务商", en="provider"),
    "operator_id": Text(zh="操盘手", en="operator"),
    "engagement_id": Text(zh="陪跑合约", en="engagement"),
    "operated_by": Text(zh="由谁操盘", en="operated by"),
    "merchant_category": Text(zh="商家类目", en="merchant's category"),
    "merchant_city": Text(zh="商家城市", en="merchant's city"),
    "merchant_kind": Text(zh="商家类型", en="kind of merchant"),
    "merchant_province": Text(zh="商家省份", en="merchant's province"),
    "provider_city": Text(zh="服务商城市", en="provider's city"),
    "provider_kind": Text(zh="服务商类型", en="kind of provider"),
    "provider_tier": Text(zh="服务商层级", en="provider's tier"),
    "served": Text(zh="是否有服务商", en="served or not"),
    "streamer_kind": Text(zh="主播类型", en="kind of host"),
    "streamer_provider_id": Text(zh="主播的服务商", en="host's provider"),
    "trust_rights": Text(zh="信任权益", en="trust rights"),
    "trusted": Text(zh="有无信任权益", en="with trust rights or not"),
    "province": Text(zh="收货省份", en="province"), "channel": Text(zh="渠道", en="channel"),
    "tool": Text(zh="投放工具", en="tool"), "goal": Text(zh="投放目标", en="goal"),
    "plan_id": Text(zh="计划", en="plan"), "experiment": Text(zh="实验档", en="experiment arm"),
    "role": Text(zh="货品角色", en="role"), "order_kind": Text(zh="订单类型", en="kind of order"),
    "product_category": Text(zh="商品类目", en="product's category"),
    "category": Text(zh="类目", en="category"), "kind": Text(zh="类型", en="kind"),
    "city": Text(zh="城市", en="city"), "tier": Text(zh="层级", en="tier"),
    "order_id": Text(zh="订单", en="order"),
    "buyer_id": Text(zh="买家（已加密）", en="buyer (hashed)"),
    "minute": Text(zh="第几分钟", en="minute"),
    "new_to_shop": Text(zh="是否店铺新客", en="new to the shop"),
}
