"""How far months miss: by hand, and how often the band holds in a simulated world."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from caopan.forecast.history import History
from caopan.plan.growth_misses import MONTH, Lead, Misses, fewest, misses, rate_lately
from caopan.plan.growth_path import Course, luck, path
from caopan.stats.arrays import grouped_sum


def world(hosts: int, days: int, *, seed: int, drift: float = 0.012) -> History:
    """Return hosts whose level wanders from day to day, a session of two hours every second day."""
    rng = np.random.default_rng(seed)
    start = np.arange(0.0, days, 2.0)
    level = np.exp(np.cumsum(rng.normal(0, drift * np.sqrt(2), (hosts, len(start))), axis=1)
                   + rng.normal(0, 1, (hosts, 1)))
    sold = 1_000 * level * rng.lognormal(0, 0.5, level.shape)
    return History(subject=np.repeat(np.arange(hosts), len(start)), start=np.tile(start, hosts),
                   hours=np.full(level.size, 2.0), sold=sold.ravel())


def test_a_miss_is_what_a_month_sold_beside_rate_times_hours() -> None:
    start = np.arange(0.0, 60.0, 5.0)
    twice = np.concatenate([np.where(start < 30, 10.0, 20.0), np.full(12, 10.0)])
    steady = History(subject=np.repeat([0, 1], 12), start=np.tile(start, 2),
                     hours=np.full(24, 2.0), sold=twice)

    found = misses(steady, until=60.0, level=0.1)  # two months do for so narrow a range

    assert (found.months, found.leads[0].hosts) == (2, 2)
    assert found.leads[0].logs.tolist() == pytest.approx([0.0, np.log(2.0)])


def test_a_month_without_a_sale_is_the_worst_miss_and_breaks_nothing() -> None:
    lead = Lead(days=0, logs=np.array([-np.inf, *np.linspace(-1, 1, 18)]), hosts=2)
    course = Course(until=date(2026, 3, 1), sold=np.zeros(30), coming=np.full(30, 10.0),
                    added=np.zeros((30, 1)), luck=luck(np.random.default_rng(1)))

    point, = path(course, [date(2026, 3, 31)], Misses(leads=(lead,)))

    assert point.month is not None
    assert 0.0 <= point.month.low < point.month.mid < point.month.high


def test_too_few_months_tell_nothing() -> None:
    found = misses(world(2, 90, seed=1), until=90.0)

    assert found.leads == ()
    assert 0 < found.months < fewest(0.8)
    assert found.at(0.0) is None
    assert misses(world(1, 2, seed=1), until=2.0).months == 0


@pytest.mark.parametrize(("ahead", "extrapolated"), [(0, False), (60, False)])
def test_the_band_of_months_to_come_holds_as_often_as_it_says(
        ahead: int, extrapolated: bool) -> None:  # noqa: FBT001
    held, count = 0, 0
    for seed in range(12):
        whole = world(20, 360, seed=seed)
        known = whole.where(whole.start < 240.0)
        found = misses(known, until=240.0)
        told = found.at(float(ahead))
        assert told is not None
        assert told.extrapolated is extrapolated
        rate, _ = rate_lately(known, 240.0, 20)
        inside = (whole.start >= 240 + ahead) & (whole.start < 240 + ahead + MONTH)
        hours, sold = (grouped_sum(np.where(inside, each, 0.0), whole.subject, 20)
                       for each in (whole.hours, whole.sold))
        low, high = np.quantile(told.logs, (0.1, 0.9), method="weibull")
        miss = np.log(sold / (rate * hours))
        held += int(((miss >= low) & (miss <= high)).sum())
        count += len(miss)

    assert 0.74 <= held / count <= 0.86
