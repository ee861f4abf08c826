"""The identities that close on GMV, or on units: which of them the columns carry is asked later."""

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
    """One identity: ``GMV = sessions x factor x ... x factor``, each a reading's id.

    ``total`` is the column it closes on: ``gmv``, or ``units`` where no amount is known.
    """

    id: str
    family: Family
    factors: tuple[str, ...]
    total: str = "gmv"

    @property
    def per_session(self) -> str:
        """Return the reading that says what a session sold."""
        return f"{self.total}_per_session"

    @property
    def formula(self) -> Text:
        """Return the identity in words.

        >>> TREES[-1].formula.en.split(" × ")[0]
        'GMV = sessions'
        """
        names = [SESSIONS_NAME, *(READINGS[factor].name for factor in self.factors)]
        whole = TOTALS[self.total]
        return Text(zh=f"{whole.zh} = " + " × ".join(name.zh for name in names),
                    en=f"{whole.en} = " + " × ".join(name.en for name in names))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column the tree divides, once, in order."""
        pairs = [(READINGS[factor].denominator, READINGS[factor].numerator)
                 for factor in self.factors]
        return tuple(dict.fromkeys(name for pair in pairs for name in pair))


TOTALS = {"gmv": Text(zh="GMV", en="GMV"), "units": Text(zh="件数", en="units")}
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


_UNIT_LINES = """
people arrivals exposed_per_session enter_rate prod_expo_rate prod_ctr_expo click_pay_rate \
units_per_buyer
viewers_funnel arrivals viewers_per_session prod_expo_rate prod_ctr_expo click_pay_rate \
units_per_buyer
impressions arrivals impressions_per_session enter_rate_pv prod_ctr_view ctor items_per_order
times arrivals views_per_session prod_expo_per_view prod_ctr_expo_pv ctor items_per_order
time_repeat time hours_per_session viewers_per_hour view_pay_rate orders_per_buyer items_per_order
exposed arrivals exposed_per_session enter_rate view_pay_rate units_per_buyer
clicks arrivals views_per_session prod_ctr_view ctor items_per_order
watch content viewers_per_session avg_watch_s buyers_per_watch_hour units_per_buyer
watch_orders content viewers_per_session avg_watch_s orders_per_watch_hour items_per_order
time_buyers time hours_per_session viewers_per_hour view_pay_rate units_per_buyer
time_orders time hours_per_session views_per_hour orders_per_view items_per_order
time_viewers time hours_per_session viewers_per_hour units_per_viewer
time_units time hours_per_session views_per_hour units_per_view
viewers arrivals viewers_per_session view_pay_rate units_per_buyer
orders arrivals views_per_session orders_per_view items_per_order
viewers_units arrivals viewers_per_session units_per_viewer
units arrivals views_per_session units_per_view
hours time hours_per_session units_per_hour
sessions arrivals units_per_session
"""
"""The same without prices: ``time_basket`` is ``time_orders`` here; ``viewers_units`` and
``time_viewers`` are for exports that count people and not views."""


def _tree(line: str, total: str) -> Tree:
    id_, family, *factors = line.split()
    return Tree(id=id_, family=Family(family), factors=tuple(factors), total=total)


def _finest_first(lines: str, total: str) -> tuple[Tree, ...]:
    made = (_tree(line, total) for line in lines.strip().splitlines())
    return tuple(sorted(made, key=lambda tree: -len(tree.factors)))


TREES: tuple[Tree, ...] = _finest_first(_LINES, "gmv")
"""Every identity, the one to prefer first: the finest that closes is the main one."""
UNIT_TREES: tuple[Tree, ...] = _finest_first(_UNIT_LINES, "units")
"""Every identity of units, in the same order."""
