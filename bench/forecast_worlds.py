"""Two synthetic worlds of planned sessions, by generators of different kinds.

``multiplied`` follows the description in the comparison of methods, whose own code was not kept:
log-linear effects of the plan, a level of each host that wanders, Student noise, flops and
viral shows, days of promotion, spend that follows demand and carries over, shows that sell
nothing. ``funnel`` shares no equation with it: followers grow or leave, paid and free viewers add
up and are pushed by an algorithm at times, a product line is good for some weeks and then
replaced, and orders are counted.
"""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History

DAYS = 240
CENTS = 100.0
PROMOTED = (17, 18, 19, 48, 49, 78, 79, 80, 110, 111, 140, 141, 142, 170, 171, 200, 201, 202, 229,
            230)
"""Days of platform promotions, planned as level S by most."""
FLOPS, FLOP, VIRAL, PUSH = 0.04, 0.15, 0.02, 5.0
CARRY = 0.4
NOTHING = 0.02


def multiplied(seed: int, *, hosts: int) -> History:
    """Return sessions of hosts, half of which have fewer than 32; GMV in minor units."""
    rng = np.random.default_rng(seed)
    weekday = rng.normal(0.0, 0.12, 7)
    parts = [_multiplied(host, rng, weekday) for host in range(hosts)]
    return _joined(parts)


def funnel(seed: int, *, hosts: int) -> History:
    """Return sessions of hosts by another mechanism than that of ``multiplied``."""
    rng = np.random.default_rng(10_000 + seed)
    return _joined([_funnel(host, rng) for host in range(hosts)])


def _multiplied(host: int, rng: np.random.Generator, weekday: np.ndarray) -> dict[str, np.ndarray]:
    day = _days(rng)
    n = len(day)
    size = rng.normal(4.6, 1.1)
    level = size + np.cumsum(rng.normal(0.0, 0.12, n))
    promoted = np.isin(np.floor(day).astype(np.int64), PROMOTED)
    grade = np.where(promoted & (rng.random(n) < 0.8), 2.0, (rng.random(n) < 0.25).astype(float))
    clock = 0.35 * np.sin(2 * np.pi * (day % 1.0 - 0.55))
    hours = np.exp(rng.normal(1.1, 0.2) + rng.normal(0.0, 0.65, n))
    products = np.maximum(2.0, np.round(np.exp(rng.normal(3.0, 0.4) + rng.normal(0.0, 0.5, n))))
    demand = _wandering(n, 0.6, 0.3, rng)
    wish = np.exp(size - 2.5 + 0.7 * demand + 0.5 * promoted + rng.normal(0.0, 0.9, n))
    spend = np.where(rng.random(n) < 0.7, np.round(wish), 0.0)
    kept = np.zeros(n)
    for at in range(n):
        kept[at] = spend[at] + (CARRY ** (day[at] - day[at - 1]) * kept[at - 1] if at else 0.0)
    paid = rng.lognormal(0.0, 0.3) * np.log1p(kept / np.exp(size - 2.5))
    shock = rng.standard_t(4, n) * (0.3 + 0.4 * np.exp(-0.4 * max(size - 2.0, 0.0)))
    chance = rng.random(n)
    shock += np.where(chance < FLOPS, np.log(FLOP), np.where(
        chance > 1.0 - VIRAL, np.log(PUSH), 0.0))
    mean = (level + weekday[np.floor(day).astype(np.int64) % 7] + clock + 0.8 * np.log(hours)
            + 0.25 * np.log(products) + 0.8 * promoted + 0.3 * grade + paid + 0.5 * demand + shock)
    basket = rng.lognormal(3.2, 0.5)
    orders = rng.poisson(np.exp(np.clip(mean, -5.0, 16.0)) / basket)
    sold = orders * basket * rng.lognormal(0.0, 0.1, n) * (rng.random(n) > NOTHING)
    return {"subject": np.full(n, host), "start": day, "hours": hours, "products": products,
            "spend": spend * CENTS, "grade": grade, "sold": np.round(sold * CENTS)}


def _funnel(host: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    day = _days(rng)
    n = len(day)
    followers = rng.pareto(1.1) * 2_000.0 + 1_000.0
    growth = rng.normal(0.001, 0.004)
    evening = rng.random() < 0.7
    hours = rng.choice([1.0, 2.0, 3.0, 4.0, 6.0], n, p=[0.1, 0.3, 0.3, 0.2, 0.1])
    hours = hours + rng.uniform(-0.3, 0.3, n)
    products = np.maximum(2.0, rng.poisson(rng.uniform(6.0, 40.0), n)).astype(float)
    budget = rng.gamma(2.0, followers / 40.0) * (rng.random() < 0.75)
    grade = np.where(rng.random(n) < 0.08, 2.0, np.where(rng.random(n) < 0.2, 1.0, 0.0))
    line, good, left = 0.0, 0.03, 0.0
    lines, quality = np.zeros(n), np.zeros(n)
    for at in range(n):
        if left <= 0.0:
            left, line, good = rng.exponential(20.0), rng.lognormal(4.3, 0.5), rng.beta(2.0, 60.0)
        left -= day[at] - day[at - 1] if at else 0.0
        lines[at], quality[at] = line, good
    spend = np.round(budget * (1.0 + 20.0 * quality) * (1.0 + grade) * rng.gamma(3.0, 1 / 3.0, n))
    base = followers * np.exp(growth * day)
    free = 0.08 * base * hours**0.6 * (1.0 + 0.3 * (evening == (day % 1.0 > 0.6))) * rng.gamma(
        4.0, 0.25, n)
    pushed = np.where(rng.random(n) < 0.12, base * rng.pareto(2.2, n), 0.0) * np.sqrt(hours) * 0.3
    paid = 1.6 * spend / (1.0 + spend / (0.15 * base + 400.0))
    viewers = rng.poisson((free + pushed + paid) * (1.0 + 0.6 * (grade == 2)))
    rate = np.clip(quality * (1.0 - np.exp(-products / 12.0)) * rng.gamma(6.0, 1 / 6.0, n), 0, 0.5)
    orders = rng.negative_binomial(3.0, 3.0 / (3.0 + np.maximum(viewers * rate, 1e-6)))
    orders = np.where(rng.random(n) < 0.02, 0, orders)
    return {"subject": np.full(n, host), "start": day, "hours": hours, "products": products,
            "spend": spend * CENTS, "grade": grade, "sold": np.round(
                orders * lines * rng.uniform(0.8, 1.2, n) * CENTS)}


def _days(rng: np.random.Generator) -> np.ndarray:
    """Return when a host goes live: half of them fewer than 32 times, some only lately."""
    few = rng.random() < 0.5
    count = int(rng.integers(4, 32)) if few else int(rng.integers(32, 160))
    since = rng.uniform(0.0, 200.0) if few and rng.random() < 0.5 else 0.0
    days = np.sort(rng.choice(np.arange(int(since), DAYS), min(count, DAYS - int(since)),
                              replace=False))
    usual = rng.choice([0.42, 0.58, 0.83])
    return days + np.clip(usual + rng.normal(0.0, 0.04, len(days)), 0.05, 0.95) - 8.0 / 24.0


def _wandering(n: int, memory: float, step: float, rng: np.random.Generator) -> np.ndarray:
    found, last = np.zeros(n), 0.0
    for at in range(n):
        last = memory * last + rng.normal(0.0, step)
        found[at] = last
    return found


def _joined(parts: list[dict[str, np.ndarray]]) -> History:
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return History(**{**whole, "subject": whole["subject"].astype(np.int64)})
