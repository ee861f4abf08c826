"""A fall of demand told while a session runs, beside the rule of thumb of the last eight minutes.

Run: ``python -m bench alerting``. The world is that of the comparison of methods, built anew: 180
minutes, Student noise around the forecast, an unknown peak, bursts of heroes at the times of the
run sheet, of a strength that its targets miss by 0.4 (log). The fault is demand × 0.15 for 15
minutes. Thresholds come from 300 clean sessions each, so that one clean session in ten has a false
alarm. A fault is detected where there is an alarm within it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from bench.row import Row
from caopan.stats.cusum import Fall, size, statistic, threshold

MINUTES, CLEAN, TESTED, DRAWS = 180, 300, 1_500, range(1, 5)
FAULT, LEFT = 15, 0.15
SMALL, LARGE = 60, 200
WINDOW = 8
HEROES, HERO_MINUTES, HERO_UPLIFT = 4, 6, 2.7
TARGET_MISS = 0.4
WATCHERS = 400.0
"""People who come in a minute at the peak of a room of the median size."""
DETECTED, FALSE_ALARMS = 0.72, 0.12
"""What rooms of 200 units and more are held to; one false alarm in ten, and two standard errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """Sessions by minute, (n, minutes): units sold, people who came, what the run sheet said."""

    sold: np.ndarray
    came: np.ndarray
    sheet: np.ndarray
    prior: np.ndarray
    fault: np.ndarray
    clean_total: np.ndarray


def shows(seed: int, n: int, *, faulty: bool) -> Shows:
    """Return sessions of the world; those with a fault say when it begins."""
    rng = np.random.default_rng(seed)
    prior = np.exp(rng.normal(5.2, 0.8, n))
    final = prior * np.exp(0.528 * rng.standard_t(5, n))
    at = (np.arange(MINUTES) + 0.5) / MINUTES
    peak = rng.uniform(0.247, 0.809, n)
    crowd = np.exp(-0.5 * ((at - peak[:, None]) / 0.39) ** 2) + 0.225
    crowd *= 1 - np.exp(-at / 0.066)
    minute = np.arange(MINUTES)
    heroes = np.zeros((n, MINUTES))
    sheet = np.ones((n, MINUTES))
    for _ in range(HEROES):
        begins = rng.integers(9, MINUTES - HERO_MINUTES, n)
        on = (minute >= begins[:, None]) & (minute < begins[:, None] + HERO_MINUTES)
        uplift = HERO_UPLIFT * rng.gamma(1.0, 1.0, n)
        told = uplift * np.exp(TARGET_MISS * rng.normal(size=n) - TARGET_MISS**2 / 2)
        heroes += uplift[:, None] * on
        sheet += told[:, None] * on
    rate = crowd * (1 + heroes)
    rate *= final[:, None] / rate.sum(axis=1, keepdims=True)
    fault = rng.integers(20, MINUTES - FAULT, n)
    broken = (minute >= fault[:, None]) & (minute < fault[:, None] + FAULT)
    sold = rng.poisson(np.where(broken, LEFT, 1.0) * rate if faulty else rate)
    scale = WATCHERS * (prior / np.exp(5.2))[:, None]
    return Shows(sold=sold.astype(float), came=rng.poisson(scale * crowd).astype(float),
                 sheet=sheet, prior=prior, fault=fault, clean_total=rate.sum(axis=1))


def rows() -> Iterator[Row]:
    """Yield detection and false alarms by method."""
    found: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in METHODS}
    for seed in DRAWS:
        before, clean, faulty = (shows(10 * seed + at, n, faulty=at == 2) for at, n in enumerate(
            (CLEAN, TESTED, TESTED)))
        for name, method in METHODS.items():
            found[name].append(_scored(method, before, clean, faulty))
    for name, parts in found.items():
        every, large, false, cost = (float(one) for one in np.mean(parts, axis=0))
        print(f"  {name}: detected {every:.2f} of rooms of {SMALL} units and more, {large:.2f} of "
              f"{LARGE}; false alarms of these {false:.2f}; {cost:.2f} ms a session")
        held = name == "run sheet and traffic"
        yield Row(name=f"{name}: missed in rooms of {LARGE} units and more", ours=1 - large,
                  theirs=None, limit=1 - DETECTED if held else 1.0, unit=" ")
        yield Row(name=f"{name}: false alarms of these", ours=false, theirs=None,
                  limit=FALSE_ALARMS if held else 1.0, unit=" ")


Evidence = Callable[[Shows, Shows], np.ndarray]


def _scored(method: Evidence, before: Shows, clean: Shows, faulty: Shows
            ) -> tuple[float, float, float, float]:
    limit = threshold(method(before, before).max(axis=1))
    start = perf_counter()
    evidence = method(before, faulty)
    cost = (perf_counter() - start) * 1000 / len(evidence)
    minute = np.arange(MINUTES)
    inside = (minute >= faulty.fault[:, None]) & (minute < faulty.fault[:, None] + FAULT)
    seen = ((evidence > limit) & inside).any(axis=1)
    false = (method(before, clean) > limit).any(axis=1)[clean.clean_total >= LARGE]
    every, large = faulty.clean_total >= SMALL, faulty.clean_total >= LARGE
    return float(seen[every].mean()), float(seen[large].mean()), float(false.mean()), cost


def _ratio(_: Shows, asked: Shows) -> np.ndarray:
    """Return how far the last eight minutes lie below the average so far."""
    total = np.cumsum(asked.sold, axis=1)
    late = total.copy()
    late[:, WINDOW:] -= total[:, :-WINDOW]
    usual = total / np.arange(1, MINUTES + 1) * WINDOW
    evidence = (usual + 1.0) / (late + 1.0)
    evidence[:, :2 * WINDOW] = 0.0
    return evidence


def _cusum(before: Shows, asked: Shows, shape: Callable[[Shows], np.ndarray]) -> np.ndarray:
    fall = Fall(size=size(before.sold, _forecast(before, shape)))
    return statistic(asked.sold, _forecast(asked, shape), fall)


def _forecast(asked: Shows, shape: Callable[[Shows], np.ndarray]) -> np.ndarray:
    """Return what was forecast of each session, spread over its minutes by a shape."""
    made = shape(asked)
    return asked.prior[:, None] * made / made.sum(axis=1, keepdims=True)


def _with_traffic(before: Shows, asked: Shows) -> np.ndarray:
    rate = before.sold.sum() / (before.came * before.sheet).sum()
    fall = Fall(size=size(before.sold, before.came * before.sheet * rate))
    return statistic(asked.sold, asked.came * asked.sheet * rate, fall)


METHODS: dict[str, Evidence] = {
    "8-minute ratio": _ratio,
    "CUSUM alone": lambda before, asked: _cusum(
        before, asked, lambda one: np.ones_like(one.sheet)),
    "run sheet": lambda before, asked: _cusum(before, asked, lambda one: one.sheet),
    "run sheet and traffic": _with_traffic,
}
