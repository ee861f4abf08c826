"""What a forecast says in words."""

from __future__ import annotations

from datetime import datetime

from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Text

LABEL = Text(zh="【合成数据】", en="[synthetic data]")
LINE = Text(zh="{name} {when} {outcome}：{told}，历史 {n} 场",
            en="{name} {when} {outcome}: {told}, {n} sessions known")
UNKNOWN = Text(zh="说不准", en="cannot tell")
NO_HOURS = Text(
    zh="没写计划时长：不比你的“近 5 场中位数”更准",
    en="no planned hours: no better than your median of the last 5")
NO_CART = Text(zh="计划里没有商品，不会有成交", en="no products are planned: nothing can be sold")
NOTHING_SOLD = Text(
    zh="这位主播还没有卖出过：卖出第一单以后才有大小可说",
    en="this host has sold nothing so far: how much a first sale brings can be told after it")
NO_ERROR_KNOWN = Text(
    zh="以往场次很少一并记下计划时长，计划会差多少还不知道：区间当作计划会照做；"
       "之后请把 planned_minutes 和场次一起导入",
    en="few earlier sessions kept their planned hours, so how far plans are off is not known: the "
       "ranges assume that the plan is kept to; import planned_minutes with the sessions from "
       "now on")
_TOO_FEW = Text(
    zh="带这个结果的场次里只有 {n} 场可以对照（至少要 {fewest} 场）：再攒几场",
    en="only {n} sessions with this outcome can be compared (at least {fewest} are needed): a few "
       "more would settle it")
_COLD = Text(zh="这位主播还没有历史：照 {hosts} 位同类主播（{alike}）预估",
             en="no session of this host is known: told from {hosts} hosts alike ({alike})")
_NOBODY = Text(
    zh="这位主播还没有历史，同类主播只有 {hosts} 位（至少要 {fewest} 位）：播过几场就能预估",
    en="no session of this host is known, and only {hosts} hosts are alike (at least {fewest} are "
       "needed): a few sessions of its own would settle it")
_OTHER_CURRENCY = Text(
    zh="这位主播的历史是 {known}，没有 {asked} 的场次，金额不换算",
    en="this host's history is in {known}, none of it in {asked}, and amounts are not converted")
_ALIKE: dict[str, Text] = {
    "category": Text(zh="同类目、同平台、同币种", en="same category, platform and currency"),
    "platform": Text(zh="同平台、同币种", en="same platform and currency"),
    "currency": Text(zh="同币种", en="same currency"),
}
_CARRIED = Text(zh="区间里已含计划本身的误差（按 {n} 场记下的计划学得）",
                en="the ranges carry the error of plans themselves, learnt from {n} that were kept")

TERMS: dict[str, Text] = {
    "hours": Text(zh="时长 {planned} 小时（平时 {usual}）", en="{planned} hours (usually {usual})"),
    "products": Text(zh="商品 {planned} 个（平时 {usual}）",
                     en="{planned} products (usually {usual})"),
    "spend": Text(zh="计划投放 {planned}（平时 {usual}）",
                  en="{planned} of spend (usually {usual})"),
}
"""The terms of a plan that may move a forecast, with what is planned and what is usual."""
BESIDE_USUAL = Text(zh="计划和平时不同：", en="what the plan changes: ")


def other_currency(known: str, asked: str) -> Text:
    """Return that a host's history is in another currency; finished.

    >>> other_currency("CNY", "USD").plain("en")
    "this host's history is in CNY, none of it in USD, and amounts are not converted"
    """
    return _finished(_OTHER_CURRENCY, known=known, asked=asked)


def next_session(start: datetime | None) -> Text:
    """Return when a session begins, to the minute in business time; finished.

    >>> next_session(None).plain("en")
    'next session'
    """
    if start is None:
        return Text(zh="下一场", en="next session")
    said = start.astimezone(BUSINESS_ZONE).strftime("%m-%d %H:%M")
    return Text(zh=said, en=said)


def too_few_misses(n: int, fewest: int) -> Text:
    """Return that there is too little to learn from, finished.

    >>> too_few_misses(3, 19).plain("en").startswith("only 3 sessions")
    True
    """
    return _finished(_TOO_FEW, n=n, fewest=fewest)


def told_from(hosts: int, alike: str) -> Text:
    """Return whom a new host is told from, finished.

    >>> told_from(12, "currency").plain("en")
    'no session of this host is known: told from 12 hosts alike (same currency)'
    """
    return Text(zh=_COLD.say("zh", hosts=hosts, alike=_ALIKE[alike].zh),
                en=_COLD.say("en", hosts=hosts, alike=_ALIKE[alike].en))


def nobody_alike(hosts: int, fewest: int) -> Text:
    """Return that nobody is like a new host, finished.

    >>> "only 2 hosts" in nobody_alike(2, 5).plain("en")
    True
    """
    return _finished(_NOBODY, hosts=hosts, fewest=fewest)


def plans_carried(n: int) -> Text:
    """Return that the ranges hold the error of plans, finished.

    >>> plans_carried(40).plain("en").endswith("learnt from 40 that were kept")
    True
    """
    return _finished(_CARRIED, n=n)


def _finished(text: Text, **values: object) -> Text:
    return Text(zh=text.say("zh", **values), en=text.say("en", **values))
