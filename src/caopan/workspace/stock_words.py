"""What is said of stock: why a line has no order, what an order rests on."""

from __future__ import annotations

from caopan.units.message import Message, Text

REASONS: dict[str, Text] = {
    "no_cost": Text(zh="没有成本价，算不出备多少划算；在排期商品表或商品表里填 unit_cost",
                    en="no cost is known, so no order can be worked out; fill in unit_cost in "
                       "planned_products or products"),
    "no_price": Text(zh="没有售价；填 live_price（直播价）或商品表的 list_price",
                     en="no price is known; fill in live_price, or list_price of the product"),
    "salvage_above_cost": Text(
        zh="残值不低于成本价，剩货不亏钱，备货就没有上限；核对 salvage_value 与 unit_cost",
        en="left over it is worth no less than its cost, so no order is too large; check "
           "salvage_value and unit_cost"),
    "other_currency": Text(zh="商品的币种和场次不同；在排期里用场次的币种写明成本和售价",
                           en="the product's currency is not the session's; write cost and price "
                              "in the session's currency in the plan"),
    "no_history": Text(
        zh="没有足够的分商品带货明细（session_products）可以推断需求；导入之后再算",
        en="too few sales by product and session (session_products) to tell demand from; import "
           "them and ask again"),
}
NOTES: dict[str, Text] = {
    "new_product": Text(zh="新品：按同主播、同角色、同价位的商品推断",
                        en="new: told from products of the same host, role and price"),
    "salvage_unknown": Text(zh="残值未知，按剩货一文不值算（偏保守）",
                            en="salvage unknown: what is left over is taken as worth nothing"),
    "refunds_unknown": Text(zh="退款率未知，按没有退款算（偏乐观）",
                            en="refunds unknown: taken as none, which flatters the profit"),
    "stock_unknown": Text(zh="现货未知，按没有现货算", en="stock on hand unknown: taken as none"),
    "stock_repeated": Text(zh="多场写了同一个现货数，只在第一场计一次",
                           en="the same stock stands in several sessions: counted in the first"),
    "left_over": Text(zh="现货是上一场预计剩下的", en="what is there is left from the show before"),
    "hours_usual": Text(zh="没写计划时长，用该主播平时的时长",
                        en="no planned hours: the host's usual ones stand in"),
    "list_price": Text(zh="没写直播价，按吊牌价算", en="no live price: the list price stands in"),
    "below_cost": Text(zh="到手价不高于成本，越卖越亏，不建议备货",
                       en="a sale brings no more than its cost: nothing is ordered"),
    "given_away": Text(zh="福利或引流款按预算内的亏损备货，它带来的流量不在这个利润里",
                       en="sold below cost on purpose, a budgeted loss; the traffic it brings is "
                          "not in its profit"),
    "assumed": Text(zh="排期没列商品，按商家（或这位主播卖过）的商品算",
                    en="the plan lists no products: the merchant's, or those the host sold before, "
                       "stand in"),
    "too_late": Text(zh="按补货天数已经来不及，能确保的只有现货",
                     en="too late for the usual lead time: only what is there is sure"),
}
_PROBLEMS: dict[str, tuple[Text, Text]] = {
    "no_cost": (
        Text(zh="场次“{session}”的商品“{product}”没有成本价",
             en="the product “{product}” of session “{session}” has no cost"),
        Text(zh="在这一行填 unit_cost，或导入带 unit_cost 的商品表；其余商品照算",
             en="fill in unit_cost in this row, or import products with it; the others go on")),
    "no_price": (
        Text(zh="场次“{session}”的商品“{product}”没有售价",
             en="the product “{product}” of session “{session}” has no price"),
        Text(zh="在这一行填 live_price，或导入带 list_price 的商品表",
             en="fill in live_price in this row, or import products with list_price")),
    "salvage_above_cost": (
        Text(zh="场次“{session}”的商品“{product}”残值不低于成本价",
             en="the product “{product}” of session “{session}” is worth no less left over than "
                "it costs"),
        Text(zh="核对 unit_cost 与商品表的 salvage_value",
             en="check unit_cost here and salvage_value of the product")),
    "other_currency": (
        Text(zh="商品“{product}”的币种和场次“{session}”不同",
             en="the product “{product}” is not in the currency of session “{session}”"),
        Text(zh="用场次的币种在这一行写明 unit_cost 和 live_price",
             en="write unit_cost and live_price in the session's currency in this row")),
    "other_currency_session": (
        Text(zh="场次的币种是 {value}，这份排期按 {currency} 计算，这一场没有算进来",
             en="the session is in {value}, the plan is worked out in {currency}: left out"),
        Text(zh="不同币种分开做排期", en="make a plan for each currency")),
}


def problem(key: str, **values: object) -> Message:
    """Return what is wrong with a row of a plan, for stock.

    >>> problem("no_cost", product="草莓", session="s1").say("zh")
    '场次“s1”的商品“草莓”没有成本价'
    """
    text, hint = _PROBLEMS[key]
    return Message(key=key, text=text, hint=hint, values=values)


TOTAL = Text(
    zh="{sessions} 场 {items} 个商品：订货 {units} 件，占用 {cost}；预期利润 {profit}，{range}",
    en="{items} products in {sessions} sessions: order {units} units for {cost}; expected profit "
       "{profit}, {range}")
IDLE = Text(
    zh="其中不订货、只卖现货就有 {idle}（现货已付过钱，成本不再扣）；订货再添 {added}",
    en="of that {idle} comes from what is held if nothing is ordered (it is paid for, so its cost "
       "is not taken off again); the orders add {added}")
RISKS = Text(zh="预计剩货损失 {waste}；需求走低时收不回的货款 {risk}",
             en="expected loss on what is left {waste}; money that low demand would not bring "
                "back {risk}")
RANGE = Text(zh="区间假设所有商品同好同坏", en="the range takes all products to be lucky together")
RANGE_TOLD = Text(
    zh="区间按最近 {n} 场的经验：好坏的相关，同一场 {session}，同一主播 {host}，不同主播 {others}",
    en="the range is as lines went together in the latest {n} sessions: correlation {session} "
       "within a session, {host} within a host, {others} between hosts")
CASH = Text(zh="资金上限 {cash}：预期利润是任何分法上限的 {share}；每多 1 元约多赚 {more} 元",
            en="within {cash}: these orders bring {share} of the most that any could; one more "
               "would bring {more}")
CASH_FREE = Text(zh="资金上限 {cash} 够用", en="the cash limit of {cash} does not bind")
ITEM = Text(
    zh="{session} {name}：订 {quantity} 件（现货 {held}），需求 {demand}；{cost}，预期利润 "
       "{profit}，缺货概率 {stockout}{notes}",
    en="{session} {name}: order {quantity} (have {held}), demand {demand}; {cost}, expected "
       "profit {profit}, stock-out {stockout}{notes}")
UNTOLD = Text(zh="{session} {name}：无法判断。{reason}",
              en="{session} {name}: cannot tell; {reason}")
MORE = Text(zh="……另有 {n} 行，见 --json", en="… and {n} more, see --json")
NOBODY = Text(zh="排期里没有商品，主播卖过什么、商家有什么也不知道；请放上 planned_products",
              en="the plan lists no products, and none of the hosts' or merchants' are known; put "
                 "planned_products into the plan's folder")
ALL_UNTOLD = Text(zh="没有一行能算出备货，原因见各行", en="no line has an order; each says why")
