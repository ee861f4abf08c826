"""How a factor's change is said in a sentence: it fell, it rose, nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.diagnose.diagnosis import Factor
from caopan.diagnose.identity import SESSIONS
from caopan.units.message import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A factor in a sentence: when it fell, when it rose, and the open question."""

    fell: Text
    rose: Text
    doubt: Text


_TABLE = """
sessions | 播的场次少了 | 播的场次多了 | 场次的影响有多大 | there were fewer sessions | there were more sessions | what the number of sessions did
hours_per_session | 每场播得短了 | 每场播得长了 | 时长有没有变 | sessions were shorter | sessions were longer | whether sessions got shorter or longer
exposed_per_session | 看到直播间的人少了 | 看到直播间的人多了 | 曝光有没有变 | fewer people saw the room | more people saw the room | whether exposure changed
impressions_per_session | 直播间曝光少了 | 直播间曝光多了 | 曝光有没有变 | the room was shown less | the room was shown more | whether exposure changed
viewers_per_session | 进直播间的人少了 | 进直播间的人多了 | 流量有没有变 | fewer people came | more people came | whether traffic changed
viewers_per_hour | 每小时进来的人少了 | 每小时进来的人多了 | 流量有没有变 | fewer people came per hour | more people came per hour | whether traffic changed
views_per_session | 每场观看少了 | 每场观看多了 | 流量有没有变 | there were fewer views a session | there were more views a session | whether traffic changed
views_per_hour | 每小时观看少了 | 每小时观看多了 | 流量有没有变 | there were fewer views an hour | there were more views an hour | whether traffic changed
enter_rate | 看到的人里进来的少了 | 看到的人里进来的多了 | 进房率有没有变 | fewer of those who saw it came in | more of those who saw it came in | whether the entry rate changed
enter_rate_pv | 曝光进房率低了 | 曝光进房率高了 | 进房率有没有变 | the entry rate fell | the entry rate rose | whether the entry rate changed
avg_watch_s | 停留短了 | 停留长了 | 停留有没有变 | people stayed shorter | people stayed longer | whether people stay as long as before
prod_expo_rate | 看到商品的人少了 | 看到商品的人多了 | 商品曝光有没有变 | fewer viewers saw a product | more viewers saw a product | whether products are seen as often
prod_expo_per_view | 商品曝光少了 | 商品曝光多了 | 商品曝光有没有变 | products were shown less per view | products were shown more per view | whether products are shown as often
prod_ctr_expo | 看到商品后点的人少了 | 看到商品后点的人多了 | 商品点击有没有变 | fewer clicked what they saw | more clicked what they saw | whether clicking changed
prod_ctr_expo_pv | 商品点击率低了 | 商品点击率高了 | 商品点击有没有变 | the product click rate fell | the product click rate rose | whether clicking changed
prod_ctr_view | 点商品的少了 | 点商品的多了 | 商品点击有没有变 | fewer product clicks per view | more product clicks per view | whether clicking changed
click_pay_rate | 点了以后下单的人少了 | 点了以后下单的人多了 | 转化有没有变 | fewer of those who clicked bought | more of those who clicked bought | whether conversion changed
ctor | 点了以后成单的少了 | 点了以后成单的多了 | 转化有没有变 | fewer clicks became orders | more clicks became orders | whether conversion changed
view_pay_rate | 转化变差了 | 转化变好了 | 转化有没有变 | conversion got worse | conversion got better | whether conversion changed
orders_per_view | 转化变差了 | 转化变好了 | 转化有没有变 | conversion got worse | conversion got better | whether conversion changed
units_per_view | 转化变差了 | 转化变好了 | 转化有没有变 | conversion got worse | conversion got better | whether conversion changed
orders_per_watch_hour | 停留换来的单少了 | 停留换来的单多了 | 停留的转化有没有变 | an hour watched brought fewer orders | an hour watched brought more orders | whether watching sells as before
buyers_per_watch_hour | 停留换来的买家少了 | 停留换来的买家多了 | 停留的转化有没有变 | an hour watched brought fewer buyers | an hour watched brought more buyers | whether watching sells as before
orders_per_buyer | 每人下的单少了 | 每人下的单多了 | 复购有没有变 | buyers ordered less often | buyers ordered more often | whether buyers order as often
items_per_order | 一单买的件数少了 | 一单买的件数多了 | 连带有没有变 | orders held fewer items | orders held more items | whether orders hold as many items
units_per_viewer | 转化变差了 | 转化变好了 | 转化有没有变 | conversion got worse | conversion got better | whether conversion changed
units_per_buyer | 每位买家买的件数少了 | 每位买家买的件数多了 | 每位买家的件数有没有变 | buyers bought fewer items | buyers bought more items | whether buyers buy as many items
units_per_session | 每场卖的件数少了 | 每场卖的件数多了 | 单场件数有没有变 | a session sold fewer units | a session sold more units | whether a session sells as many units
units_per_hour | 每小时卖的件数少了 | 每小时卖的件数多了 | 小时件数有没有变 | an hour sold fewer units | an hour sold more units | whether an hour sells as many units
aov | 客单价低了 | 客单价高了 | 客单价有没有变 | buyers spent less | buyers spent more | whether spend per buyer changed
gmv_per_order | 笔单价低了 | 笔单价高了 | 笔单价有没有变 | orders were smaller | orders were larger | whether the size of orders changed
gmv_per_unit | 件单价低了 | 件单价高了 | 件单价有没有变 | items were cheaper | items were dearer | whether the price per item changed
gmv_per_session | 每场卖得少了 | 每场卖得多了 | 单场成交有没有变 | a session sold less | a session sold more | whether a session sells as much as before
gmv_per_hour | 每小时卖得少了 | 每小时卖得多了 | 小时成交有没有变 | an hour sold less | an hour sold more | whether an hour sells as much as before
"""  # noqa: E501 - one factor a line reads better than six lines a factor


def _phrases() -> dict[str, Phrase]:
    made = {}
    for line in _TABLE.strip().splitlines():
        id_, *words = (part.strip() for part in line.split("|"))
        fell, rose, doubt = (Text(zh=words[i], en=words[i + 3]) for i in range(3))
        made[id_] = Phrase(fell=fell, rose=rose, doubt=doubt)
    return made


PHRASES: dict[str, Phrase] = _phrases()
"""The phrases of every factor by id."""


def said(factor: Factor, *, against: str) -> Text:
    """Return which way a factor moved as a clause; against ``peers``, on which side it lies.

    >>> from caopan.diagnose.identity import SESSIONS_NAME
    >>> from caopan.units.unit import Unit
    >>> from caopan.units.verdict import Verdict
    >>> fewer = Factor(id="sessions", name=SESSIONS_NAME, unit=Unit.COUNT, before=9.0, after=6.0,
    ...                amount=-1, interval=None, p_value=None, verdict=Verdict.SUPPORTED)
    >>> said(fewer, against="previous").zh, said(fewer, against="peers").zh
    ('播的场次少了', '场次比同行少')
    """
    fell = (factor.after or 0.0) < (factor.before or 0.0)
    if against != "peers":
        phrase = PHRASES[factor.id]
        return phrase.fell if fell else phrase.rose
    counted = factor.id == SESSIONS
    zh = ("少" if fell else "多") if counted else ("低" if fell else "高")
    en = ("fewer" if fell else "more") if counted else ("lower" if fell else "higher")
    return Text(zh=f"{factor.name.zh}比同行{zh}",
                en=f"it has {en} {factor.name.en} than peers")


def doubt(factor: Factor, *, against: str) -> Text:
    """Return the open question about a factor."""
    if against != "peers":
        return PHRASES[factor.id].doubt
    return Text(zh=f"{factor.name.zh}比同行高还是低",
                en=f"whether {factor.name.en} is above or below peers'")
