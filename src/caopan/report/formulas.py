"""How every reading is computed, as an operator would work it out by hand (怎么算)."""

from __future__ import annotations

from caopan.units.message import Text


def _pairs(lines: str) -> dict[str, Text]:
    """Return the texts of lines ``id | zh | en``."""
    rows = [[part.strip() for part in line.split(" | ")] for line in lines.strip().splitlines()]
    return {id_: Text(zh=zh, en=en) for id_, zh, en in rows}


FORMULAS: dict[str, Text] = _pairs("""
sessions | 这一期计入的开播次数 | shows of the period that count
sessions_per_week | 场次数 ÷ 周数 | sessions ÷ weeks of the period
impressions_per_session | 直播间曝光次数 ÷ 场次数 | room impressions ÷ sessions
impressions_per_hour | 直播间曝光次数 ÷ 直播小时数 | room impressions ÷ hours on air
views_per_session | 观看次数 ÷ 场次数 | views ÷ sessions
views_per_hour | 观看次数 ÷ 直播小时数 | views ÷ hours on air
orders_per_hour | 成交订单数 ÷ 直播小时数 | orders ÷ hours on air
avg_online_per_session | 各场平均在线 × 时长之和 ÷ 直播小时数 | \
sum of average online × hours ÷ hours on air
sku_sold | 这一期卖出过至少一件的商品数 | number of products with at least one sale
opm | 成交订单数 ÷ 观看次数 × 1,000 | orders ÷ views × 1,000
exposed_per_session | 直播间曝光人数 ÷ 场次数 | people shown the room ÷ sessions
viewers_per_session | 观看人数 ÷ 场次数 | viewers ÷ sessions
viewers_per_hour | 观看人数 ÷ 直播小时数 | viewers ÷ hours on air
enter_rate | 观看人数 ÷ 直播间曝光人数 | viewers ÷ people shown the room
enter_rate_pv | 观看次数 ÷ 直播间曝光次数 | views ÷ room impressions
prod_expo_rate | 商品曝光人数 ÷ 观看人数 | people shown a product ÷ viewers
prod_ctr_expo | 商品点击人数 ÷ 商品曝光人数 | people who clicked a product ÷ people shown a product
prod_ctr_expo_pv | 商品点击次数 ÷ 商品曝光次数 | product clicks ÷ product impressions
prod_ctr_view | 商品点击次数 ÷ 观看次数 | product clicks ÷ views
click_pay_rate | 成交人数 ÷ 商品点击人数 | buyers ÷ people who clicked a product
ctor | 成交订单数 ÷ 商品点击次数 | orders ÷ product clicks
view_pay_rate | 成交人数 ÷ 观看人数 | buyers ÷ viewers
orders_per_view | 成交订单数 ÷ 观看次数 | orders ÷ views
follow_rate | 新增粉丝数 ÷ 观看人数 | new followers ÷ viewers
net_follow_rate | （新增粉丝数 − 取关粉丝数）÷ 观看人数 | (new followers − followers lost) ÷ viewers
comments_per_view | 评论次数 ÷ 观看次数 | comments ÷ views
likes_per_view | 点赞次数 ÷ 观看次数 | likes ÷ views
shares_per_view | 分享次数 ÷ 观看次数 | shares ÷ views
private_share | 私域观看次数 ÷ 观看次数 | private views ÷ views
public_share | 公域观看次数 ÷ 观看次数 | public views ÷ views
paid_share | 付费观看次数 ÷ 观看次数 | paid views ÷ views
fee_rate | 投放消耗 ÷ GMV | ad spend ÷ GMV
top_session_share | 卖得最多的一场的 GMV ÷ 全部场次的 GMV | \
GMV of the best session ÷ GMV of all sessions
no_cart_share | 没挂车的场次 ÷ 全部开播次数 | shows without a cart ÷ all shows
false_start_share | 误开播的场次 ÷ 全部开播次数 | false starts ÷ all shows
zero_sales_share | 没有成交的场次 ÷ 场次数 | sessions that sold nothing ÷ sessions
top1_sku_share | 卖得最多的商品的 GMV ÷ 全部商品的 GMV | \
GMV of the best product ÷ GMV of all products
top3_sku_share | 卖得最多的三个商品的 GMV ÷ 全部商品的 GMV | \
GMV of the three best products ÷ GMV of all products
gmv_unknown_share | 没有 GMV 的场次 ÷ 全部开播次数 | shows without a GMV figure ÷ all shows
viewers_unknown_share | 观看人数和次数都没有的场次 ÷ 场次数 | \
sessions with neither viewers nor views ÷ sessions
product_gap | 商品合计 GMV 与场次 GMV 之差 ÷ 场次 GMV，只看有商品明细的场次 | \
the difference of product GMV and session GMV ÷ session GMV, over sessions with product rows
immature_share | 还在退款期内的场次 ÷ 场次数 | sessions still open to refunds ÷ sessions
units_per_view | 成交件数 ÷ 观看次数 | units ÷ views
orders_per_buyer | 成交订单数 ÷ 成交人数 | orders ÷ buyers
items_per_order | 成交件数 ÷ 成交订单数 | units ÷ orders
units_per_session | 成交件数 ÷ 场次数 | units ÷ sessions
units_per_hour | 成交件数 ÷ 直播小时数 | units ÷ hours on air
units_per_viewer | 成交件数 ÷ 观看人数 | units ÷ viewers
units_per_buyer | 成交件数 ÷ 成交人数 | units ÷ buyers
total_roi | GMV ÷ 投放消耗 | GMV ÷ ad spend
private_leverage | （观看次数 − 付费观看次数）÷ 付费观看次数 | (views − paid views) ÷ paid views
gmv_cv | 单场 GMV 的标准差 ÷ 单场 GMV 的平均 | standard deviation of GMV a session ÷ its mean
aov | GMV ÷ 成交人数 | GMV ÷ buyers
gmv_per_order | GMV ÷ 成交订单数 | GMV ÷ orders
price_per_item | GMV ÷ 成交件数 | GMV ÷ units
gmv_per_unit | GMV ÷ 成交件数 | GMV ÷ units
gmv_per_session | GMV ÷ 场次数 | GMV ÷ sessions
gmv_per_hour | GMV ÷ 直播小时数 | GMV ÷ hours on air
gmv_monthly | 截至期末 30 天内计入场次的 GMV 之和 | \
GMV of the sessions that count in the 30 days up to the end of the period
gpm | GMV ÷ 观看次数 × 1,000 | GMV ÷ views × 1,000
uv_value | GMV ÷ 观看人数 | GMV ÷ viewers
cost_enter | 投放消耗 ÷ 付费观看次数 | ad spend ÷ paid views
ad_spend_per_session | 投放消耗 ÷ 场次数 | ad spend ÷ sessions
mix | 商品 GMV 的变化里，件数和各商品价格都不能说明的部分 | \
what remains of the change in product GMV beside units and the prices of products
price | 各商品件单价的变化 × 该商品两期件数的平均，逐个相加 | \
change of each product's GMV per unit × its mean units of both periods, summed
avg_watch_s | 总停留秒数 ÷ 观看人数 | seconds watched ÷ viewers
hours_per_session | 直播小时数 ÷ 场次数 | hours on air ÷ sessions
start_hour_spread | 开播钟点的标准差，按一天一圈算 | \
standard deviation of the time of day of the start, on the circle of a day
live_days_per_week | 有开播的天数 ÷ 周数 | days with a session ÷ weeks of the period
days_since_last | 期末那天 − 最近一场那天 | last day of the period − day of the latest session
""")
"""The formula of every reading of the handbook's vocabulary, by id; a test holds both together."""
