"""A line-up as a run sheet (节目单): opening, products, breaks, what is left over, closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caopan.plan.item import TYPE_WORDS, Item, ItemType, LineClass, StockBatch, Target
from caopan.plan.lineup import BREAK, LineUp, Problem
from caopan.plan.lineup_worth import Goods, Show, reach
from caopan.plan.run_sheet import RunSheet
from caopan.playbook.lineup import LineUpRules
from caopan.stats.arrays import Floats
from caopan.units.interval import Interval
from caopan.units.message import Language

LOW, HIGH, LEVEL = 0.1, 0.9, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an item says of its product; money in minor units, None = not known.

    ``known``: whether its demand is told from history, so that a target may be claimed.
    """

    product_id: str
    title: str
    price: int | None
    cost: int | None
    held: int | None
    known: bool


def sheet_of(found: LineUp, problem: Problem, *, goods: Goods, show: Show, rules: LineUpRules,
             said: Sequence[Said], currency: str, language: Language) -> RunSheet:
    """Return the run sheet of a line-up; seconds add up to the show's own where they fill it."""
    step = show.step
    names = [_said(one, language) for one in (ItemType.OPEN, ItemType.CLOSE, ItemType.BREAK,
                                              ItemType.INTERACTION)]
    items: list[Item] = []
    if rules.open_seconds:
        items.append(Item(id="open", type=ItemType.OPEN, title=names[0],
                          seconds=rules.open_seconds))
    at = 0
    for item, length, start in zip(found.order, found.lengths, found.starts, strict=True):
        if start > at:
            items.append(_filler(len(items), (start - at) * step, names[3]))
        at = start + length
        if problem.kind[item] == BREAK:
            items.append(Item(id=f"break-{len(items)}", type=ItemType.BREAK, title=names[2],
                              seconds=length * step))
            continue
        times = float(reach(show, rules, np.array([float(length)]),
                            float(goods.usual[item]))[0, min(start, problem.steps - 1)])
        items.append(_product(said[item], goods, item, seconds=length * step, times=times,
                              least=min(int(goods.least[item]), length * step)))
    left = show.seconds - sum(one.seconds for one in items) - rules.close_seconds
    if left > 0 and items:
        items.append(_filler(len(items), left, names[3]))
    if rules.close_seconds:
        items.append(Item(id="close", type=ItemType.CLOSE, title=names[1],
                          seconds=rules.close_seconds))
    return RunSheet(items=tuple(items), currency=currency)


def _said(kind: ItemType, language: Language) -> str:
    return TYPE_WORDS[kind].say(language)


def _filler(at: int, seconds: int, title: str) -> Item:
    return Item(id=f"talk-{at}", type=ItemType.INTERACTION, title=title, seconds=seconds,
                min_seconds=0, optional=True)


def _product(said: Said, goods: Goods, at: int, *, seconds: int, times: float,
             least: int) -> Item:
    kind = goods.kind[at]
    sold = np.sort(np.minimum(goods.points[at] * times, goods.stock[at]))
    units = _range(sold) if said.known else None
    return Item(
        id=f"p-{at + 1}", title=said.title, product_id=said.product_id, seconds=seconds,
        min_seconds=least, line_class=LineClass(kind), live_price=said.price,
        unit_cost=said.cost,
        type=ItemType.WELFARE if kind == LineClass.WELFARE else ItemType.PRODUCT,
        stock_batches=() if said.held is None else (StockBatch(quantity=said.held),),
        target=Target(units=units, gmv=None if units is None or said.price is None
                      else units.scaled(float(said.price))))


def _range(sold: Floats) -> Interval:
    low, mid, high = (float(one) for one in np.quantile(sold, (LOW, 0.5, HIGH)))
    return Interval(low=low, mid=mid, high=high, level=LEVEL)
