"""The evidence of gates (关口依据): every metric they may name, read off the last thirty days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np

from caopan.diagnose.products import placed
from caopan.diagnose.sides import Sides, one_side
from caopan.diagnose.signals import FEWEST, by_itself, changed
from caopan.forecast.responding import Found
from caopan.plan.growth_gate import Evidence, Question
from caopan.playbook.gate import GATED, RATES, TARGET, Condition
from caopan.playbook.signal import Against, Signal
from caopan.stats.arrays import Floats, grouped_sum
from caopan.stats.contrast import alone, contrast
from caopan.stats.persistence import persistence
from caopan.stats.ratio_error import log_ratio
from caopan.stats.student import t_quantile
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.period import Period
from caopan.workspace import growth_words as words
from caopan.workspace.growth_ground import GrowthGround
from caopan.workspace.profile import Profile
from caopan.workspace.response_words import reason
from caopan.workspace.returning import Returning

RIPE = timedelta(days=14)
"""Refunds of younger sessions are still to come: they would look better than they are."""
REPEATS = "repurchase_60"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Who is asked: a subject's sessions, its profile, and what takes longer and is asked last.

    ``outages``: the minutes out of stock of the last S session, None where not known.
    """

    ground: GrowthGround
    profile: Profile
    response: Callable[[], Found | None]
    returning: Callable[[], Returning | None]
    outages: Callable[[str], float | None]
    level: float = 0.8

    def says(self, asked: Iterable[Condition]) -> dict[Question, Evidence]:
        """Return the evidence of every metric that some conditions name."""
        questions = dict.fromkeys((one.metric, one.against) for one in asked)
        return {question: self._one(*question) for question in questions}

    def _one(self, metric: str, against: Against) -> Evidence:
        own: dict[str, Callable[[], Evidence]] = {
            TARGET: self._target, "sessions": self._sessions, "hours": self._hours,
            "sku_sold": self._products, "top1_sku_share": self._top_item,
            "top_host_share": self._top_host, "marginal_return": self._marginal,
            "s_stockout_minutes": self._outage, REPEATS: self._repeats,
            "refund_share": partial(self._refunds, against)}
        if metric in RATES:
            return self._rate(metric, against)
        return own[metric]() if metric in GATED else Evidence(value=None, n=0,
                                                              missing=words.NOT_READ)

    def _rate(self, metric: str, against: Against) -> Evidence:
        both = self.ground.both()
        if against is Against.PREVIOUS:
            return relative(changed(metric, both, against=against, level=self.level).signal(
                0, supported=False))
        return by_self(by_itself(metric, both, level=self.level).signal(0, supported=False))

    def _target(self) -> Evidence:
        stage, n = self.profile.stage, int(self.ground.lately().sum())
        value = stage.monthly_gmv
        return Evidence(value=None if value is None else float(value), n=n,
                        interval=stage.expected,
                        missing=words.NO_MONEY if value is None else
                        words.few(n) if stage.expected is None else None)

    def _sessions(self) -> Evidence:
        n = int(self.ground.lately().sum())
        return Evidence(value=float(n), n=n)

    def _hours(self) -> Evidence:
        minutes = self.ground.sessions.columns["minutes"][self.ground.lately()]
        known = np.isfinite(minutes)
        return Evidence(value=float(minutes[known].sum() / 60.0) if known.any() else None,
                        n=int(known.sum()), missing=None if known.any() else words.NO_LENGTH)

    def _products(self) -> Evidence:
        there, row = placed(self.ground.products, self.ground.both())
        mine = self.ground.both().cell[row] == 1
        sold = self.ground.products.units[there][mine] > 0
        names = self.ground.products.product[there][mine][sold]
        return Evidence(value=float(len(np.unique(names))) if len(there) else None,
                        n=int(mine.sum()), n_of=words.ROWS,
                        missing=None if len(there) else words.NO_PRODUCTS)

    def _top_item(self) -> Evidence:
        both = self.ground.both()
        there, row = placed(self.ground.products, both)
        gmv = np.nan_to_num(self.ground.products.gmv[there])
        mine = both.cell[row] == 1
        if not gmv[mine].sum() > 0:
            return Evidence(value=None, n=0, missing=words.NO_PRODUCTS)
        sums = np.bincount(self.ground.products.product[there][mine], weights=gmv[mine])
        best = self.ground.products.product[there] == int(sums.argmax())
        total = grouped_sum(gmv, row, len(both.rows))
        top = grouped_sum(np.where(best, gmv, 0.0), row, len(both.rows))
        listed = np.where(total > 0, total, np.nan)
        return ratio(both, top, listed, Against.LEVEL, level=self.level)

    def _top_host(self) -> Evidence:
        both = self.ground.both()
        hosts = [self.ground.rows.get(str(name), {}).get("streamer_id")
                 for name in both.sessions.session_id[both.rows]]
        gmv = np.nan_to_num(both.column("gmv")) * (both.cell == 1)
        sums: dict[object, float] = {}
        for host, sold in zip(hosts, gmv.tolist(), strict=True):
            sums[host] = sums.get(host, 0.0) + sold
        if self.ground.room.grain.value == "streamer" or not gmv.sum() > 0:
            return Evidence(value=None, n=0, missing=words.OF_MERCHANTS)
        best = max(sums, key=lambda one: sums[one])
        mine = np.array([host == best for host in hosts], dtype=np.bool_)
        gmv = both.column("gmv")
        return ratio(both, np.where(mine, gmv, 0.0), gmv, Against.LEVEL, level=self.level)

    def _refunds(self, against: Against) -> Evidence:
        period = self.ground.period
        both = self.ground.both(Period(start=period.start - RIPE, end=period.end - RIPE))
        found = ratio(both, both.column("refund_amount"), both.column("gmv"), against,
                      level=self.level)
        return found if found.n else Evidence(value=None, n=0, missing=words.NO_REFUNDS)

    def _marginal(self) -> Evidence:
        found = self.response()
        if found is None or found.marginal is None:
            return Evidence(value=None, n=found.drawn if found else 0, n_of=words.DRAWN,
                            missing=reason(found) if found else words.OF_HOSTS)
        return Evidence(value=found.marginal.mid, n=found.drawn, interval=found.marginal,
                        n_of=words.DRAWN)

    def _outage(self) -> Evidence:
        large = [name for name, row in self.ground.rows.items() if row["level"] == "S"]
        if not large:
            return Evidence(value=None, n=0, missing=words.NO_LARGE)
        found = self.outages(large[-1])
        return Evidence(value=found, n=len(large), n_of=words.LARGE,
                        missing=words.NO_STOCK if found is None else None)

    def _repeats(self) -> Evidence:
        found = self.returning()
        rate = next((one for one in found.rates if one.metric.id == REPEATS), None) if (
            found) else None
        if rate is None or rate.value is None or not rate.n:
            return Evidence(value=None, n=0, n_of=words.BUYERS, missing=words.NO_BUYERS)
        return Evidence(value=rate.value, n=rate.n, n_of=words.BUYERS,
                        interval=share(rate.value, rate.n, level=self.level))


def by_self(signal: Signal) -> Evidence:
    """Return what a reading by itself says.

    >>> by_self(Signal(metric="aov", against=Against.LEVEL, value=None)).value is None
    True
    """
    return Evidence(value=signal.value, n=signal.n, interval=signal.difference,
                    missing=_missing(signal.value, signal.difference, signal.n))


def relative(signal: Signal) -> Evidence:
    """Return what a reading says as a multiple of the thirty days before.

    >>> found = relative(Signal(metric="aov", against=Against.PREVIOUS, value=90.0, n=9,
    ...     comparison=100.0, difference=Interval(low=-20.0, mid=-10.0, high=0.0, level=0.8)))
    >>> found.value, found.interval.low
    (0.9, 0.8)
    """
    value, before, by = signal.value, signal.comparison, signal.difference
    if value is None or not before:
        return Evidence(value=None, n=signal.n, missing=words.NO_BEFORE)
    range_ = None if by is None else Interval(
        low=max(1.0 + by.low / before, 0.0), mid=max(1.0 + by.mid / before, 0.0),
        high=max(1.0 + by.high / before, 0.0), level=by.level)
    return Evidence(value=value / before, n=signal.n, interval=range_,
                    missing=_missing(value, range_, signal.n))


def ratio(both: Sides, above: Floats, below: Floats, against: Against, *,
          level: float) -> Evidence:
    """Return a ratio of sums over sessions, or its multiple of the thirty days before.

    Args:
        both: the period and the one before.
        above: shape (r,), one value a row of ``both``; NaN is left out.
        below: shape (r,).
        against: what it is held against.
        level: of the range.
    """
    made = log_ratio(above, below, both.cell, 2, events=False)
    rate = persistence(made.influence, both.cell, 2)
    n = int(made.count[1])
    if against is Against.LEVEL:
        variance, freedom = alone(one_side(made, 1), correlation=rate)
        middle, error = made.log[1], float(np.sqrt(variance[0]))
    else:
        beside = contrast(one_side(made, 0), one_side(made, 1), correlation=rate)
        middle, error, freedom = beside.change[0], float(beside.error[0]), beside.freedom
        n = min(n, int(made.count[0]))
    if not np.isfinite(middle):
        nothing = n and not np.nansum(above[both.cell == 1])
        return Evidence(value=0.0 if nothing and against is Against.LEVEL else None, n=n,
                        missing=words.NO_BEFORE)
    reach = float(t_quantile(level, freedom)[0]) * error
    value = float(np.exp(middle))
    if n < FEWEST or not np.isfinite(reach):
        return Evidence(value=value, n=n, missing=words.few(n))
    return Evidence(value=value, n=n, interval=Interval(
        low=value * float(np.exp(-reach)), mid=value, high=value * float(np.exp(reach)),
        level=level))


def share(value: float, n: int, *, level: float) -> Interval:
    """Return the range of a share of n people (Wilson).

    >>> found = share(0.2, 100, level=0.8)
    >>> round(found.low, 3), round(found.high, 3)
    (0.154, 0.256)
    """
    reach = float(t_quantile(level, np.array([np.inf]))[0])
    square = reach**2 / n
    middle = (value + square / 2) / (1 + square)
    half = reach * np.sqrt(value * (1 - value) / n + square / (4 * n)) / (1 + square)
    return Interval(low=float(max(min(middle - half, value), 0.0)), mid=value,
                    high=float(min(max(middle + half, value), 1.0)), level=level)


def _missing(value: float | None, range_: Interval | None, n: int) -> Text | None:
    if value is None:
        return words.NOT_READ
    return words.few(n) if range_ is None else None
