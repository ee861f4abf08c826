"""What a response says in words."""

from __future__ import annotations

from caopan.forecast.ladder import Ladder
from caopan.forecast.responding import LEAST_DRAWN, Found, Why
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.unit import Unit

REASONS: dict[Why, Text] = {
    Why.NO_SPEND: Text(
        zh="没有投放记录：一场也没有花过钱，或者没有记下来（没记下不等于没花）",
        en="no spend is on record: nothing was spent, or nobody wrote it down (which is not zero)"),
    Why.NOT_DRAWN: Text(
        zh="{n} 场的投放都是人定的：看好才多投，卖得多可能只是因为那天本来就好，投放的作用分不出来",
        en="somebody decided the spend of all {n} sessions: more is spent when a good day is seen "
           "coming, so what spend did cannot be told from what the day did"),
    Why.FEW_DRAWN: Text(
        zh="投放由抽签决定的只有 {drawn} 场（合起来至少 {least} 场，×0、×1、×2 中至少两档各 3 场）",
        en="the spend of only {drawn} sessions was drawn (at least {least} are needed, and 3 of "
           "each of two rungs)"),
    Why.TOO_WIDE: Text(
        zh="抽签的 {drawn} 场起伏太大，区间没有比事先的猜测窄多少",
        en="the {drawn} drawn sessions scatter so much that the range is hardly narrower than what "
           "was thought before"),
}
SETTLES = Text(
    zh="要弄清楚：随机决定 {sessions} 场的投放（×0、×1、×2 各三分之一，平时每场 {spend}）。"
       "如果多投 1 块能多卖 {detect} 块，有 {power} 的把握看得出来；学费：少卖 {cost}",
    en="what would settle it: draw the spend of {sessions} sessions (×0, ×1, ×2, a third each, of "
       "the usual {spend}). If one yuan more brings {detect} of sales, it is seen with "
       "probability {power}; learning costs {cost} of sales")
NO_SCALE = Text(
    zh="要弄清楚：先把每场的投放金额一起导入（没投就写 0），"
       "再随机决定一部分场次的投放（×0、×1、×2）",
    en="what would settle it: import the spend of every session (0 where there was none), then "
       "draw the spend of some sessions (×0, ×1, ×2)")
SAID = Text(
    zh="{who}：在每场投 {spend} 附近，再多投 1 块，多卖 {range}"
       "（平均 {mid}；{drawn} 场抽签投放撑起）",
    en="{who}: near {spend} a session, one yuan more brings {range} of sales (mean {mid}; "
       "carried by {drawn} sessions with drawn spend)")
EVERYONE = Text(zh="合起来看", en="all hosts together")
ATTRIBUTED = Text(
    zh="平台归因的投产比（平台自己的说法，不是投放的作用）：{ratio}（{n} 场）",
    en="return as the platform attributes it (the platform's own claim, never the effect): "
       "{ratio} ({n} sessions)")
ATTRIBUTED_LABEL = Text(zh="平台归因，不是投放的作用",
                        en="as the platform attributes it, never the effect")
POINT = Text(zh="每场投 {spend}：比不投多卖 {range}",
             en="{spend} a session: {range} more than without any")
UNMATCHED = Text(
    zh="投放明细 {rows} 行里有 {n} 行找不到场次（共 {spend}），没有用上：把场次号一起导入",
    en="{n} of {rows} ad rows found no session ({spend} in all) and are not used: import the "
       "session's id with them")
HOSTS = Text(zh="能说清的主播 {told} 位，说不准的 {untold} 位：--streamer 看某一位",
             en="{told} hosts can be told, {untold} cannot: --streamer shows one")


def reason(found: Found) -> Text:
    """Return why nothing is claimed, finished.

    >>> reason(Found(name="h", n=4, drawn=0, why=Why.NOT_DRAWN)).plain("en")[:45]
    'somebody decided the spend of all 4 sessions:'
    """
    text = REASONS[found.why or Why.NOT_DRAWN]
    values = {"n": found.n, "drawn": found.drawn, "least": LEAST_DRAWN}
    return Text(zh=text.zh.format(**values), en=text.en.format(**values))


def settles(design: Ladder | None, *, currency: str, language: Language) -> str:
    """Return the experiment that would settle it, with its power and what learning costs."""
    if design is None:
        return NO_SCALE.plain(language)
    return SETTLES.say(
        language, sessions=design.sessions, detect=number.times(design.detect),
        power=number.percent(design.power),
        spend=number.money(design.spend, currency=currency, language=language),
        cost=money_range(design.cost, currency=currency, language=language))


def said(found: Found, marginal: Interval, *, currency: str, language: Language) -> str:
    """Return what one yuan more brings, as a sentence."""
    return SAID.say(
        language, who=found.name or EVERYONE.plain(language), drawn=found.drawn,
        spend=number.money(found.at_spend, currency=currency, language=language),
        range=number.interval(marginal, unit=Unit.TIMES, language=language),
        mid=number.times(marginal.mid))


def money_range(amount: Interval, *, currency: str, language: Language) -> str:
    """Return a range of money.

    >>> money_range(Interval(low=100, mid=200, high=300, level=0.8), currency="CNY", language="en")
    '¥1–3 (80%)'
    """
    return number.interval(amount, unit=Unit.MONEY, currency=currency, language=language)
