"""The ratios of sums a diagnosis reads off sessions: two columns and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.playbook.vocabulary import READINGS as WORDS
from caopan.units.message import Text
from caopan.units.unit import Unit


class Worth(StrEnum):
    """What a change of a reading means in money.

    ``factor``: GMV moves in proportion. ``cost``: a share of GMV that is spent. ``none``: no
    price can be put on it.
    """

    FACTOR = "factor"
    COST = "cost"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One ratio of sums (读数): numerator over denominator, times ``per``."""

    id: str
    name: Text
    unit: Unit
    numerator: str
    denominator: str
    worth: Worth
    per: float = 1.0

    @property
    def events(self) -> bool:
        """Return whether the numerator counts events, so that counting bounds the error."""
        return self.numerator in EVENTS


EVENTS = frozenset(
    "views viewers room_impressions room_viewers_exposed product_impressions product_viewers "
    "product_clicks product_clickers orders buyers units new_followers comments likes shares "
    "private_views public_views paid_views sold_nothing".split(),
)
"""Columns that count; of these a zero is read as half an event."""

_OWN = {
    "prod_expo_per_view": (
        Text(zh="每次观看商品曝光", en="product impressions per view"), Unit.TIMES),
    "orders_per_watch_hour": (
        Text(zh="每小时停留成单", en="orders per hour watched"), Unit.COUNT),
    "buyers_per_watch_hour": (
        Text(zh="每小时停留成交人数", en="buyers per hour watched"), Unit.PEOPLE),
}
"""Readings that only the identities use."""

_CALLED = {"gmv_per_unit": "price_per_item"}
"""As a factor a ratio has an id of its own; it is called what it is called elsewhere."""

_TABLE = """
hours_per_session hours sessions factor
exposed_per_session room_viewers_exposed sessions factor
impressions_per_session room_impressions sessions factor
impressions_per_hour room_impressions hours factor
viewers_per_session viewers sessions factor
viewers_per_hour viewers hours factor
views_per_session views sessions factor
views_per_hour views hours factor
enter_rate viewers room_viewers_exposed factor
enter_rate_pv views room_impressions factor
avg_watch_s watch_seconds viewers none
prod_expo_rate product_viewers viewers factor
prod_expo_per_view product_impressions views factor
prod_ctr_expo product_clickers product_viewers factor
prod_ctr_expo_pv product_clicks product_impressions factor
prod_ctr_view product_clicks views factor
click_pay_rate buyers product_clickers factor
ctor orders product_clicks factor
view_pay_rate buyers viewers factor
orders_per_view orders views factor
units_per_view units views factor
orders_per_hour orders hours factor
orders_per_buyer orders buyers factor
orders_per_watch_hour orders watch_seconds factor 3600
buyers_per_watch_hour buyers watch_seconds factor 3600
items_per_order units orders factor
units_per_session units sessions factor
units_per_hour units hours factor
units_per_viewer units viewers factor
units_per_buyer units buyers factor
aov gmv buyers factor
gmv_per_order gmv orders factor
gmv_per_unit gmv units factor
price_per_item gmv units factor
gmv_per_session gmv sessions factor
gmv_per_hour gmv hours factor
gpm gmv views factor 1000
opm orders views factor 1000
uv_value gmv viewers factor
follow_rate new_followers viewers none
net_follow_rate net_followers viewers none
comments_per_view comments views none
likes_per_view likes views none
shares_per_view shares views none
private_share private_views views none
public_share public_views views none
paid_share paid_views views none
private_leverage organic_views paid_views none
fee_rate ad_spend gmv cost
cost_enter ad_spend paid_views none
total_roi gmv ad_spend none
ad_spend_per_session ad_spend sessions none
avg_online_per_session online_hours hours none
zero_sales_share sold_nothing sessions none
"""


def _reading(line: str) -> Reading:
    id_, numerator, denominator, worth, *per = line.split()
    words = WORDS.get(_CALLED.get(id_, id_))
    name, unit = (words.name, words.unit) if words else _OWN[id_]
    return Reading(id=id_, name=name, unit=unit, numerator=numerator, denominator=denominator,
                   worth=Worth(worth), per=float(per[0]) if per else 1.0)


READINGS: dict[str, Reading] = {
    reading.id: reading for reading in map(_reading, _TABLE.strip().splitlines())
}
"""Every ratio of sums over sessions by id; the formula is in the columns."""
