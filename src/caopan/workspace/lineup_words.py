"""What is said around a line-up (排品的话)."""

from __future__ import annotations

from caopan.units.message import Message, Text

NO_PRODUCTS = Message(
    key="no_products", text=Text(zh="排期里没有可排的商品", en="the plan has no product to order"),
    hint=Text(zh="在 planned_products 里写上商品", en="list products in planned_products"))
NO_SUCH_SESSION = Message(
    key="no_planned_session",
    text=Text(zh="排期里没有带商品的场次 {session}",
              en="the plan has no session {session} with products"),
    hint=Text(zh="可选：{sessions}", en="there are: {sessions}"))
NO_MINUTES = Message(
    key="no_minutes", text=Text(zh="{minutes} 分钟排不下任何商品",
                                en="{minutes} minutes hold no product"),
    hint=Text(zh="写更长的时长（--minutes）", en="give more --minutes"))
OTHER_SESSIONS = Message(
    key="other_sessions",
    text=Text(zh="只排了 {session}；排期里另有 {n} 场",
              en="only {session} was put in order; the plan has {n} more sessions"),
    hint=Text(zh="用 --session 选别的场次", en="choose another with --session"))
UNKNOWN_PRODUCT = Message(
    key="unknown_product", text=Text(zh="rules.toml 提到的商品 {product} 不在这一场里",
                                     en="rules.toml names product {product}, which this session "
                                        "does not have"),
    hint=Text(zh="改成 planned_products 里的编号", en="use an id of planned_products"))
HEAD = Text(zh="{session}：{n} 个商品排进 {minutes} 分钟，预计{what} {value}"
               "（上限 {bound}，差 {gap}）",
            en="{session}: {n} products in {minutes} minutes, expected {what} {value} (at most "
               "{bound}, {gap} short of it)")
PROFIT, GMV = Text(zh="利润", en="profit"), Text(zh="GMV", en="GMV")
NO_COSTS = Text(zh="有商品没有成本或价格，按 GMV 排",
                en="some product has no cost or price: ordered by GMV")
UNTOLD = Text(zh="{n} 个商品没有历史，假设卖完手上的库存",
              en="{n} products have no history: they are assumed to sell their stock")
LENGTHS = Text(zh="讲得更久卖得更多的程度是假设的（时长的 {power} 次方），见手册 lineup.toml",
               en="how much more a longer explanation sells is assumed (the length to the power "
                  "{power}): see lineup.toml of the handbook")
ROW = Text(zh="{at}  {minutes} 分  {kind}  {title}  {target}",
           en="{at}  {minutes} min  {kind}  {title}  {target}")
MISSED = Text(zh="没做到：", en="not kept: ")
