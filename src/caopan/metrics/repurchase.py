"""Repurchase (复购): three definitions under three ids, never one word for all."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from caopan.metrics.metric import Metric, Part
from caopan.metrics.shop_buyers import BUYER_MONTHS, BUYERS_WITHIN, SHOP_BUYERS
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "repurchase"
WINDOWS = (30, 60, 90)
"""Business days after the first purchase in the shop."""


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of repurchase.

    >>> [metric.id for metric in metrics() if metric.id.endswith("30")]
    ['repurchase_30']
    """
    rolling = [make(days) for days in WINDOWS for make in (_rolling, _rolling_new)]
    return (*_monthly(), *rolling, _within())


def _monthly() -> tuple[Metric, ...]:
    bought = Part(words=Text(zh="当月买家数", en="buyers of the month"),
                  of=lambda rows: _one(rows.again))
    words = Text(zh="其中次月又买的人数", en="of them, who bought again the next month")
    trap = Text(zh="次月没过完的月份不给数；平台公布的复购率多不说明口径，不可直接对照",
                en="a month counts only when the next one is over; figures quoted by platforms "
                   "seldom state their window")
    return (
        Metric(id="repurchase_monthly", zh="次月复购率", en="monthly repurchase rate",
               family=FAMILY, unit=Unit.RATIO, base=BUYER_MONTHS, denominator=bought, trap=trap,
               numerator=Part(words=words, of=lambda rows: rows.again),
               window=Text(zh="次月", en="the next calendar month")),
        Metric(id="repurchase_monthly_new", zh="新客次月复购率",
               en="monthly repurchase rate of new buyers", family=FAMILY, unit=Unit.RATIO,
               base=BUYER_MONTHS, trap=trap, window=Text(zh="次月", en="the next calendar month"),
               numerator=Part(words=words, of=lambda rows: _of_new(rows, rows.again)),
               denominator=Part(words=Text(zh="当月新客数", en="new buyers of the month"),
                                of=lambda rows: _of_new(rows, _one(rows.again)))),
    )


def _rolling(days: int) -> Metric:
    return Metric(
        id=f"repurchase_{days}", zh=f"{days} 日复购率（R{days}）",
        en=f"{days}-day repurchase rate (R{days})", family=FAMILY, unit=Unit.RATIO,
        base=SHOP_BUYERS, window=_window(days), trap=_SEEN_FIRST,
        numerator=Part(words=_again(days), of=lambda rows: _came_again(rows, days)),
        denominator=Part(words=Text(zh=f"首购已满 {days} 天的买家数",
                                    en=f"buyers whose first purchase is over {days} days ago"),
                         of=lambda rows: _one(_came_again(rows, days))),
    )


def _rolling_new(days: int) -> Metric:
    return Metric(
        id=f"repurchase_{days}_new", zh=f"新客 {days} 日复购率",
        en=f"{days}-day repurchase rate of new buyers", family=FAMILY, unit=Unit.RATIO,
        base=SHOP_BUYERS, window=_window(days), trap=_FLAGGED,
        numerator=Part(words=_again(days), of=lambda rows: _of_new(rows, _came_again(rows, days))),
        denominator=Part(words=Text(zh=f"平台标为店铺新客、首购已满 {days} 天的买家数",
                                    en=f"buyers flagged new whose first purchase is over {days} "
                                       "days ago"),
                         of=lambda rows: _of_new(rows, _one(_came_again(rows, days)))),
    )


def _within() -> Metric:
    return Metric(
        id="repurchase_within", zh="期内复购率", en="within-period repurchase rate",
        family=FAMILY, unit=Unit.RATIO, base=BUYERS_WITHIN,
        window=Text(zh="所选时段内", en="inside the chosen period"),
        numerator=Part(words=Text(zh="有 2 单及以上的买家数", en="buyers with two orders or more"),
                       of=lambda rows: rows.orders >= 2),  # noqa: PLR2004 - the definition
        denominator=Part(words=Text(zh="买家数", en="buyers"), of=lambda rows: _one(rows.orders)),
        trap=Text(zh="同一天的两单也算；时段越长比率越高，不等长不可比",
                  en="two orders of one day count; the longer the period the higher the rate"),
    )


def _came_again(rows: ir.Table, days: int) -> ir.Value:
    """Return whether the buyer came again in time; null until the window is over."""
    again = (rows.gap <= days).fill_null(ibis.literal(value=False))
    return ibis.ifelse(rows.age > days, again, ibis.null("boolean"))


def _of_new(rows: ir.Table, value: ir.Value) -> ir.Value:
    return ibis.ifelse(rows.new, value, ibis.null(value.type()))


def _one(known: ir.Value) -> ir.Value:
    """Return 1 where something is known, else null."""
    return ibis.ifelse(known.notnull(), 1, ibis.null("int64"))


def _again(days: int) -> Text:
    return Text(zh=f"其中 {days} 天内（首购次日起）又买的人数",
                en=f"of them, who bought again within {days} days, from the next day on")


def _window(days: int) -> Text:
    return Text(zh=f"首购后 {days} 个营业日", en=f"{days} business days after the first purchase")


_SEEN_FIRST = Text(zh="首购指数据里该买家在该店的第一单；数据开始之前的购买看不见",
                   en="the first purchase is the first in the data; earlier ones are not seen")
_FLAGGED = Text(zh="只算平台在首购当天标为店铺新客的人；没有标记的不计",
                en="only buyers the platform flagged as new to the shop on that first day")
