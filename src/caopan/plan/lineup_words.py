"""What is said of a line-up's rules (排品规则的话)."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.plan.item import CLASS_WORDS, LineClass
from caopan.units.message import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A sentence that goes before another one."""

    text: Text

    def joined(self, then: Text) -> Text:
        """Return both as one.

        >>> Before(text=Text(zh="甲：", en="a: ")).joined(Text(zh="乙", en="b")).zh
        '甲：乙'
        """
        return Text(zh=self.text.zh + then.zh, en=self.text.en + then.en)


AFTER = Before(text=Text(zh="这些要求不能同时满足（{names_zh}）：",
                         en="these demands cannot all hold ({names_en}): "))
WORDS: dict[str, tuple[Text, Text]] = {
    "minutes": (
        Text(zh="{items} 个品各讲最短也超时 {amount} 分钟",
             en="{items} products at their least lengths run {amount} minutes over"),
        Text(zh="加时长（--minutes）、减品，或在 rules.toml 的 [seconds] 里放低最短秒数",
             en="give more --minutes, take products out, or lower the least seconds under "
                "[seconds] in rules.toml")),
    "apart": (
        Text(zh="{kind_zh}之间的间隔差 {amount} 分钟",
             en="items of class {kind_en} stand {amount} minutes too close"),
        Text(zh="放低 [apart_minutes] 里的 {kind}，或少排几个",
             en="lower {kind} under [apart_minutes], or plan fewer of them")),
    "first": (
        Text(zh="开场第一个品不是要求的角色",
             en="the first product is of none of the classes that may open"),
        Text(zh="在 first 里加上角色，或排一个福利款、引流款",
             en="add a class to first, or plan a welfare or traffic product")),
    "stretch": (
        Text(zh="主播连播超过上限 {amount} 分钟",
             en="the host is on air {amount} minutes longer than allowed without a break"),
        Text(zh="放长 [show] 的 stretch_minutes，或把钉死的时间挪开",
             en="lengthen stretch_minutes under [show], or move what is pinned")),
    "loss_cap": (
        Text(zh="亏损款最少也要多亏 {amount} 元",
             en="what is sold below cost loses {amount} (major units) more than the cap"),
        Text(zh="提高 loss_cap，减少亏损款的库存，或换掉一个",
             en="raise loss_cap, release less stock of what is sold below cost, or take one out")),
    "pin": (
        Text(zh="钉死开始时间的品晚了 {amount} 分钟",
             en="a product pinned to a moment begins {amount} minutes late"),
        Text(zh="挪开 [[pins]] 的 minute，或把它前面的品放短",
             en="move a minute under [[pins]], or shorten what stands before it")),
    "order": (
        Text(zh="先后要求差 {amount} 分钟", en="an order asked for is missed by {amount} minutes"),
        Text(zh="看看 [[orders]] 是不是绕成了圈，或与 [[pins]] 冲突",
             en="look whether [[orders]] run in a circle or against [[pins]]")),
}
_NAMES: dict[str, Text] = {
    "minutes": Text(zh="总时长", en="minutes of the show"),
    "apart": Text(zh="同类间隔", en="distance between items of a class"),
    "first": Text(zh="开场角色", en="class that opens"),
    "stretch": Text(zh="主播休息", en="host breaks"),
    "loss_cap": Text(zh="亏损上限", en="loss cap"),
    "pin": Text(zh="钉死的时间", en="pinned moments"),
    "order": Text(zh="先后要求", en="orders"),
}


def rule_name(rule: str) -> Text:
    """Return what a rule is called.

    >>> rule_name("apart.hero").zh
    '同类间隔·主推款'
    """
    name, _, kind = rule.partition(".")
    if not kind:
        return _NAMES[name]
    words = CLASS_WORDS[LineClass(kind)]
    return Text(zh=f"{_NAMES[name].zh}·{words.zh}", en=f"{_NAMES[name].en}, {words.en}")
