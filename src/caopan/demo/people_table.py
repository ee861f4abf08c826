"""The tables of who is who: belts, providers, operators, merchants, hosts, engagements."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from caopan.demo import cast, provider
from caopan.demo.category import CATEGORIES
from caopan.demo.frame import day_number, frame, ids, words
from caopan.demo.label import labelled
from caopan.demo.names import host_names, merchant_names
from caopan.demo.provider import OPERATORS_EACH
from caopan.demo.service import ASSIGNMENTS, REASONS
from caopan.demo.setting import Setting

SCOPES = ("live;ads", "live", "live;goods", "ads")
FEE_KINDS = ("commission", "monthly")
ENGAGEMENT_DAYS = 180


def people(world: Setting) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of who is who, each with its name."""
    yield "belts", _belts()
    yield "providers", _providers(world)
    yield "operators", _operators(world)
    yield "merchants", _merchants(world)
    yield "streamers", _streamers(world)
    yield "engagements", _engagements(world)


def _belts() -> pa.Table:
    return frame("belts", {
        "belt_id": ids("t", np.arange(len(CATEGORIES))),
        "name": [labelled(c.belt[0]) for c in CATEGORIES],
        "category": [c.name for c in CATEGORIES],
        "city": [c.belt[1] for c in CATEGORIES], "province": [c.belt[2] for c in CATEGORIES],
    })


def _providers(world: Setting) -> pa.Table:
    made = world.served_by
    admitted = day_number(world.first_day) - made.admitted
    return frame("providers", {
        "provider_id": ids("v", np.arange(len(made.lift))),
        "name": [labelled(f"{CATEGORIES[c].belt[1]}{i + 1}号服务商")
                 for i, c in enumerate(made.place.tolist())],
        "kind": words(provider.KINDS, made.kind), "tier": words(provider.TIERS, made.tier),
        "city": [CATEGORIES[c].belt[1] for c in made.place],
        "province": [CATEGORIES[c].belt[2] for c in made.place],
        "applied_on": admitted - 14, "admitted_on": admitted,
    })


def _operators(world: Setting) -> pa.Table:
    number = np.arange(len(world.served_by.lift) * OPERATORS_EACH)
    owner = number // OPERATORS_EACH
    admitted = day_number(world.first_day) - world.served_by.admitted[owner]
    return frame("operators", {
        "operator_id": ids("op", number), "provider_id": ids("v", owner),
        "name": [labelled(f"操盘手{i + 1}号") for i in number], "certified_on": admitted + 10,
    })


def _merchants(world: Setting) -> pa.Table:
    made = world.merchants
    place = [CATEGORIES[c].belt for c in made.category]
    return frame("merchants", {
        "merchant_id": ids("m", np.arange(len(made.life))),
        "name": merchant_names(made.category, made.kind, fruit=world.size.fruit),
        "category": [CATEGORIES[c].name for c in made.category],
        "city": [belt[1] for belt in place], "province": [belt[2] for belt in place],
        "belt_id": ids("t", made.category, absent=~made.belt),
        "kind": words(cast.KINDS, made.kind),
        "joined_on": day_number(world.first_day) - made.joined,
        "trust_rights": [";".join(np.array(cast.RIGHTS)[held]) or None for held in made.rights],
        "currency": ["CNY"] * len(made.life),
    })


def _streamers(world: Setting) -> pa.Table:
    hosts = world.hosts
    names = merchant_names(world.merchants.category, world.merchants.kind, fruit=world.size.fruit)
    agency = np.arange(len(hosts.merchant)) % len(world.served_by.lift)
    return frame("streamers", {
        "streamer_id": ids("h", np.arange(len(hosts.merchant))),
        "name": host_names(names, hosts.merchant, hosts.talent.tolist()),
        "merchant_id": ids("m", hosts.merchant, absent=hosts.talent),
        "provider_id": ids("v", agency, absent=~hosts.talent),
        "kind": words(("merchant", "talent"), hosts.talent.astype(np.int64)),
        "joined_on": day_number(world.first_day) - world.merchants.joined[hosts.merchant] // 2,
    })


def _engagements(world: Setting) -> pa.Table:
    made = world.served
    number = np.arange(len(made.merchant))
    starts = day_number(world.first_day) + made.start
    return frame("engagements", {
        "engagement_id": ids("e", number), "provider_id": ids("v", made.provider),
        "merchant_id": ids("m", made.merchant), "operator_id": ids("op", made.operator),
        "starts_on": starts, "ends_on": starts + ENGAGEMENT_DAYS,
        "scope": words(SCOPES, number % len(SCOPES)),
        "fee_kind": words(FEE_KINDS, number % len(FEE_KINDS)),
        "fee_rate": np.where(number % len(FEE_KINDS) == 0, 0.05, 0.0),
        "reason_picked": words(REASONS, made.reason),
        "assignment": words(ASSIGNMENTS, made.reason),
    })
