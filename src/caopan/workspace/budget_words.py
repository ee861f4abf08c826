"""What is said of a budget."""

from __future__ import annotations

from caopan.units.message import Text

NO_MARGIN = Text(
    zh="商品的成本价或售价不全，一块钱成交剩多少算不出来，投放回报也就算不出来",
    en="costs or prices are missing, so what a yuan of sales leaves cannot be told, nor what spend "
       "earns")
PACED = Text(zh="投放回报说不准：{reason}。下面只按计划金额和库存分波次，不承诺回报",
             en="what spend returns cannot be told: {reason}. Below, the plan's own amounts are "
                "paced by stock, and no return is claimed")
NOTHING = Text(zh="排期里没有写投放金额（planned_ad_spend），也没有 --total：没有可分的钱",
               en="the plan has no planned_ad_spend and no --total is given: nothing to divide")
SUM = Text(zh="{sessions} 场合计投放 {spend}", en="{spend} in all over {sessions} sessions")
REST = Text(zh="，另有 {rest} 不建议花", en="; {rest} is better left unspent")
GAIN = Text(zh="扣掉投放后的毛利比不投多 {range}，中位 {mid}；是任何分法上限 {bound} 的 {share}",
            en="profit after spend is {range} more than without any, middle {mid}; {share} of the "
               "bound {bound} on any division")
OVER = Text(zh="比排期原来的分法多 {range}", en="{range} more than the plan's own division")
SESSION = Text(zh="{session}：投 {spend}{gain}", en="{session}: spend {spend}{gain}")
SESSION_GAIN = Text(zh="，多赚 {range}", en=", earns {range}")
TOOLS = Text(zh="  按工具（照过往用法；哪个工具更有用说不准）：{parts}",
             en="  by tool (as used so far; which of them does it cannot be told): {parts}")
WAVE = Text(
    zh="  第 {number} 波 {start}–{end} 分钟：{spend}；这一段的库存够满足 {cover} 的需求",
    en="  wave {number}, minutes {start}–{end}: {spend}; stock meets {cover} of the segment's "
       "demand")
GO = Text(zh="，还剩 {needed} 件以上才放", en="; go ahead with {needed} units or more left")
STOP = Text(zh="；到段末累计卖不到 {stop} 件，就算全是投放带来的也亏，后面的停投",
            en="; stop if fewer than {stop} are sold by its end: then the spend has lost money "
               "even if every sale was its doing")
WAVE_BARE = Text(zh="  第 {number} 波 {start}–{end} 分钟：{spend}（没有商品明细，不分段）",
                 en="  wave {number}, minutes {start}–{end}: {spend} (no line-up, no segments)")
LOSS = Text(
    zh="{role}：{lines} 个商品按预算内亏损，预计亏 {expected}（{range}），封顶 {most}",
    en="{role}: {lines} products at a budgeted loss of {expected} ({range}), at most {most}")
AGAINST = Text(zh="{name} 比 {first}：订货 {cost}，投放 {spend}，货利 {profit}，投放回报 {gain}",
               en="plan {name} against {first}: orders {cost}, spend {spend}, profit of goods "
                  "{profit}, return of spend {gain}")
UNTOLD = Text(zh="说不准", en="cannot be told")
IMPORTED = Text(zh="已导入的排期", en="the imported plan")
MORE = Text(zh="……另有 {n} 场，见 --json", en="… and {n} more sessions, see --json")
TOO_MANY = (Text(zh="一次最多对比 {most} 个方案，给了 {asked} 个",
                 en="at most {most} plans stand side by side, not {asked}"),
            Text(zh="少写几个 --plan", en="name fewer with --plan"))
