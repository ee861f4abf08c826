from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from scipy import stats

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_begun import with_sessions
from caopan.plan.campaign_outlook import MANY, Told, outlook, points
from caopan.plan.together import Together
from caopan.playbook.campaign import Phase
from caopan.stats.quantiles import LEVELS
from caopan.units.message import Text
from tests.plan.campaigns import BURST, evening, grand

APART = Together(session=0.2, host=0.0, others=0.0, sessions=40)
NORMAL = Told(quantiles=tuple(float(one) for one in stats.norm.ppf(LEVELS, 1_000.0, 100.0)))


def four() -> Campaign:
    """Return a campaign with four evenings of one host, two of them on the burst day."""
    days = (BURST - timedelta(days=3), BURST - timedelta(days=1), BURST, BURST)
    return replace(with_sessions(grand(), [evening(f"s{at}", day)
                                           for at, day in enumerate(days)]), target=4_000)


def test_one_session_has_the_range_of_its_forecast_and_even_odds_of_its_middle() -> None:
    alone = replace(four(), sessions=(replace(four().sessions[2], target=1_000),))

    found = outlook(alone, {"s2": NORMAL}, together=Together(), level=0.8)
    one = found.sessions["s2"]

    assert one.interval is not None
    assert one.interval.low == pytest.approx(stats.norm.ppf(0.1, 1_000, 100), abs=1)
    assert one.interval.high == pytest.approx(stats.norm.ppf(0.9, 1_000, 100), abs=1)
    assert one.probability == pytest.approx(0.5, abs=0.01)
    assert found.whole.interval == one.interval


def test_luck_that_is_shared_widens_the_sum_and_luck_of_its_own_cancels_out() -> None:
    told = dict.fromkeys(("s0", "s1", "s2", "s3"), NORMAL)
    together, apart = (outlook(four(), told, together=one, level=0.8).whole.interval
                       for one in (Together(), APART))

    assert together is not None
    assert apart is not None
    assert together.high - together.low == pytest.approx(4 * 2 * 128.2, rel=0.02)
    assert apart.high - apart.low == pytest.approx(2 * 2 * 128.2, rel=0.06)


def test_a_sum_is_the_normal_one_that_the_correlation_gives() -> None:
    told = dict.fromkeys(("s0", "s1", "s2", "s3"), NORMAL)
    half = Together(session=0.2, host=0.1, others=0.0, sessions=40)  # of whole sessions: 0.5

    found = outlook(four(), told, together=half, level=0.8).whole

    spread = 100 * np.sqrt(4 + 12 * 0.5)
    assert found.interval is not None
    assert found.interval.high - 4_000 == pytest.approx(1.2816 * spread, rel=0.06)
    assert found.probability == pytest.approx(0.5, abs=0.03)


def test_a_phase_counts_its_own_sessions_and_a_far_target_is_only_said_to_be_beyond() -> None:
    campaign = replace(four(), phases=tuple(
        replace(one, target=1_900 if one.phase is Phase.BURST else 10_000)
        for one in four().phases))
    told = dict.fromkeys(("s0", "s1", "s2", "s3"), NORMAL)

    found = outlook(campaign, told, together=APART, level=0.8)

    assert found.phases[Phase.BURST].sessions == 2
    assert found.phases[Phase.BURST].probability == pytest.approx(0.76, abs=0.03)
    assert (found.phases[Phase.WARM].probability, found.phases[Phase.WARM].beyond) == (
        pytest.approx(0.05), "below")
    assert found.phases[Phase.TAIL].reason is not None
    assert found.phases[Phase.TAIL].probability is None


def test_one_session_that_cannot_be_told_makes_its_sums_untold_and_no_other() -> None:
    why = Text(zh="历史太短", en="too short a history")
    told = {"s0": NORMAL, "s1": NORMAL, "s2": NORMAL, "s3": Told(quantiles=None, reason=why)}

    found = outlook(four(), told, together=APART, level=0.8)

    assert (found.whole.interval, found.whole.probability, found.whole.reason) == (
        None, None, why)
    assert (found.whole.told, found.whole.sessions) == (3, 4)
    assert found.phases[Phase.GATHER].interval is not None
    assert found.days == ()


def test_a_session_that_is_not_in_the_plan_says_so() -> None:
    found = outlook(four(), {}, together=APART, level=0.8)

    assert found.whole.reason is not None
    assert "排期里没有" in found.whole.reason.zh


def test_the_band_grows_day_by_day_to_the_whole() -> None:
    told = dict.fromkeys(("s0", "s1", "s2", "s3"), NORMAL)

    found = outlook(four(), told, together=APART, level=0.8)

    middles = [one.so_far.mid for one in found.days]
    assert len(found.days) == (four().end - four().start).days
    assert middles == sorted(middles)
    assert middles[0] == 0
    assert found.days[-1].so_far == found.whole.interval


def test_points_keep_the_quantiles_and_stay_at_or_above_nothing() -> None:
    sold = points([0.0] * 5 + [float(one) for one in range(14)])

    assert len(sold) == MANY
    assert (np.diff(sold) >= 0).all()
    assert sold[0] == 0.0
    assert float(np.quantile(sold, 0.5)) == pytest.approx(4.0, abs=0.05)


def test_a_session_that_was_held_counts_with_what_it_brought() -> None:
    told = dict.fromkeys(("s1", "s2", "s3"), NORMAL) | {"s0": Told(quantiles=None, held=1_500)}
    ahead = outlook(replace(four(), target=None), dict.fromkeys(("s1", "s2", "s3"), NORMAL) | {
        "s0": Told(quantiles=None, held=0)}, together=Together(), level=0.8).whole

    found = outlook(four(), told, together=Together(), level=0.8)

    assert (found.whole.told, found.whole.held, found.sessions["s0"].held) == (4, 1, 1)
    assert found.whole.interval is not None
    assert ahead.interval is not None
    assert found.whole.interval.low == pytest.approx(ahead.interval.low + 1_500)
    assert found.sessions["s0"].interval is not None
    assert found.sessions["s0"].interval.low == found.sessions["s0"].interval.high == 1_500


def test_a_target_is_certain_once_all_is_held() -> None:
    told = {f"s{at}": Told(quantiles=None, held=1_000) for at in range(4)}

    met, missed = (outlook(replace(four(), target=target), told, together=Together(),
                           level=0.8).whole for target in (4_000, 4_001))

    assert (met.probability, missed.probability) == (1.0, 0.0)
    assert met.beyond is missed.beyond is None
