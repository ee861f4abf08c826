"""The terms of the response model: the plan of a session, and how its spend came about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.forecast.spending import CHOSEN, DAYS, Spending, usual
from caopan.stats.arrays import Bools, Floats, Ints

TREND_DAYS = 90.0
LARGEST = 2.5
"""Log ratios of spend to plan or habit beyond this are errors of record, and cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Scaled sessions: what is fitted, by what, and in which unit.

    ``sold``: shape (n,), in usual sales of the host. ``dose``: shape (n,), the spend that its plan
    leads to expect of a session if nothing is drawn, in usual spend. ``plan``: shape
    (n, terms), the shared terms of the log of sales without spend; ``prior`` their means and
    standard deviations, shape (terms, 2). ``trend``: shape (n,), quarters from the host's middle.
    ``sales_unit``, ``spend_unit``: shape (subjects,), minor units. ``gap``: shape (subjects,),
    usual days between sessions.
    """

    subject: Ints
    start: Floats
    sold: Floats
    dose: Floats
    rung: Ints
    plan: Floats
    prior: Floats
    trend: Floats
    drawn: Bools
    sales_unit: Floats
    spend_unit: Floats
    gap: Floats

    @property
    def subjects(self) -> int:
        """Return the number of subjects."""
        return len(self.sales_unit)


def terms(sessions: Spending) -> Terms:
    """Return the terms of sessions whose every subject has paid for spend and sold something.

    Spend that somebody decided follows what he saw coming, and sales with it. So how far it
    departs from plan and habit is a term of its own: such a session says how sales run without
    spend, and next to nothing of the curve. Of drawn sessions only the rung was drawn: what the
    rung multiplies is such a term too.
    """
    group = sessions.subject
    sales = usual(sessions.sold, group, sessions.sold > 0)
    spent = usual(sessions.spend, group, (sessions.spend > 0) & (sessions.rung != 2))  # noqa: PLR2004
    hours = _log_over(sessions.hours, usual(sessions.hours, group, sessions.hours > 0)[group])
    weekday = np.eye(DAYS)[sessions.weekday][:, 1:]
    level = np.stack([sessions.level == 1, sessions.level >= 2], axis=1).astype(float)  # noqa: PLR2004
    plan = np.column_stack([hours, weekday, level])
    middle = usual(sessions.start, group, np.ones(len(sessions), dtype=np.bool_))[group]
    trend = (sessions.start - middle) / TREND_DAYS
    wished, dose = _wish(sessions, np.column_stack([plan, trend]), spent)
    prior = np.array([[0.8, 0.3], *[[0.0, 0.2]] * (DAYS - 1), [0.3, 0.5], [0.6, 0.6],
                      *[[0.0, 1.0]] * (wished.shape[1] - 1), [0.0, 0.3]])
    gap = np.diff(sessions.start, prepend=np.nan)
    gap[np.diff(group, prepend=-1) != 0] = np.nan
    gaps = usual(gap, group, np.isfinite(gap) & (gap > 0))
    return Terms(
        subject=group, start=sessions.start, sold=sessions.sold / sales[group],
        dose=dose, rung=sessions.rung, plan=np.column_stack([plan, wished]), prior=prior,
        trend=trend, drawn=sessions.drawn, sales_unit=sales, spend_unit=spent,
        gap=np.where(np.isfinite(gaps), gaps, 1.0))


def _wish(sessions: Spending, plan: Floats, spent: Floats) -> tuple[Floats, Floats]:
    """Return how a session's spend departs from habit (planned), from plan (on the day), or is 0.

    The first is what a person foresaw beyond hours, weekday, level and trend; it stands for drawn
    sessions too, where the wish was kept. All are 0 where nothing is known.
    """
    group, rung = sessions.subject, sessions.rung
    times = np.where(rung == CHOSEN, 1, rung)
    wish = np.where(np.isfinite(sessions.planned), sessions.planned, sessions.spend)
    with np.errstate(divide="ignore", invalid="ignore"):
        wish = np.log(np.where((times > 0) & (wish > 0), wish / times, np.nan) / spent[group])
        late = np.log(np.where((sessions.spend > 0) & (sessions.planned > 0),
                               sessions.spend / sessions.planned, np.nan))
    habit = _habit(wish, plan, group)
    foreseen = np.nan_to_num(np.clip(wish - habit, -LARGEST, LARGEST))
    dose = np.exp(np.clip(habit, -LARGEST, LARGEST))
    paid = (rung > 0) & (sessions.spend > 0)
    real = sessions.spend / (np.where(paid, rung, 1) * spent[group])
    if paid.any():
        dose *= (rung * real)[paid].sum() / (rung * dose)[sessions.drawn].sum()
    chosen = (rung == CHOSEN).astype(float)
    none = chosen * (sessions.spend == 0)
    return np.column_stack([foreseen * chosen, foreseen * (1 - chosen),
                            np.nan_to_num(np.clip(late, -LARGEST, LARGEST)) * chosen, none,
                            chosen]), np.where(paid, real, dose)


def _habit(values: Floats, terms_: Floats, group: Ints) -> Floats:
    """Return what the terms lead to expect, by least squares around each group's mean."""
    known = np.isfinite(values)
    count = np.maximum(np.bincount(group[known], minlength=int(group.max()) + 1), 1)

    def mean(column: Floats) -> Floats:
        return np.asarray((np.bincount(group[known], column[known], len(count)) / count)[group])

    if known.sum() <= terms_.shape[1] + 1:
        return mean(values)
    design = np.stack([column - mean(column) for column in terms_.T], axis=1)
    found = np.linalg.lstsq(design[known], (values - mean(values))[known], rcond=None)[0]
    return np.asarray(mean(values) + design @ found)


def _log_over(values: Floats, middle: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(np.where(values > 0, values, np.nan) / middle)
    return np.asarray(np.nan_to_num(np.clip(ratio, -LARGEST, LARGEST)))
