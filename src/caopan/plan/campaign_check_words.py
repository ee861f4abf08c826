"""What can be missing in a campaign, in both languages."""

from __future__ import annotations

from caopan.units.message import Text

CHECKS: dict[str, Text] = {
    "no_frames": Text(zh="还没有讲品框架", en="no pitch frame is written yet"),
    "beats": Text(zh="{item}：还没写 {parts_zh}", en="{item}: {parts_en} not written"),
    "points": Text(zh="{item}：卖点 {n} 条，最多 {most} 条",
                   en="{item}: {n} selling points, at most {most}"),
    "confirm": Text(zh="{item}：主播还没确认", en="{item}: the host has not confirmed it"),
    "frame": Text(zh="{item}：讲品框架", en="{item}: pitch frame"),
    "words": Text(zh="{item}：有合规词 {words}", en="{item}: wording that warns: {words}"),
    "products": Text(zh="框架 {n} 个，这一级通常 {most} 个以上",
                     en="{n} frames; this level usually has {most} or more"),
    "no_session": Text(zh="爆发日没有场次", en="no session on the burst day"),
    "hours": Text(zh="爆发场 {hours} 小时，这一级通常 {least}–{most} 小时",
                  en="the burst lasts {hours} h; this level usually {least}–{most} h"),
    "sheet": Text(zh="{item} 还没有节目单", en="{item} has no run sheet yet"),
    "lints": Text(zh="{item} 的节目单有 {n} 处要改", en="the run sheet of {item} has {n} faults"),
    "sheet_ready": Text(zh="{item} 的节目单", en="run sheet of {item}"),
    "hold": Text(zh="憋单 {n} 秒，上限 {most} 秒", en="a hold of {n} s; the limit is {most} s"),
    "loops": Text(zh="小循环 {small} 分钟不短于大循环 {big} 分钟",
                  en="the small loop of {small} min is no shorter than the big one of {big}"),
    "pulse_late": Text(zh="脉冲“{item}”在第 {n} 分钟，超过爆发场的 {most} 分钟",
                       en="the pulse “{item}” at minute {n} lies beyond the show's {most}"),
    "pulses": Text(zh="还没有排脉冲", en="no pulse is planned yet"),
    "post": Text(zh="{role_zh}要 {most} 人，现有 {n} 人", en="{role_en}: {n} of {most} people"),
    "task": Text(zh="{item}", en="{item}"),
    "no_budget": Text(zh="还没有投放预算", en="no budget yet"),
    "budget_sum": Text(zh="各阶段预算加起来差总额 {gap}",
                       en="the phases' budgets miss the total by {gap}"),
    "session_sum": Text(zh="{phase_zh}各场的投放比阶段预算多 {gap}",
                        en="sessions of the {phase_en} spend {gap} more than its budget"),
    "waves": Text(zh="{item} 有投放，还没有分波次", en="{item} spends and has no waves yet"),
    "approve": Text(zh="{item} 还有 {n} 波没批", en="{item}: {n} waves are not approved"),
    "wave_ready": Text(zh="{item} 的波次", en="waves of {item}"),
    "wave_stock": Text(zh="{item} 第 {n} 波：库存只够 {cover} 的需求",
                       en="{item} wave {n}: stock meets {cover} of demand"),
    "order": Text(zh="{item} 要订 {n} 件", en="{item}: {n} to order"),
    "guards": Text(zh="每小时花费上限没有定", en="no limit of spend an hour is set"),
    "no_cards": Text(zh="还没有选预案", en="no contingency card is chosen yet"),
    "card": Text(zh="预案“{item_zh}”", en="card “{item_en}”"),
    "card_person": Text(zh="预案“{item_zh}”没有负责人", en="card “{item_en}” has nobody in charge"),
    "card_drill": Text(zh="预案“{item_zh}”没演练", en="card “{item_en}” was not rehearsed"),
    "card_gone": Text(zh="手册里没有预案 {item}", en="the handbook has no card {item}"),
}
"""By the key of a check."""
