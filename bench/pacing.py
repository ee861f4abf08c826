"""The final told from the first minutes, beside the forecast alone, the run-rate and the curve.

Run: ``python -m bench pacing``. The generator of the comparison of methods was not kept; this one
(180 minutes, Student noise around the forecast, an unknown peak, bursts of heroes) was fitted to
the misses of its *baselines* alone: forecast, run-rate and curve, at six points each. It takes the
logarithm of no less than one sale, as the comparison did: what a rule tells before the first sale
is one. The synthetic world is the second, with its own minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from bench.row import Row
from caopan.demo.block import block
from caopan.demo.world import make
from caopan.forecast.history import History
from caopan.forecast.pace import Past, learnt, pace
from caopan.forecast.rules import rate_and_hours

MINUTES, SESSIONS, TESTED = 180, 1_500, 1_500
DRAWS, WORLDS, LATEST = range(1, 5), range(1, 7), 400
TARGETS = {0.05: 0.475, 0.1: 0.435, 0.3: 0.335, 0.5: 0.234}
"""Elapsed share and the mean miss (log) that it is held to."""
COVERAGE_OFF = 0.03
FORECAST, RATES = 0.525, {0.05: 2.55, 0.1: 1.56, 0.3: 0.537, 0.5: 0.27}
"""What the forecast and the run-rate missed by in the comparison: the generator's own target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """Sessions with what was forecast of them and what each minute sold, (n, minutes)."""

    prior: np.ndarray
    sold: np.ndarray
    length: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """Return what each sold in the end."""
        return self.sold.sum(axis=1)


def rows() -> Iterator[Row]:
    """Yield misses and coverage by elapsed share, on both generators."""
    yield from _part("generator", [generated(seed) for seed in DRAWS], tested=TESTED,
                     targets=TARGETS)
    yield from _part("synthetic world", [synthetic(seed) for seed in WORLDS], tested=LATEST,
                     targets={})


def _part(name: str, worlds: list[Rooms], *, tested: int, targets: dict[float, float]
          ) -> Iterator[Row]:
    for share in TARGETS:
        parts = [_told(rooms, share, tested) for rooms in worlds]
        size = {key: float(np.mean([part.missed[key] for part in parts]))
                for key in parts[0].missed}
        held, small, large = (float(np.mean([getattr(part, kind) for part in parts]))
                              for kind in ("held", "small", "large"))
        print(f"  {name}, {share:.0%} elapsed ({parts[0].method}): ours {size['ours']:.3f}, "
              f"forecast {size['forecast']:.3f}, run-rate {size['run-rate']:.3f}, "
              f"curve {size['curve']:.3f}; 80 % range holds {held:.1%} (small rooms {small:.0%}, "
              f"large {large:.0%})")
        best = min(size["forecast"], size["run-rate"], size["curve"])
        yield Row(name=f"{name}: miss at {share:.0%} over the best of three", ours=size["ours"],
                  theirs=best, limit=1.0, unit=" ")
        if share in targets:
            yield Row(name=f"{name}: miss at {share:.0%}", ours=size["ours"], theirs=None,
                      limit=targets[share], unit=" ")
            yield Row(name=f"{name}: run-rate at {share:.0%} off the comparison's",
                      ours=abs(size["run-rate"] / RATES[share] - 1.0), theirs=None, limit=0.06,
                      unit=" ")
        yield Row(name=f"{name}: coverage at {share:.0%} off 80 %", ours=abs(held - 0.8),
                  theirs=None, limit=COVERAGE_OFF, unit=" ")
    if targets:
        yield Row(name=f"{name}: forecast off the comparison's",
                  ours=abs(size["forecast"] / FORECAST - 1.0), theirs=None, limit=0.02, unit=" ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """Mean misses by method, and how often the 80 % range held: all, small rooms, large ones."""

    missed: dict[str, float]
    held: float
    small: float
    large: float
    method: str


def _told(rooms: Rooms, share: float, tested: int) -> _Scored:
    cut = np.maximum(np.round(share * rooms.length), 1).astype(int)
    minute = np.arange(rooms.sold.shape[1])[None, :]
    so_far = (rooms.sold * (minute < cut[:, None])).sum(axis=1)
    lately = (rooms.sold * ((minute < cut[:, None]) & (minute >= cut[:, None] - 10))).sum(axis=1)
    total, past = rooms.total, slice(0, len(rooms.prior) - tested)
    known = Past(prior=rooms.prior[past], so_far=so_far[past], lately=lately[past],
                 total=total[past])
    found = learnt(known, misses=np.log(known.total / known.prior))
    told = [pace(found, prior=rooms.prior[at], so_far=so_far[at], lately=lately[at])
            for at in range(len(rooms.prior) - tested, len(rooms.prior))]
    came, prior = total[-tested:], rooms.prior[-tested:]
    held = np.array([one.quantiles[1] <= value <= one.quantiles[17]
                     for one, value in zip(told, came, strict=True)])
    missed = {"ours": np.array([one.mid for one in told]), "forecast": prior,
              "run-rate": so_far[-tested:] / share,
              "curve": so_far[-tested:] / (known.so_far / known.total).mean()}
    small = prior < np.median(prior)
    return _Scored(
        missed={key: float(np.abs(np.log(np.maximum(value, 1.0) / came)).mean())
                for key, value in missed.items()},
        held=float(held.mean()), small=float(held[small].mean()),
        large=float(held[~small].mean()), method=told[0].method.value)


def generated(seed: int) -> Rooms:
    """Return rooms whose baselines miss as those of the comparison did."""
    rng = np.random.default_rng(seed)
    n = SESSIONS + TESTED
    prior = np.exp(rng.normal(4.323, 0.702, n))
    final = prior * np.exp(0.528 * rng.standard_t(5, n))
    at = (np.arange(MINUTES) + 0.5) / MINUTES
    peak = rng.uniform(0.247, 0.809, n)
    rate = np.exp(-0.5 * ((at - peak[:, None]) / 0.39) ** 2) + 0.225
    rate *= 1 - np.exp(-at / 0.066)
    for _ in range(4):
        since = at - rng.uniform(0.05, 1.0, n)[:, None]
        rate += 2.695 * rng.gamma(1.0, 1.0, n)[:, None] * ((since >= 0) & (since < 0.03)) * rate
    sold = rng.poisson(final[:, None] * rate / rate.sum(axis=1, keepdims=True))
    kept = sold.sum(axis=1) > 0
    return Rooms(prior=prior[kept], sold=sold[kept], length=np.full(kept.sum(), float(MINUTES)))


def synthetic(seed: int) -> Rooms:
    """Return the product's synthetic world in units, in order of time."""
    world = make("small", seed=seed, until=date(2026, 5, 1))
    made = block(world.setting, 0, world.setting.blocks[0])
    shows, sales = made.shows, made.sales
    order = np.lexsort((shows.start, shows.host))
    units = np.bincount(sales.show, sales.quantity, len(shows.host))
    told = order[(shows.cart & ~shows.false_start)[order]]
    history = History(subject=shows.host[told], start=shows.start[told] / 86_400,
                      hours=shows.planned_minutes[told] / 60, sold=units[told])
    prior = rate_and_hours(history)
    able = told[(np.nan_to_num(prior) > 0) & (units[told] > 0)]
    prior = prior[(np.nan_to_num(prior) > 0) & (units[told] > 0)]
    late = np.argsort(shows.start[able], kind="stable")[-(SESSIONS + LATEST):]
    able, prior = able[late], prior[late]
    place = np.full(len(shows.host), -1)
    place[able] = np.arange(len(able))
    mine = place[sales.show] >= 0
    sold = np.zeros((len(able), int(sales.second.max()) // 60 + 1))
    np.add.at(sold, (place[sales.show[mine]], sales.second[mine] // 60), sales.quantity[mine])
    return Rooms(prior=prior, sold=sold, length=shows.planned_minutes[able].astype(float))
