"""The final told from the first minutes, beside the forecast alone, the run-rate and the curve.

Run: ``python -m bench pacing``. The generator of the comparison of methods was not kept; this one
(180 minutes, Student noise around the forecast, an unknown peak, bursts of heroes) was fitted to
the misses of its *baselines* alone. The synthetic world is the second, with its own minutes.
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
from caopan.forecast.pace import Past, pace
from caopan.forecast.rules import rate_and_hours

MINUTES, SESSIONS, TESTED = 180, 1_500, 400
TARGETS = {0.05: 0.475, 0.1: 0.44, 0.3: 0.335, 0.5: 0.234}
"""Elapsed share and the mean miss (log) that it is held to."""
COVERAGE_OFF = 0.03
SAMPLING = 0.02
"""One standard error of a coverage over 400 sessions."""


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
    yield from _part("generator", generated(1), targets=TARGETS)
    yield from _part("synthetic world", synthetic(3), targets={})


def _part(name: str, rooms: Rooms, *, targets: dict[float, float]) -> Iterator[Row]:
    for share, target in TARGETS.items():
        cut = np.maximum(np.round(share * rooms.length), 1).astype(int)
        minute = np.arange(rooms.sold.shape[1])[None, :]
        so_far = (rooms.sold * (minute < cut[:, None])).sum(axis=1)
        lately = (rooms.sold * ((minute < cut[:, None]) & (minute >= cut[:, None] - 10))).sum(
            axis=1)
        total, past = rooms.total, slice(0, len(rooms.prior) - TESTED)
        known = Past(prior=rooms.prior[past], so_far=so_far[past], lately=lately[past],
                     total=total[past])
        misses = np.log(known.total / known.prior)
        tested = range(len(rooms.prior) - TESTED, len(rooms.prior))
        told = [pace(known, prior=rooms.prior[at], misses=misses, so_far=so_far[at],
                     lately=lately[at]) for at in tested]
        came = total[-TESTED:]
        missed = {
            "ours": np.array([one.mid for one in told]), "forecast": rooms.prior[-TESTED:],
            "run-rate": (so_far[-TESTED:] + 0.5) / share,
            "curve": (so_far[-TESTED:] + 0.5) / (known.so_far / known.total).mean()}
        size = {key: float(np.abs(np.log(value / came)).mean()) for key, value in missed.items()}
        held = np.mean([one.quantiles[1] <= value <= one.quantiles[17]
                        for one, value in zip(told, came, strict=True)])
        print(f"  {name}, {share:.0%} elapsed ({told[0].method}): ours {size['ours']:.3f}, "
              f"forecast {size['forecast']:.3f}, run-rate {size['run-rate']:.3f}, "
              f"curve {size['curve']:.3f}; 80 % range holds {held:.1%}")
        best = min(size["forecast"], size["run-rate"], size["curve"])
        yield Row(name=f"{name}: miss at {share:.0%} over the best of three", ours=size["ours"],
                  theirs=best, limit=1.02, unit=" ")
        if share in targets:
            yield Row(name=f"{name}: miss at {share:.0%}", ours=size["ours"], theirs=None,
                      limit=target, unit=" ")
        yield Row(name=f"{name}: coverage at {share:.0%} off 80 %", ours=abs(float(held) - 0.8),
                  theirs=None, limit=COVERAGE_OFF + SAMPLING, unit=" ")


def generated(seed: int) -> Rooms:
    """Return rooms whose baselines miss as those of the comparison did."""
    rng = np.random.default_rng(seed)
    n = SESSIONS + TESTED
    prior = np.exp(rng.normal(3.88, 1.149, n))
    final = prior * np.exp(0.5 * rng.standard_t(5, n))
    at = (np.arange(MINUTES) + 0.5) / MINUTES
    rate = np.exp(-0.5 * ((at - rng.uniform(0.141, 0.787, n)[:, None]) / 0.381) ** 2) + 0.035
    rate *= 1 - np.exp(-((at / 0.139) ** 2))
    for _ in range(4):
        since = at - rng.uniform(0.05, 1.0, n)[:, None]
        rate += 1.05 * rng.gamma(1.0, 1.0, n)[:, None] * ((since >= 0) & (since < 0.02)) * rate
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
    late = np.argsort(shows.start[able], kind="stable")[-(SESSIONS + TESTED):]
    able, prior = able[late], prior[late]
    place = np.full(len(shows.host), -1)
    place[able] = np.arange(len(able))
    mine = place[sales.show] >= 0
    sold = np.zeros((len(able), int(sales.second.max()) // 60 + 1))
    np.add.at(sold, (place[sales.show[mine]], sales.second[mine] // 60), sales.quantity[mine])
    return Rooms(prior=prior, sold=sold, length=shows.planned_minutes[able].astype(float))
