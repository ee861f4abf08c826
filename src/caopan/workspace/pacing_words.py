"""What a pacing says in words."""

from __future__ import annotations

from caopan.forecast.pace import Method
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.unit import Unit

NAMES: dict[str, Text] = {
    "gmv": Text(zh="成交金额", en="GMV"), "units": Text(zh="成交件数", en="units"),
    "orders": Text(zh="成交订单数", en="orders"),
}
METHODS: dict[Method, Text] = {
    Method.PRIOR: Text(
        zh="按开播前的预估：过往场次没有足够的分钟数据，这一场的分钟还读不出意思",
        en="by the forecast before the session: too few past sessions have minutes to read this "
           "one's by"),
    Method.GAMMA_POISSON: Text(
        zh="开播前的预估，按目前卖出的修正；{n} 场过往走势说了修正多少",
        en="the forecast before the session, moved by what was sold so far as {n} past curves say"),
    Method.LEARNED: Text(zh="从 {n} 场过往走势学来的回归",
                         en="a regression learnt from {n} past curves"),
}
PRIORS: dict[str, Text] = {
    "rate_hours": Text(zh="开播前的预估：近五场时速 × 计划时长",
                       en="the forecast before it: the rate of the last five times the hours"),
    "average": Text(zh="开播前的预估：与 caopan forecast 同一套模型的平均",
                    en="the forecast before it: the average of models that `caopan forecast` "
                       "tells"),
    "median_5": Text(zh="开播前的预估：近五场的中位数",
                     en="the forecast before it: the median of the last five"),
}
"""What told the session before it began, by rule."""
NO_PRIOR = Text(
    zh="说不准：这位主播之前没有成交的场次，没有预估可修正；"
       "只拿目前的速度往后推，前三分之一场里会差好几倍。播完这一场就有了",
    en="cannot tell: this host has no earlier session with sales, so there is no forecast to "
       "move; running the present rate to the end is wrong by a multiple in the first third of a "
       "session. After this session there will be one")
NO_PLAN = Text(zh="没有计划时长，用这位主播平时的时长代替：请把计划时长一起导入",
               en="no planned length was kept, the host's usual one stands in: import planned "
                  "minutes with the session")
_SAID = Text(zh="播到第 {minute} 分钟已有{outcome} {so_far}，全场预计 {range}，中位 {mid}",
             en="after {minute} minutes {outcome} {so_far}; in the end {range}, middle {mid}")


def label(*, synthetic: bool, language: Language) -> str:
    """Return the mark of synthetic data, or nothing.

    >>> label(synthetic=False, language="zh")
    ''
    """
    text = Text(zh="【合成数据】", en="[synthetic data] ")
    return text.plain(language) if synthetic else ""


def sentence(range_: Interval, *, minute: int, so_far: float, outcome: str, unit: Unit,
             currency: str, language: Language) -> str:
    """Return what is expected, in words.

    >>> sentence(Interval(low=40, mid=60, high=90, level=0.8), minute=30, so_far=12,
    ...          outcome="units", unit=Unit.COUNT, currency="CNY", language="en")
    'after 30 minutes units 12; in the end 40–90 (80%), middle 60'
    """
    def said(value: float) -> str:
        return number.value(value, unit=unit, currency=currency, language=language)
    return _SAID.say(language, minute=minute, outcome=NAMES[outcome].plain(language),
                     so_far=said(so_far), mid=said(range_.mid),
                     range=number.interval(range_, unit=unit, currency=currency,
                                           language=language))
