"""The profile (档案) of one host or merchant: headline, sparklines, stage, calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from caopan.diagnose.cleaning import Apart
from caopan.diagnose.diagnosis import Stage, Subject
from caopan.diagnose.facts import Scene
from caopan.diagnose.inputs import Inputs
from caopan.diagnose.readings import READINGS
from caopan.diagnose.sides import Sides, sides
from caopan.diagnose.stage import months, stage
from caopan.diagnose.windows import fixed
from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.metrics.value import values
from caopan.playbook.ladder import Ladder
from caopan.report.document import days, in_unit, spread
from caopan.report.document import stage as stage_document
from caopan.stats.lmdi import log_mean
from caopan.stats.student import t_quantile
from caopan.store.question import Question
from caopan.store.store import Store
from caopan.units.interval import Interval
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.workspace.directory import last_days
from caopan.workspace.room import Room

LEVEL = 0.8
WEEKS = 13
"""How many weeks a sparkline shows, the present one the last."""
FEWEST = 3
"""Sessions on either side below which a change has no interval."""
FIGURES = ("gmv_gross", "sessions", "gmv_per_session", "view_uv", "view_pay_rate", "aov",
           "follow_rate")
INSTEAD = {"view_uv": ("view_pv",), "view_pay_rate": ("orders_per_view", "units_per_view"),
           "aov": ("gmv_per_order", "price_per_item"), "follow_rate": ("follow_rate_views",)}
"""What stands in where the columns do not carry a figure: the next basis that they do."""
READ_AS = {"price_per_item": "gmv_per_unit"}
"""Metrics whose reading in a diagnosis has another id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of the headline.

    ``value`` over the last 30 days and ``before`` over the 30 before, in the metric's unit, None
    where not known; ``n`` and ``n_before`` what was counted; ``change`` their difference and
    ``interval`` its range, None where the scatter of the sessions does not tell one; ``weeks``
    one value a week, None where the week has none.
    """

    metric: Metric
    value: float | None
    before: float | None
    n: int
    n_before: int
    change: float | None
    interval: Interval | None
    weeks: tuple[float | None, ...]

    def document(self, *, currency: str) -> dict[str, object]:
        """Return the number as JSON."""
        unit = self.metric.unit
        value, before, change = (in_unit(one, unit, currency)
                                 for one in (self.value, self.before, self.change))
        return {"metric": self.metric.id, "name": self.metric.name.document(),
                "unit": unit.value, "currency": currency if unit is Unit.MONEY else None,
                "value": value, "before": before, "change": change,
                "n": self.n, "n_before": self.n_before,
                "interval": spread(self.interval, unit=unit, currency=currency),
                "weeks": [in_unit(week, unit, currency) for week in self.weeks]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The head of a profile; ``compared`` is None where the data do not reach back so far."""

    room: Room
    period: Period
    compared: Period | None
    figures: tuple[Figure, ...]
    stage: Stage
    counted: int
    aside: int
    mondays: tuple[date, ...]

    def document(self) -> dict[str, object]:
        """Return the head as JSON; ``counted`` and ``aside`` are sessions."""
        currency = self.room.currency
        return {"subject": self.room.document(), "currency": currency,
                "period": days(self.period),
                "compared_period": self.compared and days(self.compared),
                "figures": [one.document(currency=currency) for one in self.figures],
                "stage": stage_document(self.stage, currency=currency),
                "counted": self.counted, "aside": self.aside, "mondays": list(self.mondays)}


def profile(store: Store, room: Room, *, ladder: Ladder) -> Profile:
    """Return the head of a room's profile. Rows set aside count for nothing in it."""
    period = last_days(room.whole)
    compared = period.previous() if room.whole.start <= period.previous().start else None
    scene = _scene(room, period)
    figures = _figures(store, room, period, compared, scene.sides)
    kept = sum(reason is None for reason in room.apart)
    return Profile(room=room, period=period, compared=compared, figures=figures,
                   stage=_stage(room, scene, ladder), counted=kept,
                   aside=len(room.apart) - kept, mondays=weeks_until(period))


def weeks_until(whole: Period, weeks: int = WEEKS) -> tuple[date, ...]:
    """Return the Mondays of the last weeks, the one with the last day at the end.

    >>> weeks_until(Period(start=date(2026, 3, 1), end=date(2026, 3, 10)), 2)
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 9))
    """
    last = whole.end - timedelta(days=1)
    monday = last - timedelta(days=last.weekday())
    return tuple(monday - timedelta(weeks=back) for back in reversed(range(weeks)))


def _scene(room: Room, period: Period) -> Scene:
    windows = fixed(period, None, subjects=1)
    apart = np.array([Apart.KEPT if reason is None else Apart.NO_CART for reason in room.apart],
                     dtype=np.int64)
    side = windows.side(room.sessions.subject, room.sessions.day)
    subject = Subject(kind=room.grain.value, id=room.id, name=room.name, currency=room.currency)
    return Scene(
        inputs=Inputs(subjects=(subject,), categories=(None,), sessions=room.sessions),
        apart=apart, windows=windows, side=side,
        sides=sides(room.sessions, np.where(apart == Apart.KEPT, side, -1), subjects=1))


def _stage(room: Room, scene: Scene, ladder: Ladder) -> Stage:
    return stage(months(scene, level=LEVEL), 0, currency=room.currency, ladder=ladder,
                 level=LEVEL)


def _figures(store: Store, room: Room, period: Period, compared: Period | None,
             both: Sides) -> tuple[Figure, ...]:
    mondays = weeks_until(period)
    span = Period(start=min(mondays[0], period.previous().start), end=period.end)
    rows = _daily(store, room, FIGURES, span)
    lacking = [name for name in INSTEAD if total(METRICS[name], rows, span).value is None]
    if lacking and rows:
        more = _daily(store, room, [one for name in lacking for one in INSTEAD[name]], span)
        rows = {day: row | more[day] for day, row in rows.items()}
    weeks = [Period(start=monday, end=monday + timedelta(weeks=1)) for monday in mondays]
    figures = []
    for name in FIGURES:
        stands = [METRICS[one] for one in (name, *(INSTEAD[name] if name in lacking else ()))]
        shown = next((one for one in stands if total(one, rows, span).value is not None),
                     stands[0])
        figures.append(_figure(shown, rows, (period, compared), both, tuple(
            total(shown, rows, week).value for week in weeks)))
    return tuple(figures)


def _daily(store: Store, room: Room, names: Sequence[str],
           span: Period) -> dict[date, dict[str, Any]]:
    """Return the sums of metrics by day. Each metric costs time to put, so few are asked for."""
    metrics = [METRICS[name] for name in names]
    days = store.ask(Question(
        name=("by day", tuple(names), span), rows={"sessions": room.counted()},
        make=lambda tables, _: values(metrics, tables, by=("day",), period=span)))
    return {row["day"]: row for row in days.to_pylist()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A metric over some days; ``value`` None where it cannot be computed."""

    value: float | None
    n: int


def total(metric: Metric, rows: Mapping[date, Mapping[str, Any]], period: Period) -> Total:
    """Return a metric of a period from its sums by day: ratios of sums, never means of ratios.

    >>> days = {date(2026, 3, 1): {"aov__numerator": 10, "aov__denominator": 2, "aov__n": 1},
    ...         date(2026, 3, 2): {"aov__numerator": 30, "aov__denominator": 3, "aov__n": 1}}
    >>> total(METRICS["aov"], days, Period(start=date(2026, 3, 1), end=date(2026, 3, 3))).value
    8.0
    """
    mine = [row for day, row in rows.items() if period.start <= day < period.end]
    n = sum(row[f"{metric.id}__n"] or 0 for row in mine)
    if metric.numerator.known and metric.denominator is None:
        return Total(value=float(n), n=n)
    if not n:
        return Total(value=None, n=0)
    above = sum(row[f"{metric.id}__numerator"] or 0 for row in mine)
    if metric.denominator is None:
        return Total(value=float(above), n=n)
    below = sum(row[f"{metric.id}__denominator"] or 0 for row in mine)
    return Total(value=float(above * metric.times / below) if below else None, n=n)


def _figure(metric: Metric, rows: Mapping[date, Mapping[str, Any]],
            periods: tuple[Period, Period | None], both: Sides,
            weeks: tuple[float | None, ...]) -> Figure:
    now = total(metric, rows, periods[0])
    old = total(metric, rows, periods[1]) if periods[1] else Total(value=None, n=0)
    change = None
    if now.value is not None and old.value is not None:
        change = now.value - old.value
    return Figure(metric=metric, value=now.value, before=old.value, n=now.n, n_before=old.n,
                  change=change, weeks=weeks,
                  interval=_interval(metric, change, now.value, old.value, both))


def _interval(metric: Metric, change: float | None, value: float | None, old: float | None,
              both: Sides) -> Interval | None:
    """Return the range of a ratio's change from the scatter of the sessions.

    Totals have none: how many sessions there were is a fact, not a sample.
    """
    reading = READ_AS.get(metric.id, metric.id)
    if change is None or not value or not old or reading not in READINGS:
        return None
    if (both.count < FEWEST).any():
        return None
    made = both.contrast(reading)
    half = float(t_quantile(LEVEL, made.freedom)[0] * made.error[0])
    if not np.isfinite(half):
        return None
    middle = float(np.log(value / old))
    mean = float(log_mean(np.array([old]), np.array([value]))[0])
    low, high = sorted((mean * (middle - half), mean * (middle + half)))
    return Interval(low=min(low, change), mid=change, high=max(high, change), level=LEVEL)
