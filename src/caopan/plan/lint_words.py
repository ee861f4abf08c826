"""What is said of a run sheet's faults and how each is mended (检查的话)."""

from __future__ import annotations

from caopan.units.message import Text

LINTS: dict[str, tuple[Text, Text]] = {
    "price_above_daily": (
        Text(zh="“{item}”直播价 {live} 高于日常价 {daily}",
             en="“{item}”: the live price {live} is above the daily price {daily}"),
        Text(zh="核对价格，直播价不能更贵", en="check the prices: on air it cannot cost more")),
    "final_above_live": (
        Text(zh="“{item}”到手价 {final} 高于直播价 {live}",
             en="“{item}”: the final price {final} is above the live price {live}"),
        Text(zh="核对价格和券", en="check the prices and the coupon")),
    "price_broken": (
        Text(zh="“{item}”到手 {price}，同一商品在“{other}”里只要 {promised}",
             en="“{item}” costs {price}, and the same product only {promised} in “{other}”"),
        Text(zh="同一场同一商品只能一个到手价", en="one product has one final price in a session")),
    "margin": (
        Text(zh="“{item}”到手 {price}，低于毛利底线价 {least}",
             en="“{item}” costs {price}, below the price {least} of the margin floor"),
        Text(zh="减券、提价，或改成福利款并算进亏损上限",
             en="lower the coupon or raise the price, or make it a welfare item within the loss "
                "cap")),
    "stock": (
        Text(zh="“{item}”库存 {stock}，目标上限 {high}，差 {short}",
             en="“{item}”: stock {stock} against an upper end of {high}: {short} short"),
        Text(zh="补货、分批放单，或降低目标", en="add stock, release it in batches, or aim lower")),
    "sample": (
        Text(zh="“{item}”样品没到", en="“{item}”: the sample is not there"),
        Text(zh="催样品，或换备选", en="get the sample, or swap in the fallback")),
    "banned": (
        Text(zh="“{item}”的要点“{point}”里有不能说的词“{word}”",
             en="“{item}”: the point “{point}” holds “{word}”, which must not be said"),
        Text(zh="换一种说法", en="say it in other words")),
    "hold": (
        Text(zh="“{item}”憋单 {minutes} 分钟，超过上限 {most} 分钟",
             en="“{item}” is held back for {minutes} minutes, more than the {most} allowed"),
        Text(zh="缩短，或提前放一批", en="shorten it, or release a batch earlier")),
    "late": (
        Text(zh="“{item}”的整点承诺要晚 {minutes} 分钟",
             en="“{item}” was promised for a time that it misses by {minutes} minutes"),
        Text(zh="缩短它前面的项", en="shorten what stands before it")),
    "overrun": (
        Text(zh="总时长超出计划的 {planned} 分钟 {minutes} 分钟（可删的有 {optional} 项）",
             en="the sheet runs {minutes} minutes over the {planned} planned ({optional} items "
                "may be dropped)"),
        Text(zh="缩短或删掉可选项", en="shorten items or drop optional ones")),
}
NAMES: dict[str, Text] = {
    "price_above_daily": Text(zh="直播价高于日常价", en="live price above daily"),
    "final_above_live": Text(zh="到手价高于直播价", en="final price above live"),
    "price_broken": Text(zh="同款两个价", en="one product at two prices"),
    "margin": Text(zh="低于毛利底线", en="below the margin floor"),
    "stock": Text(zh="库存不够", en="stock is short"),
    "sample": Text(zh="样品没到", en="no sample"),
    "banned": Text(zh="有禁用词", en="a word not to be said"),
    "hold": Text(zh="憋单太久", en="held back too long"),
    "late": Text(zh="赶不上整点", en="misses its time"),
    "overrun": Text(zh="总时长超了", en="too long in all"),
}
"""What each fault is called beside its item."""
FIXES: dict[str, Text] = {
    "live_price": Text(zh="直播价改成 {value}", en="set the live price to {value}"),
    "final_price": Text(zh="到手价改成 {value}", en="set the final price to {value}"),
    "coupon": Text(zh="券改成 {value}", en="set the coupon to {value}"),
    "stock_batches": Text(zh="加一批 {n}", en="add a batch of {n}"),
    "sample_ready": Text(zh="样品已到", en="the sample is there"),
    "points": Text(zh="去掉这些词", en="take the words out"),
    "seconds": Text(zh="改成 {seconds} 秒", en="set it to {seconds} s"),
    "shorter": Text(zh="“{item}”缩短 {minutes} 分钟", en="shorten “{item}” by {minutes} minutes"),
}
