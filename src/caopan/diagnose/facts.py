"""Plain facts of a period: counts and shapes that are known exactly and need no test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from caopan.diagnose.cleaning import Apart
from caopan.diagnose.column import Column, column
from caopan.diagnose.inputs import ZONE_SHIFT, Inputs
from caopan.diagnose.products import shares
from caopan.diagnose.sides import Sides
from caopan.diagnose.windows import Windows
from caopan.playbook.signal import Against
from caopan.stats.arrays import Bools, Floats, Ints, divided, grouped_sum
from caopan.stats.lmdi import log_mean

MONTH = 30
DAY_SECONDS = 86_400
HOURS_A_DAY = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the facts are read from."""

    inputs: Inputs
    apart: Ints
    windows: Windows
    sides: Sides
    side: Ints
    """Shape (n,), of every row, those set apart too: 1, 0 or -1."""

    @property
    def weeks(self) -> Floats:
        """Return the length of both periods in weeks, shape (s, 2)."""
        windows = self.windows
        days = [windows.compared_end - windows.compared_start, windows.end - windows.start]
        return np.stack(days, axis=1) / 7.0

    def now(self, values: Floats | Bools) -> Floats:
        """Return the sum over the period's rows that count, shape (s,)."""
        return grouped_sum(values, self.sides.cell, 2 * self.sides.subjects)[1::2]


def facts(scene: Scene, *, level: float) -> list[Column]:
    """Return every fact of all subjects: under ``level``, and the counts against ``previous``."""
    count, rows = scene.sides.count[:, 1], _rows(scene)
    sure, dated = np.ones(len(count)), scene.now(_dated(scene))
    of = dict.fromkeys(_OF_ROWS, rows) | dict.fromkeys(_OF_DATED, dated)
    found = [column(name, Against.LEVEL, made(scene), level=level, n=of.get(name, count), fact=sure)
             for name, made in _LEVEL.items()]
    return [*found, *_products(scene, level), *_schedule(scene, level)]


def monthly(scene: Scene) -> Floats:
    """Return GMV of the 30 days up to the end of each period, minor units, shape (s,).

    NaN where sales are counted in units: no amount is known.
    """
    sessions, end = scene.inputs.sessions, scene.windows.end
    age = end[sessions.subject] - 1 - sessions.day
    recent = (scene.apart == Apart.KEPT) & (age >= 0) & (age < MONTH)
    gmv = np.where(recent, np.nan_to_num(sessions.columns["gmv"]), 0.0)
    total = grouped_sum(gmv, sessions.subject, len(end))
    return total if sessions.measure.priced else np.full(len(end), np.nan)


def _schedule(scene: Scene, level: float) -> list[Column]:
    """Return sessions and live days a week, which are exact counts, beside the period before.

    Less than a week has no rate a week; beside days on which nothing is known of a subject (its
    data end before the period does) there is none either.
    """
    count, sold = scene.sides.count, scene.sides.sold
    known = (scene.weeks >= 1.0) & ~scene.windows.silent[:, None]
    days = {"sessions_per_week": count, "live_days_per_week": _live_days(scene)}
    columns = []
    for name, both in days.items():
        rate = np.where(known, both / scene.weeks, np.nan)
        change = np.log(divided(rate[:, 1], rate[:, 0]).clip(min=1e-12))
        whole = scene.sides.contrast(scene.sides.measure.per_session)
        error = np.sqrt(np.fmax(whole.before_variance, whole.after_variance))
        prize = log_mean(sold[:, 0], sold[:, 1]) * change
        sure = np.ones(len(rate))
        columns += [
            column(name, Against.PREVIOUS, rate[:, 1], level=level, comparison=rate[:, 0],
                   n=count[:, 1], n_comparison=count[:, 0], fact=sure,
                   prize=prize, prize_half=np.abs(prize) * error),
            column(name, Against.LEVEL, rate[:, 1], level=level, n=count[:, 1], fact=sure),
        ]
    return columns


def _live_days(scene: Scene) -> Floats:
    """Return days with a session on both sides, shape (s, 2); NaN where a day is not known."""
    day = scene.sides.day
    first = np.ones(len(day), dtype=np.bool_)
    same = scene.sides.cell[1:] == scene.sides.cell[:-1]
    first[1:] = ~(same & (day[1:] == day[:-1]))
    days = np.where(_dated(scene), first, np.nan)
    return grouped_sum(days, scene.sides.cell, 2 * scene.sides.subjects).reshape(-1, 2)


def _rows(scene: Scene) -> Floats:
    """Return how many rows of the period there are, those set apart too, shape (s,)."""
    owner = scene.inputs.sessions.subject[scene.side == 1]
    return np.bincount(owner, minlength=scene.sides.subjects).astype(np.float64)


def _products(scene: Scene, level: float) -> list[Column]:
    if scene.inputs.products is None:
        return []
    made = shares(scene.inputs.products, scene.sides)
    sold = made.pop("sku_sold")
    known = [column(name, Against.PREVIOUS, both[:, 1], level=level, comparison=both[:, 0],
                    n=sold[:, 1], n_comparison=sold[:, 0], n_of="products")
             for name, both in made.items()]
    return [*known, *(column(name, Against.LEVEL, both[:, 1], level=level, n=sold[:, 1],
                             n_of="products", fact=np.ones(len(both)))
                      for name, both in {**made, "sku_sold": sold}.items())]


def _apart_share(*reasons: Apart) -> Callable[[Scene], Floats]:
    def made(scene: Scene) -> Floats:
        now = scene.side == 1
        owner, subjects = scene.inputs.sessions.subject[now], scene.sides.subjects
        named = np.isin(scene.apart[now], [int(reason) for reason in reasons])
        every = grouped_sum(np.ones(len(owner)), owner, subjects)
        return divided(grouped_sum(named, owner, subjects), every)
    return made


def _unknown_share(*names: str) -> Callable[[Scene], Floats]:
    """Return the share of sessions that lack all of some columns."""
    def made(scene: Scene) -> Floats:
        blank = np.logical_and.reduce([np.isnan(scene.sides.column(name)) for name in names])
        return divided(scene.now(blank), scene.sides.count[:, 1])
    return made


def _top_share(scene: Scene) -> Floats:
    gmv = np.nan_to_num(scene.sides.column("gmv"))
    best = np.zeros(2 * scene.sides.subjects)
    np.maximum.at(best, scene.sides.cell, gmv)
    return divided(best[1::2], scene.now(gmv))


def _variation(scene: Scene) -> Floats:
    """Return the coefficient of variation of GMV a session."""
    gmv, count = np.nan_to_num(scene.sides.column("gmv")), scene.sides.count[:, 1]
    mean = divided(scene.now(gmv), count)
    spread = divided(scene.now(gmv**2) - count * mean**2, count - 1.0)
    return divided(np.sqrt(np.maximum(spread, 0.0)), mean)


def _start_spread(scene: Scene) -> Floats:
    """Return the circular standard deviation of the time of day of the start, in hours.

    Sessions of which only the month is known have no time of day and are left out.
    """
    start = scene.inputs.sessions.started_at[scene.sides.rows] + ZONE_SHIFT
    second = start.astype("datetime64[s]").astype(np.int64) % DAY_SECONDS
    angle = 2.0 * np.pi * second / DAY_SECONDS
    known = _dated(scene)
    length = divided(np.hypot(scene.now(known * np.cos(angle)), scene.now(known * np.sin(angle))),
                     scene.now(known))
    with np.errstate(divide="ignore"):
        spread = np.sqrt(np.maximum(-2.0 * np.log(np.minimum(length, 1.0)), 0.0))
    return spread * HOURS_A_DAY / (2.0 * np.pi)


def _dated(scene: Scene) -> Bools:
    """Return of which rows the day and hour are known, shape (r,)."""
    return scene.inputs.sessions.dated[scene.sides.rows]


def _since_last(scene: Scene) -> Floats:
    known = _dated(scene)  # beside a day that was made up nobody's last day is known
    day = np.where(known, scene.sides.day, np.inf)
    last = np.full(2 * scene.sides.subjects, -np.inf)
    np.maximum.at(last, scene.sides.cell, day)
    latest = last.reshape(-1, 2).max(axis=1)
    return np.where(np.isfinite(latest), scene.windows.end - 1 - latest, np.nan)


_OF_ROWS = frozenset({"no_cart_share", "false_start_share", "gmv_unknown_share"})
"""Shares of all rows, of which those set apart are a part."""
_OF_DATED = frozenset({"start_hour_spread"})
"""Facts of the sessions whose hour is known."""
_LEVEL: dict[str, Callable[[Scene], Floats]] = {
    "sessions": lambda scene: scene.sides.count[:, 1],
    "days_since_last": _since_last,
    "start_hour_spread": _start_spread,
    "top_session_share": _top_share,
    "gmv_cv": _variation,
    "gmv_monthly": monthly,
    "no_cart_share": _apart_share(Apart.NO_CART),
    "false_start_share": _apart_share(Apart.FALSE_START),
    "gmv_unknown_share": _apart_share(Apart.NO_GMV),
    "viewers_unknown_share": _unknown_share("viewers", "views"),
}
