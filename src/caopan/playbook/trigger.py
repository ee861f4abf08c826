"""A trigger (触发): what a reading of a running room must be for a contingency card to come up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.units.message import Text
from caopan.units.unit import Unit


class Reading(StrEnum):
    """What is read off a running room, again and again."""

    HEARTBEAT_AGE = "heartbeat_age"
    PRICE_GAP = "price_gap"
    MARGIN = "margin"
    COVER = "cover"
    STOCK_LEFT = "stock_left"
    WARNINGS = "warnings"
    ONLINE_OF_LOW = "online_of_low"
    ARRIVALS_OF_HIGH = "arrivals_of_high"
    CONVERSION_FALL = "conversion_fall"
    SPEND_OF_PLAN = "spend_of_plan"
    RETURN_LOW = "return_low"
    MISSED_ORDERS = "missed_orders"
    SAMPLE_MISSING = "sample_missing"


READINGS: dict[Reading, tuple[Text, Unit]] = {
    Reading.HEARTBEAT_AGE: (Text(zh="距上次心跳", en="time since the last heartbeat"),
                            Unit.SECONDS),
    Reading.PRICE_GAP: (Text(zh="线上价与计划价的差（占计划价）",
                             en="gap of the price shown to the plan's, of the plan's"),
                        Unit.RATIO),
    Reading.MARGIN: (Text(zh="到手价毛利率（福利款不算）",
                          en="margin at the price to hand (welfare left out)"), Unit.RATIO),
    Reading.COVER: (Text(zh="库存可卖时长 ÷ 本项剩余时长",
                         en="time the stock lasts ÷ time left of the item"), Unit.RATIO),
    Reading.STOCK_LEFT: (Text(zh="在播商品剩余库存", en="stock left of the product on air"),
                         Unit.COUNT),
    Reading.WARNINGS: (Text(zh="十分钟内未解除的平台警告",
                            en="platform warnings of ten minutes, not cleared"), Unit.COUNT),
    Reading.ONLINE_OF_LOW: (Text(zh="在线 ÷ 自己同时段的低位（P10）",
                                 en="people there ÷ the low (P10) of own sessions at that minute"),
                            Unit.RATIO),
    Reading.ARRIVALS_OF_HIGH: (Text(zh="近三分钟进房 ÷ 自己同时段的高位（P95）",
                                    en="arrivals of three minutes ÷ the high (P95) of own sessions "
                                       "at that minute"), Unit.RATIO),
    Reading.CONVERSION_FALL: (Text(zh="转化下跌的证据 ÷ 误报一成的门槛",
                                   en="evidence of a fall ÷ the limit of one false alarm in ten"),
                              Unit.RATIO),
    Reading.SPEND_OF_PLAN: (Text(zh="近十分钟消耗 ÷ 计划", en="spend of ten minutes ÷ the plan's"),
                            Unit.RATIO),
    Reading.RETURN_LOW: (Text(zh="近半小时全场成交 ÷ 消耗的下限",
                              en="lower end of all GMV ÷ spend of half an hour"), Unit.TIMES),
    Reading.MISSED_ORDERS: (Text(zh="五分钟零单时，按点击本该有的订单",
                                 en="orders that the clicks of five minutes without any should "
                                    "have brought"), Unit.COUNT),
    Reading.SAMPLE_MISSING: (Text(zh="十分钟内要播、样品未到的项",
                                  en="items of the next ten minutes without a sample"),
                             Unit.COUNT),
}
"""What each reading is, in words, and its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An example of a trigger: a reading, on how much it rests, and how long it has stood."""

    value: float
    n: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """When a card comes up; a limit itself does not fire.

    ``minimum_n``: the least evidence, in what the reading counts (orders, clicks, minutes,
    sessions). ``lasts_seconds``: so long it must stand before anybody is told. ``says``: the
    sentence of the alert where it is not the card's.
    """

    reading: Reading
    above: float | None = None
    below: float | None = None
    minimum_n: float = 0.0
    lasts_seconds: float = 0.0
    says: Text | None = None
    firing: tuple[Case, ...] = ()
    quiet: tuple[Case, ...] = ()

    @property
    def limit(self) -> float:
        """Return the limit.

        >>> Trigger(reading=Reading.COVER, below=1.0).limit
        1.0
        """
        found = self.above if self.above is not None else self.below
        return 0.0 if found is None else found

    def holds(self, value: float, *, n: float) -> bool:
        """Return whether a reading is over the limit on enough evidence; NaN never is.

        >>> Trigger(reading=Reading.COVER, below=1.0, minimum_n=3).holds(0.4, n=2)
        False
        """
        over = self.above is not None and value > self.above
        under = self.below is not None and value < self.below
        return (over or under) and n >= self.minimum_n

    def fires(self, case: Case) -> bool:
        """Return whether a case brings the card up.

        >>> Trigger(reading=Reading.HEARTBEAT_AGE, above=10).fires(Case(value=12))
        True
        """
        return self.holds(case.value, n=case.n) and case.seconds >= self.lasts_seconds
