"""What is true in a world: the parameters every estimate can be checked against."""

from __future__ import annotations

from typing import Any

import numpy as np

from caopan.demo import fruit, shock, spend
from caopan.demo.ad_table import INFLATION
from caopan.demo.buyer import expected_repurchase
from caopan.demo.cast import Life
from caopan.demo.category import CATEGORIES
from caopan.demo.change import CHANGES
from caopan.demo.frame import day_after
from caopan.demo.ragged import Flags, Floats
from caopan.demo.refund import matured
from caopan.demo.schedule import SECONDS_A_DAY
from caopan.demo.season import FESTIVAL_EFFECT, FESTIVALS
from caopan.demo.service import REASONS
from caopan.demo.setting import Setting
from caopan.demo.size import WINDOW_DAYS

MATURITIES = (1, 3, 7, 14, 30)
REPURCHASE_DAYS = (30, 60, 90)
VERSION = 1


def truth(world: Setting) -> dict[str, Any]:
    """Return the true parameters of a world as plain values, ready for JSON."""
    return {
        "synthetic": True, "version": VERSION, "size": world.size.name, "seed": world.seed,
        "from": world.first_day.isoformat(), "until": world.until.isoformat(),
        "window_days": WINDOW_DAYS,
        "noise": {
            "session_spread": shock.SESSION_SPREAD, "session_memory": shock.SESSION_MEMORY,
            "weekly_spread": shock.WEEKLY_SPREAD, "weekly_memory": shock.WEEKLY_MEMORY,
            "conversion_spread": shock.CONVERSION_SPREAD, "flop_share": shock.FLOP_SHARE,
            "viral_share": shock.VIRAL_SHARE,
        },
        "festivals": {"log_effect": FESTIVAL_EFFECT,
                      "days": [f"{month:02d}-{day:02d}" for month, day in sorted(FESTIVALS)]},
        "changes": _changes(world), "steady": _merchant_ids(world.merchants.life == Life.STEADY),
        "fruit": _fruit(world), "merchants": _merchants(world), "streamers": _streamers(world),
        "spend": _spend(world), "providers": _providers(world), "engagements": _engagements(world),
        "refunds": {c.name: {"rate": c.refund_rate,
                             "matured": {str(d): round(matured(c, days=d), 4) for d in MATURITIES}}
                    for c in CATEGORIES},
        "meaning": MEANING,
    }


MEANING = {
    "changes": "one factor of the merchant times ratio in the last window, nothing else moved",
    "steady": "merchants in whose last two windows nothing moved but luck",
    "repurchase": "share of first buyers who buy again in a later show within the days",
    "lift": "GMV of served shows over what they would have had, minus 1",
    "spend": "extra views = ceiling a^slope / (a^slope + half^slope); a = spend in fen plus what "
             "is left of earlier spend, carry a day; paid viewers pay conversion times as often",
    "click_pay_rate": "buyers over product clickers who would pay if nothing sold out, for "
                      "organic viewers, before change and lift",
}


def _changes(world: Setting) -> list[dict[str, Any]]:
    starts = day_after(world.until, -WINDOW_DAYS).isoformat()
    return [{"merchant_id": merchant_id(m), "factor": CHANGES[world.changes[m]].factor,
             "ratio": CHANGES[world.changes[m]].ratio, "from": starts}
            for m in np.flatnonzero(world.changes >= 0).tolist()]


def _fruit(world: Setting) -> dict[str, Any] | None:
    if not world.size.fruit:
        return None
    return {"merchant_id": merchant_id(0), "streamer_id": host_id(0),
            "viewers_before": fruit.BEFORE_VIEWERS, "viewers_after": fruit.AFTER_VIEWERS,
            "boxes_after": list(fruit.AFTER_BOXES), "view_pay_rate": fruit.CONVERSION,
            "moved": "viewers_per_session", "unchanged": "view_pay_rate"}


def _merchants(world: Setting) -> dict[str, Any]:
    made = world.merchants
    shows = world.shows
    sells = shows.cart & ~shows.false_start & (shows.day < world.size.days)
    gap = np.array([c.return_gap_days for c in CATEGORIES])[made.category]
    repurchase = {
        str(within): _rounded(expected_repurchase(
            shows.merchant[sells], shows.start[sells] / SECONDS_A_DAY,
            chance=made.return_probability, gap=gap, within=within, until=world.size.days))
        for within in REPURCHASE_DAYS}
    return {
        "merchant_id": _merchant_ids(made.life >= 0),
        "life": [Life(life).name.lower() for life in made.life],
        "return_probability": _rounded(made.return_probability),
        "return_gap_days": _rounded(gap), "refund_rate": _rounded(made.refund_rate),
        "repurchase": repurchase, "stock_recorded": made.stocked.tolist(),
    }


def _streamers(world: Setting) -> dict[str, Any]:
    hosts = world.hosts
    return {"streamer_id": [host_id(h) for h in range(len(hosts.merchant))]} | {
        name: _rounded(getattr(hosts, name))
        for name in ("enter_private", "enter_public", "enter_paid", "prod_expo_rate", "prod_ctr",
                     "click_pay_rate", "follow_rate", "private_share")}


def _spend(world: Setting) -> dict[str, Any]:
    made = world.response
    return {"streamer_id": [host_id(h) for h in np.flatnonzero(world.hosts.advertises).tolist()],
            "attribution_inflation": INFLATION, "follows_demand": spend.FOLLOWS,
            "ladder": (made.ladder[world.hosts.advertises] > 0).tolist()} | {
        name: _rounded(getattr(made, name)[world.hosts.advertises])
        for name in ("ceiling", "half", "slope", "carry", "conversion")}


def _providers(world: Setting) -> dict[str, Any]:
    lift = world.served_by.lift
    return {"provider_id": [f"v{v:05d}" for v in range(len(lift))],
            "lift": _rounded(np.expm1(lift))}


def _engagements(world: Setting) -> dict[str, Any]:
    made = world.served
    return {"engagement_id": [f"e{e:05d}" for e in range(len(made.lift))],
            "merchant_id": [merchant_id(m) for m in made.merchant.tolist()],
            "provider_id": [f"v{v:05d}" for v in made.provider],
            "reason": [REASONS[reason] for reason in made.reason],
            "starts_on": [day_after(world.first_day, d).isoformat() for d in made.start.tolist()],
            "lift": _rounded(np.expm1(made.lift))}


def merchant_id(merchant: int) -> str:
    """Return the id of a merchant.

    >>> merchant_id(3)
    'm00003'
    """
    return f"m{merchant:05d}"


def host_id(host: int) -> str:
    """Return the id of a host.

    >>> host_id(3)
    'h00003'
    """
    return f"h{host:05d}"


def _merchant_ids(chosen: Flags) -> list[str]:
    return [merchant_id(m) for m in np.flatnonzero(chosen).tolist()]


def _rounded(values: Floats) -> list[float | None]:
    """Return plain numbers with five decimals, None for what cannot be computed."""
    return [None if np.isnan(value) else round(float(value), 5) for value in values]
