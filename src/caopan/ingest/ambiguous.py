"""Headers that mean one thing to one platform and another to the next (口径不明)."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.facts.schema import TABLES
from caopan.ingest.header import folded
from caopan.units.message import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """What a header may mean, and what a wrong guess would cost; only a person can say."""

    choices: tuple[str, ...]
    cost: Text


_VIEWS = Ambiguity(choices=("viewers", "views"), cost=Text(
    zh="人数和次数差 1.3–1.8 倍，猜错会让转化率全错",
    en="people and times differ 1.3 to 1.8 fold; a wrong guess spoils every rate"))
_IMPRESSIONS = Ambiguity(choices=("room_viewers_exposed", "room_impressions"), cost=Text(
    zh="曝光人数和曝光次数不是一回事，猜错会让进房率全错",
    en="people reached and impressions are not the same; a wrong guess spoils the entry rate"))
_CLICKS = Ambiguity(choices=("product_clickers", "product_clicks"), cost=Text(
    zh="点击人数和点击次数不是一回事，猜错会让点击率全错",
    en="people and clicks are not the same; a wrong guess spoils the click rate"))
_MEANINGS: dict[str, Ambiguity] = {
    **dict.fromkeys(("场观", "观看", "观看量", "观看数", "watch", "audience"), _VIEWS),
    **dict.fromkeys(("曝光", "曝光数", "直播间曝光"), _IMPRESSIONS),
    **dict.fromkeys(("商品点击", "点击", "商品点击数"), _CLICKS),
}


def ambiguity(header: str, *, table: str) -> Ambiguity | None:
    """Return what a header may mean in a table; None where it says so itself.

    >>> ambiguity("场观", table="sessions").choices
    ('viewers', 'views')
    >>> ambiguity("观看人数", table="sessions") is None
    True
    """
    found = _MEANINGS.get(folded(header))
    if found is None or not set(found.choices) <= set(TABLES[table].names):
        return None
    return found
