"""The numbers at the head of a room: each with its age, and by whom it is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caopan.live.tally import P_GMV, P_UNITS
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.web.console.room_stage import Stage

TIERS: dict[str, Text] = {
    "hand": Text(zh="手填", en="by hand"),
    "observed": Text(zh="观察", en="observed"),
    "platform": Text(zh="平台", en="platform"),
    "computed": Text(zh="推算", en="computed"),
    "synthetic": Text(zh="合成", en="synthetic"),
}
"""Who a number is known from: typed in, seen on a screen, confirmed, worked out, made up."""
STALE_SECONDS = {"hand": 900, "observed": 120, "platform": 60, "computed": 120, "synthetic": 60}
"""So old a number of each tier is called stale on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, finished; ``at``: epoch milliseconds of the latest it rests on, None: nothing.

    ``tone``: "gain", "loss" or "": only what is off its plan carries colour.
    """

    id: str
    name: Text
    said: str
    note: str = ""
    tone: str = ""
    at: int | None = None
    tier: str = "computed"

    @property
    def stale(self) -> int:
        """Return after how many seconds it is stale."""
        return STALE_SECONDS.get(self.tier, 60)


def figures(stage: Stage, *, language: Language) -> tuple[Figure, ...]:
    """Return the seven numbers of the control room, in their order."""
    return tuple(make(stage, language) for make in _MAKERS)


def _money(stage: Stage, minor: float | None, language: Language) -> str:
    return number.money(minor, currency=stage.currency, language=language)


def _gmv(stage: Stage, language: Language) -> Figure:
    heard = stage.heard.get("orders")
    offset = stage.money_offset
    note = ""
    if stage.due is not None:
        note = _PLAN.say(language, plan=_money(stage, stage.due, language))
    if offset is not None and stage.due:
        note += f" {_signed(offset / stage.due)}"
    return Figure(id="gmv", name=Text(zh="成交额 GMV", en="GMV"), note=note, tone=_tone(offset),
                  said=_money(stage, stage.counts["gmv"] if heard else None, language),
                  at=_at(stage, "orders"), tier=_tier(stage, "orders"))


def _forecast(stage: Stage, language: Language) -> Figure:
    range_ = stage.forecast
    return Figure(id="forecast", name=Text(zh="预计收官", en="Expected close"),
                  said=_money(stage, range_.mid if range_ else None, language),
                  note="" if range_ is None else number.interval(
                      range_, unit=Unit.MONEY, currency=stage.currency, language=language))


def _online(stage: Stage, language: Language) -> Figure:
    entries = stage.counts["entries"] if "entries" in stage.heard else None
    return Figure(id="online", name=Text(zh="在线人数", en="Online"),
                  said=number.count(stage.online, language=language),
                  note=_ENTRIES.say(language, n=number.count(entries, language=language)),
                  at=_at(stage, "online"), tier=_tier(stage, "online"))


def _gpm(stage: Stage, language: Language) -> Figure:
    entries = stage.counts["entries"]
    gpm = stage.counts["gmv"] / entries * 1000 if entries else None
    return Figure(id="gpm", name=Text(zh="千次进房成交", en="GMV per 1,000 entries"),
                  said=_money(stage, gpm, language), at=_oldest(stage, "orders", "entries"))


def _pay(stage: Stage, language: Language) -> Figure:
    clicks, orders = stage.counts["clicks"], stage.counts["orders"]
    counted = clicks if "clicks" in stage.heard else None
    return Figure(id="pay", name=Text(zh="点击→下单", en="Click → order"),
                  said=number.percent(orders / clicks if clicks else None),
                  note=_ORDERS.say(language, n=number.count(orders, language=language),
                                   clicks=number.count(counted, language=language)),
                  at=_oldest(stage, "orders", "clicks"))


def _spend(stage: Stage, language: Language) -> Figure:
    spent = stage.counts["ad_spend"] if "spend" in stage.heard else None
    times = stage.counts["gmv"] / spent if spent else None
    return Figure(id="spend", name=Text(zh="投放花费", en="Ad spend"),
                  said=_money(stage, spent, language),
                  note=_ROI.say(language, roi=number.times(times)),
                  at=_at(stage, "spend"), tier=_tier(stage, "spend"))


def _margin(stage: Stage, language: Language) -> Figure:
    """Gross margin less spend and refunds; unknown where a product that sold has no cost."""
    costs = {one.product_id: one.unit_cost for one in stage.room.sheet.items
             if one.unit_cost is not None}
    lacking = [name for name in stage.products if name not in costs]
    margin: float | None = None
    if stage.products and not lacking:
        margin = sum(row[P_GMV] - row[P_UNITS] * (costs[name] or 0)
                     for name, row in stage.products.items())
        margin -= stage.counts["ad_spend"] + stage.counts["refunds"]
    note = _LACKS.say(language, n=len(lacking)) if lacking else ""
    return Figure(id="margin", name=Text(zh="毛利（扣投放）", en="Margin less ads"),
                  said=_money(stage, margin, language), note=note, at=_oldest(stage, "orders"))


def _at(stage: Stage, topic: str) -> int | None:
    heard = stage.heard.get(topic)
    return heard.at if heard else None


def _tier(stage: Stage, topic: str) -> str:
    heard = stage.heard.get(topic)
    return heard.source if heard else "computed"


def _oldest(stage: Stage, *topics: str) -> int | None:
    """Return when the oldest of what a computed number rests on was heard."""
    heard = [stage.heard[topic].at for topic in topics if topic in stage.heard]
    return min(heard) if len(heard) == len(topics) else None


def _tone(offset: float | None) -> str:
    return "" if not offset else "gain" if offset > 0 else "loss"


def _signed(ratio: float) -> str:
    return ("+" if ratio > 0 else "") + number.percent(ratio)


_PLAN = Text(zh="计划 {plan}", en="plan {plan}")
_ENTRIES = Text(zh="累计进房 {n}", en="{n} entered so far")
_ORDERS = Text(zh="{n} 单 / {clicks} 次点击", en="{n} orders / {clicks} clicks")
_ROI = Text(zh="整体 ROI {roi}", en="overall ROI {roi}")
_LACKS = Text(zh="{n} 个商品没有成本，算不了", en="{n} products have no cost: unknown")
_MAKERS: tuple[Callable[[Stage, Language], Figure], ...] = (
    _gmv, _forecast, _online, _gpm, _pay, _spend, _margin)
