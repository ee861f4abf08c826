"""A gate (关口): what a stage must show before the next one begins, as conditions on metrics."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.playbook.signal import Against
from caopan.playbook.vocabulary import READINGS, Reading
from caopan.units.message import Text
from caopan.units.unit import Unit

TARGET = "gmv_monthly"
"""The metric of a stage's own target."""
BESIDES = (Against.LEVEL, Against.PREVIOUS)
"""What a condition can be held against: a limit, or the thirty days before."""


class Bound(StrEnum):
    """Which side of its limit a value has to lie on."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition (条件) of a gate.

    ``value``: the limit in the metric's own unit, money in minor units; against the thirty days
    before it is a ratio to what those had (0.9 = at most a tenth less).
    """

    metric: str
    bound: Bound
    value: float
    against: Against = Against.LEVEL

    @property
    def unit(self) -> Unit:
        """Return the unit of the limit.

        >>> Condition(metric="aov", bound=Bound.AT_LEAST, value=0.9,
        ...           against=Against.PREVIOUS).unit.value
        'ratio'
        """
        return Unit.RATIO if self.against is Against.PREVIOUS else GATED[self.metric].unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Conditions that must all hold, and what to do where they do not."""

    conditions: tuple[Condition, ...]
    otherwise: Text


_OWN = (
    Reading(id="sessions", name=Text(zh="近 30 天场次数", en="sessions in 30 days"),
            unit=Unit.COUNT),
    Reading(id="hours", name=Text(zh="近 30 天直播时长", en="hours on air in 30 days"),
            unit=Unit.HOURS),
    Reading(id="sku_sold", name=Text(zh="近 30 天动销款数", en="products with a sale in 30 days"),
            unit=Unit.COUNT),
    Reading(id="top1_sku_share", name=READINGS["top1_sku_share"].name, unit=Unit.RATIO),
    Reading(id="top_host_share", name=Text(zh="第一主播成交占比",
                                           en="share of the best host in GMV"), unit=Unit.RATIO),
    Reading(id="refund_share", name=Text(zh="退款金额占比（场次口径）",
                                         en="refunds as a share of GMV (as sessions say)"),
            unit=Unit.RATIO),
    Reading(id="marginal_return", name=Text(zh="多投 1 块多卖（实验）",
                                            en="sales by one yuan more (by experiment)"),
            unit=Unit.TIMES),
    Reading(id="s_stockout_minutes", name=Text(zh="S 级场断货分钟（最近一场）",
                                               en="minutes out of stock in the last S session"),
            unit=Unit.MINUTES),
    Reading(id="repurchase_60", name=Text(zh="60 天复购率", en="60-day repurchase rate"),
            unit=Unit.RATIO),
)
RATES = (
    "viewers_per_session", "views_per_session", "enter_rate", "avg_watch_s", "prod_ctr_expo",
    "click_pay_rate", "ctor", "view_pay_rate", "orders_per_view", "aov", "gmv_per_order",
    "price_per_item", "gmv_per_session", "gmv_per_hour", "gpm", "uv_value", "follow_rate",
    "private_share", "paid_share", "fee_rate")
"""Ratios of sums over sessions that a gate may name."""
GATED: dict[str, Reading] = {
    TARGET: Reading(id=TARGET, name=READINGS[TARGET].name, unit=Unit.MONEY),
    **{one.id: one for one in _OWN}, **{name: READINGS[name] for name in RATES}}
"""Every metric that a gate may name."""
FACTS = frozenset({"sessions", "hours", "sku_sold", "s_stockout_minutes"})
"""Metrics that are counted, not estimated: they have no range."""


def comparable(metric: str) -> bool:
    """Return whether a metric can be held against the thirty days before.

    >>> comparable("aov"), comparable("sessions")
    (True, False)
    """
    return metric in RATES or metric == "refund_share"
