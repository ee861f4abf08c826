"""Worlds in which spend follows demand, with the true return of one yuan more, host by host."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from caopan.demo.block import block
from caopan.demo.cast import Life
from caopan.demo.demand import traffic_factor
from caopan.demo.setting import Setting
from caopan.demo.size import Size
from caopan.demo.spend import spend
from caopan.demo.world import make
from caopan.forecast.ladder import Ladder
from caopan.forecast.responding import responses
from caopan.forecast.spending import CHOSEN, Spending
from caopan.stats.hill import hill, hill_rate, stock
from caopan.workspace.responding import design_of

DAYS = 180
CARRY, SLOPE = 0.45, 1.3
UNTIL = date(2026, 5, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Sessions and the truth: by host, one yuan more at its median paid spend brings this."""

    sessions: Spending
    marginal: np.ndarray
    attributed: np.ndarray
    """What a platform would claim each host's spend returned."""
    design: Ladder | None = None
    """The experiment, where the product designed it."""
    forgone: float = np.nan
    """Sales that drawing cost, against the same world without it, by its true curves."""
    viewers: np.ndarray | None = None
    """Of each session, in organic ones, that its spend leads to expect."""
    worth: np.ndarray | None = None
    """What one of them buys for, by host."""


def endogenous(seed: int, *, hosts: int = 6, drawn: float = 0.4, follows: float = 0.7,
               effect: float = 1.0) -> World:
    """Return hosts that spend more when they see demand coming; a share of sessions is drawn.

    Saturation and carry-over as in the comparison of methods (Hill of slope 1.3, 0.45 a day), a
    return near 2.4 on average, AR(1) demand that the operator sees, noise of 25 %.
    """
    rng = np.random.default_rng(seed)
    rows: list[dict[str, np.ndarray]] = []
    truth, claimed = [], []
    for host in range(hosts):
        day = np.sort(rng.choice(np.arange(float(DAYS)), int(DAYS * 0.7), replace=False)) + 0.8
        n = len(day)
        seen = _demand(n, rng)
        hours = np.exp(rng.normal(1.0, 0.35, n))
        weekday = np.floor(day).astype(np.int64) % 7
        plan = (np.exp(rng.normal(0.0, 0.12, 7)[weekday]
                       + rng.normal(0.0, 0.25) * (day - DAYS / 2) / 90) * (hours / np.e) ** 0.9)
        usual = np.exp(rng.normal(11.6, 0.6))
        wish = usual * np.exp(follows * (seen + np.log(plan)) + rng.normal(0.0, 0.25, n))
        rung = np.where(rng.random(n) < drawn, rng.integers(0, 3, n), CHOSEN)
        spend = np.round(wish * np.where(rung == CHOSEN, 1, rung))
        kept = stock(spend, day, np.zeros(n, dtype=np.int64), carry=CARRY)
        half = rng.lognormal(0.0, 0.2) * usual * 1.5
        share = hill(kept, half=half, slope=SLOPE)
        ceiling = rng.lognormal(np.log(2.4), 0.25) * spend.mean() / share.mean()
        extra = ceiling * effect * share
        sold = (extra + 2.0 * ceiling * np.exp(seen) * plan) * np.exp(
            rng.normal(-0.03, 0.25, n))
        at, grown = np.median(spend[spend > 0]), 1 / (1 - CARRY ** np.median(np.diff(day)))
        truth.append(effect * ceiling * grown * hill_rate(
            np.array([at * grown]), half=half, slope=SLOPE)[0])
        claimed.append(np.minimum(1.8 * extra, sold).sum() / spend.sum())
        rows.append({
            "subject": np.full(n, host), "start": day, "hours": hours, "weekday": weekday,
            "level": np.zeros(n, dtype=np.int64), "spend": spend, "planned": np.full(n, np.nan),
            "rung": rung, "sold": np.round(sold)})
    columns = {name: np.concatenate([one[name] for one in rows]) for name in rows[0]}
    return World(sessions=Spending(**columns, names=tuple(f"h{at}" for at in range(hosts))),
                 marginal=np.array(truth), attributed=np.array(claimed))


def demo(seed: int, *, size: str | Size = "small") -> World:
    """Return the product's synthetic world: heavy tails, half of its noise in conversion."""
    return _sessions_of(make(size, seed=seed, until=UNTIL).setting)


def laddered(seed: int, *, size: str | Size = "small") -> World:
    """Return that world with the ladder that the product recommends on its history without one.

    Every host that advertises draws each session from the day on after which as many are held as
    `caopan.workspace.responding.design_of` asks of all hosts together, by its power.
    """
    made = make(size, seed=seed, until=UNTIL).setting
    before = _sessions_of(_drawing(made, days=0, seed=seed))
    pooled = responses(before.sessions, np.random.default_rng(seed))[0]
    design = design_of(before.sessions, pooled, level=0.8)
    shows = made.shows
    able = np.isin(shows.host, np.flatnonzero(_advertising(made))) & shows.cart & (
        ~shows.false_start & (shows.day < made.size.days))
    last = np.sort(made.size.days - shows.day[able])
    days = int(last[min(design.sessions if design else 0, len(last)) - 1])
    world = _sessions_of(_drawing(made, days=days, seed=seed))
    lost = (before.viewers - world.viewers) * world.worth[world.sessions.subject]
    return replace(world, design=design, forgone=float(lost.sum()))


def _advertising(setting: Setting) -> np.ndarray:
    """Return which hosts may draw: those that advertise and whose merchant lives as usual."""
    living = setting.merchants.life[setting.hosts.merchant] == Life.LIVING
    return np.asarray(setting.hosts.advertises & living)


def _drawing(made: Setting, *, days: int, seed: int) -> Setting:
    """Return the setting where these hosts draw every session of their last days."""
    response = replace(made.response, ladder_days=days,
                       ladder=np.where(_advertising(made), 1.0, 0.0))
    spent = spend(made.size, made.hosts, made.shows, made.demand, response,
                  np.random.default_rng([seed, 7]))
    return replace(made, response=response, spend=spent)


def _sessions_of(setting: Setting) -> World:
    made = block(setting, 0, setting.blocks[0])
    shows, spent, response = made.shows, made.spend, setting.response
    sells = shows.cart & ~shows.false_start
    order = np.flatnonzero(sells)[np.lexsort((shows.start[sells], shows.host[sells]))]
    host, subject = np.unique(shows.host[order], return_inverse=True)
    day = shows.start[order] / 86_400
    sessions = Spending(
        subject=subject.astype(np.int64), start=day, hours=shows.planned_minutes[order] / 60,
        weekday=np.floor(day).astype(np.int64) % 7, level=shows.level[order],
        spend=spent.actual[order].astype(float), planned=spent.planned[order].astype(float),
        rung=spent.experiment[order] - 1, sold=made.tally.gmv[order].astype(float),
        names=tuple(f"h{one:05d}" for one in host))
    organic = (made.demand.views * traffic_factor(made.demand, setting.changes[
        shows.merchant]) + spent.carried_views)[order]
    counted = organic + response.conversion[shows.host[order]] * spent.paid_views[order]
    truth, bought = np.full(len(host), np.nan), np.zeros(len(host))
    for at, one in enumerate(host):
        mine = subject == at
        paid = mine & (sessions.spend > 0)
        if not paid.any():
            continue
        worth = bought[at] = sessions.sold[mine].sum() / counted[mine].sum()
        left = response.carry[one] ** np.median(np.diff(day[mine]))
        spend, step = float(np.median(sessions.spend[paid])), 1.0
        views = [response.ceiling[one] * hill(
            np.array([amount / (1 - left)]), half=response.half[one],
            slope=response.slope[one])[0] for amount in (spend, spend + step)]
        value = response.conversion[one] * (1 - left) + left
        truth[at] = worth * value * (views[1] - views[0]) / step
    return World(sessions=sessions, marginal=truth, attributed=np.full(len(host), np.nan),
                 viewers=counted, worth=bought)


def _demand(n: int, rng: np.random.Generator) -> np.ndarray:
    fresh = rng.normal(0.0, 1.0, n)
    found = fresh.copy()
    for at in range(1, n):
        found[at] = 0.7 * found[at - 1] + np.sqrt(1 - 0.49) * fresh[at]
    return 0.25 * found
