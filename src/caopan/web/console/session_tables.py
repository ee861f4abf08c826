"""场次 · The tables of a session's page to take away: steps, facts, products, ads, minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

from caopan.facts.schema import TABLES, Kind
from caopan.plan.item import CLASS_WORDS
from caopan.units.clock import to_the_minute
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.web.console.session_words import FIELDS, GOALS, GROUPS
from caopan.web.console.tables import Table, major
from caopan.web.visit import Visit
from caopan.workspace.show import Show


def tables(show: Show) -> Mapping[str, Callable[[Visit], Table]]:
    """Return the tables of a session by name.

    >>> tables.__name__
    'tables'
    """
    return {"steps": partial(_steps, show), "facts": partial(_facts, show),
            "products": partial(_products, show), "ads": partial(_ads, show)}


def _steps(show: Show, visit: Visit) -> Table:
    def plain(value: float | None, unit: Unit) -> float | None:
        return major(value, show.room.currency) if unit is Unit.MONEY else value

    return Table(
        head=(Text(zh="步骤", en="Step"), Text(zh="编号", en="id"),
              Text(zh="这一场", en="This session"), Text(zh="中位数", en="Median"),
              Text(zh="其他场次", en="Other sessions")),
        rows=([visit.say(step.metric.name), step.metric.id, plain(step.value, step.metric.unit),
               plain(step.median, step.metric.unit), step.n] for step in show.steps))


def _facts(show: Show, visit: Visit) -> Table:
    return Table(head=(Text(zh="列", en="Column"), Text(zh="名称", en="Name"),
                       Text(zh="值", en="Value")), rows=_known(show, visit))


def _known(show: Show, visit: Visit) -> Iterator[list[object]]:
    kinds = {column.name: column.kind for column in TABLES["sessions"].columns}
    for _, names in GROUPS:
        for name in names:
            value = show.row[name]
            if isinstance(value, datetime):
                value = to_the_minute(value)
            elif kinds[name] is Kind.MONEY:
                value = major(value, show.room.currency)
            yield [name, visit.say(FIELDS[name][0]), value]


def _products(show: Show, visit: Visit) -> Table:
    return Table(
        head=(Text(zh="商品编号", en="Product id"), Text(zh="商品", en="Product"),
              Text(zh="角色", en="Role"), Text(zh="币种", en="Currency"),
              Text(zh="直播价", en="Live price"), Text(zh="点击", en="Clicks"),
              Text(zh="订单", en="Orders"), Text(zh="件数", en="Units"),
              Text(zh="成交金额", en="GMV"), Text(zh="占比", en="Share")),
        rows=([one["product_id"], one["name"],
               visit.say(CLASS_WORDS[one["role"]]) if one["role"] in CLASS_WORDS else one["role"],
               money, major(one["live_price"], money), one["clicks"], one["orders"], one["units"],
               major(one["gmv"], money), one["share"]]
              for one in show.products for money in (one["currency"] or show.room.currency,)))


def _ads(show: Show, visit: Visit) -> Table:
    return Table(
        head=(Text(zh="计划", en="Plan"), Text(zh="开始", en="Start"), Text(zh="工具", en="Tool"),
              Text(zh="目标", en="Goal"), Text(zh="币种", en="Currency"),
              Text(zh="消耗", en="Spend"), Text(zh="进房", en="Entries"),
              Text(zh="平台归因成交", en="Sales the platform attributes")),
        rows=([one["plan_id"], to_the_minute(one["starts_at"]), one["tool"],
               visit.say(GOALS[one["goal"]]) if one["goal"] in GOALS else one["goal"], money,
               major(one["spend"], money), one["entries"], major(one["attributed_gmv"], money)]
              for one in show.ads for money in (one["currency"] or show.room.currency,)))
