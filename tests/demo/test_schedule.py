from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from caopan.demo.cast import Life
from caopan.demo.change import CHANGES
from caopan.demo.schedule import BRAND, DAILY, GRAND, SECONDS_A_DAY, in_window
from caopan.demo.setting import Setting, setting
from caopan.demo.size import Size


@pytest.fixture(scope="module")
def region() -> Setting:
    size = Size(name="region", merchants=300, days=180, sessions=30_000, orders=300_000)
    return setting(size, seed=5, until=date(2026, 5, 1))


def test_shows_of_one_host_never_overlap(region: Setting) -> None:
    shows = region.shows
    real = np.flatnonzero(~shows.false_start)
    order = real[np.lexsort((shows.start[real], shows.host[real]))]
    host, start = shows.host[order], shows.start[order]
    end = start + shows.seconds[order]

    assert (start[1:] >= end[:-1])[host[1:] == host[:-1]].all()


def test_grand_shows_last_twelve_hours_brand_shows_eight_and_daily_ones_less(
    region: Setting,
) -> None:
    shows = region.shows
    hours = shows.planned_minutes / 60
    changed = region.changes[shows.merchant] >= 0

    assert hours[(shows.level == GRAND) & ~changed].min() >= 11.9
    assert hours[(shows.level == BRAND) & ~changed].min() >= 8
    assert hours[(shows.level == DAILY) & ~changed].max() <= 6.5


def test_no_show_runs_beyond_the_history(region: Setting) -> None:
    past = region.shows.day < region.size.days

    ends = region.shows.start[past] + region.shows.seconds[past]
    assert ends.max() < region.size.days * SECONDS_A_DAY


def test_false_starts_last_under_a_minute_before_the_real_show(region: Setting) -> None:
    shows = region.shows
    false = shows.false_start

    assert 0.008 < false.mean() < 0.025
    assert shows.seconds[false].max() < 60


def test_festivals_bring_campaigns_to_living_merchants(region: Setting) -> None:
    shows = region.shows
    eleven = (date(2025, 11, 11) - region.first_day).days
    living = region.merchants.life[shows.merchant] == Life.LIVING
    fest = (shows.day == eleven) & living

    assert (shows.level[fest] > DAILY).mean() > 3 * (shows.level[~fest & living] > DAILY).mean()


def test_planted_changes_of_cadence_and_length_show_in_the_calendar(region: Setting) -> None:
    shows = region.shows
    last = in_window(shows.start, region.size)
    before = in_window(shows.start + 28 * SECONDS_A_DAY, region.size)
    factors = np.array([change.factor for change in CHANGES] + ["none"])[region.changes]
    fewer = factors[shows.merchant] == "sessions"
    longer = (factors[shows.merchant] == "hours_per_session") & (shows.level == DAILY)

    assert abs((fewer & last).sum() / (fewer & before).sum() - 0.6) < 0.12
    ratio = shows.planned_minutes[longer & last].mean() / shows.planned_minutes[
        longer & before].mean()
    assert abs(ratio - 1.4) < 0.12


def test_actual_length_misses_the_plan_by_a_known_error(region: Setting) -> None:
    shows = region.shows
    lived = (shows.day < region.size.days - 1) & ~shows.false_start
    error = np.log(shows.seconds[lived] / 60 / shows.planned_minutes[lived])

    assert 0.12 < error.std() < 0.3
    assert np.corrcoef(error, shows.noise[lived])[0, 1] > 0.2


def test_plans_reach_two_weeks_beyond_the_history(region: Setting) -> None:
    assert region.shows.day.max() == region.size.days + 13
