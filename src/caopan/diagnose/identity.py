"""The identities that close on GMV, and which of them the columns of each subject carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.diagnose.readings import READINGS
from caopan.units.message import Text

SESSIONS = "sessions"
"""The first factor of every identity: how many sessions there were, a known count."""


class Family(StrEnum):
    """From which side a tree looks.

    ``arrivals`` (到场 × 转化 × 客单), ``time`` (流量 × 时长 × 单效 × 客单 × 复购), ``content``
    (人 × 停留 × 单效 × 客单).
    """

    ARRIVALS = "arrivals"
    TIME = "time"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One identity: ``GMV = sessions x factor x ... x factor``, each a reading's id."""

    id: str
    family: Family
    factors: tuple[str, ...]

    @property
    def formula(self) -> Text:
        """Return the identity in words.

        >>> TREES[-1].formula.en.split(" × ")[0]
        'GMV = sessions'
        """
        names = [SESSIONS_NAME, *(READINGS[factor].name for factor in self.factors)]
        return Text(zh="GMV = " + " × ".join(name.zh for name in names),
                    en="GMV = " + " × ".join(name.en for name in names))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column the tree divides, once, in order."""
        pairs = [(READINGS[factor].denominator, READINGS[factor].numerator)
                 for factor in self.factors]
        return tuple(dict.fromkeys(name for pair in pairs for name in pair))


SESSIONS_NAME = Text(zh="场次", en="sessions")

_LINES = """
people arrivals exposed_per_session enter_rate prod_expo_rate prod_ctr_expo click_pay_rate aov
viewers_funnel arrivals viewers_per_session prod_expo_rate prod_ctr_expo click_pay_rate aov
impressions arrivals impressions_per_session enter_rate_pv prod_ctr_view ctor gmv_per_order
times arrivals views_per_session prod_expo_per_view prod_ctr_expo_pv ctor gmv_per_order
time_repeat time hours_per_session viewers_per_hour view_pay_rate orders_per_buyer gmv_per_order
time_basket time hours_per_session views_per_hour orders_per_view items_per_order gmv_per_unit
exposed arrivals exposed_per_session enter_rate view_pay_rate aov
clicks arrivals views_per_session prod_ctr_view ctor gmv_per_order
watch content viewers_per_session avg_watch_s buyers_per_watch_hour aov
watch_orders content viewers_per_session avg_watch_s orders_per_watch_hour gmv_per_order
time_buyers time hours_per_session viewers_per_hour view_pay_rate aov
time_orders time hours_per_session views_per_hour orders_per_view gmv_per_order
time_units time hours_per_session views_per_hour units_per_view gmv_per_unit
viewers arrivals viewers_per_session view_pay_rate aov
orders arrivals views_per_session orders_per_view gmv_per_order
units arrivals views_per_session units_per_view gmv_per_unit
hours time hours_per_session gmv_per_hour
sessions arrivals gmv_per_session
"""


def _tree(line: str) -> Tree:
    id_, family, *factors = line.split()
    return Tree(id=id_, family=Family(family), factors=tuple(factors))


TREES: tuple[Tree, ...] = tuple(_tree(line) for line in _LINES.strip().splitlines())
"""Every identity, the one to prefer first: the finest that closes is the main one."""
