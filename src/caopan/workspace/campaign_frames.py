"""Pitch frames to be written: the main sessions' products, with what the facts say filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caopan.facts.plan import Plan, PlannedProduct
from caopan.plan.campaign import Campaign, Pitch
from caopan.store.store import Store
from caopan.units.message import Text

MOST_FRAMES = 120
"""Frames of one campaign; a person writes each."""
ORDER = ("hero", "traffic", "welfare", "profit", "image", "regular")
"""Which classes get their frames first."""
FRAMES = Text(zh="主要场次的 {n} 个商品，主推在前；名字和价格来自商品表和排期，话要人来写",
              en="the {n} products of the main sessions, heroes first; names and prices are from "
                 "products and plan, the words are for people to write")
NO_PRODUCTS = Text(zh="主要场次的排期里没有商品：导入 planned_products",
                   en="the plan lists no products for the main sessions: import planned_products")
Step = tuple[Campaign, tuple[Text, ...], Text | None]


def framed(store: Store, campaign: Campaign, plan: Plan) -> Step:
    """Return the campaign with a frame for each product of its main sessions.

    Frames that are there stay as they are; their prices follow the plan, and one whose price has
    changed must be confirmed again.
    """
    main = {one.session_id for one in campaign.main}
    listed = sorted((one for one in plan.products if one.session_id in main), key=_rank)
    if not listed:
        return campaign, (), NO_PRODUCTS
    first: dict[str, PlannedProduct] = {}
    for one in listed:
        first.setdefault(one.product_id, one)
    known = _products(store, [*first])
    have = {one.product_id: one for one in campaign.pitches}
    made = [_priced(have.get(name) or Pitch(
        product_id=name, title=known.get(name, {}).get("name") or name), row,
        known.get(name, {}), campaign.currency) for name, row in first.items()]
    others = [one for one in campaign.pitches if one.product_id not in first]
    pitches = (*made, *others)[:max(MOST_FRAMES, len(campaign.pitches))]
    return replace(campaign, pitches=pitches), (Text(
        zh=FRAMES.say("zh", n=len(made)), en=FRAMES.say("en", n=len(made))),), None


def _rank(one: PlannedProduct) -> tuple[int, int, str]:
    role = one.role if one.role in ORDER else ORDER[-1]
    return ORDER.index(role or ORDER[-1]), one.position or 0, one.product_id


def _priced(pitch: Pitch, row: PlannedProduct, known: Mapping[str, Any], currency: str) -> Pitch:
    """Return a frame with the daily and the live price, as far as they are known."""
    own = known if known.get("currency") in (None, currency) else {}
    daily, live = own.get("list_price"), row.live_price
    made = replace(pitch, daily_price=pitch.daily_price if daily is None else daily,
                   live_price=pitch.live_price if live is None else live)
    return made if made == pitch else replace(made, confirmed=False)


def _products(store: Store, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    table = store.tables()["products"]
    rows = store.fetch(table.filter(table.product_id.isin(ids)).select(
        "product_id", "name", "list_price", "currency"))
    return {row["product_id"]: row for row in rows.to_pylist()}
