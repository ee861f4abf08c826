from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.forecast import responding
from caopan.forecast.responding import Why, responses
from caopan.forecast.response_model import fitted
from caopan.forecast.response_terms import terms
from caopan.forecast.spending import CHOSEN
from tests.forecast.response_worlds import drawn_world


def test_spend_that_follows_demand_is_not_taken_for_its_cause() -> None:
    sessions, _ = drawn_world(1)
    chosen = replace(sessions, rung=np.full(len(sessions), CHOSEN))

    pooled, *hosts = responses(chosen, np.random.default_rng(1))

    assert pooled.why is Why.NOT_DRAWN
    assert pooled.curve is None
    assert {one.why for one in hosts} == {Why.NOT_DRAWN}


def test_few_drawn_sessions_are_counted_and_not_enough() -> None:
    sessions, _ = drawn_world(1)
    rung = np.where(np.arange(len(sessions)) < 12, sessions.rung, CHOSEN)

    pooled, first, *_ = responses(replace(sessions, rung=rung), np.random.default_rng(1))

    assert pooled.why is Why.FEW_DRAWN
    assert first.drawn == int((rung != CHOSEN).sum())


def test_drawn_sessions_that_scatter_too_much_say_nothing() -> None:
    sessions, _ = drawn_world(1, hosts=2, sessions=40, drawn=0.35, noise=1.6)

    pooled, *_ = responses(sessions, np.random.default_rng(1))

    assert pooled.why is Why.TOO_WIDE
    assert pooled.marginal is None


def test_whether_a_host_is_told_does_not_hang_on_how_high_its_return_is() -> None:
    data = terms(drawn_world(1, hosts=2, sessions=40)[0])
    lucky = fitted(data, between=0.06).draws(np.random.default_rng(1), 200)
    wide = lucky.copy()
    wide[:, 2 * data.subjects] *= 20.0
    higher = wide.copy()
    higher[:, 2 * data.subjects + 1] += 3.0

    assert responding._wide(data, lucky) == [False, False]  # noqa: SLF001 - the rule alone
    assert responding._wide(data, wide) == responding._wide(data, higher) == [True, False]  # noqa: SLF001


def test_hosts_that_are_told_add_up_to_all_of_them() -> None:
    sessions, _ = drawn_world(2, hosts=3)

    pooled, *hosts = responses(sessions, np.random.default_rng(1))

    usual = np.array([one.at_spend for one in hosts])
    middle = np.array([one.marginal.mid if one.marginal else np.nan for one in hosts])
    assert pooled.marginal is not None
    assert pooled.marginal.mid == pytest.approx(middle @ usual / usual.sum())


def test_no_spend_is_said() -> None:
    sessions, _ = drawn_world(1, hosts=1)

    pooled, host = responses(replace(sessions, spend=np.zeros(len(sessions))),
                             np.random.default_rng(1))

    assert (pooled.why, host.why) == (Why.NO_SPEND, Why.NO_SPEND)


def test_the_true_marginal_is_held_and_met_where_a_regression_is_far_off() -> None:
    held, off, naive = [], [], []
    for seed in range(6):
        sessions, true = drawn_world(seed)
        _, *hosts = responses(sessions, np.random.default_rng(1))
        for at, (one, truth) in enumerate(zip(hosts, true, strict=True)):
            assert one.marginal is not None
            held.append(one.marginal.holds(truth))
            off.append(one.marginal.mid / truth - 1.0)
            mine = (sessions.subject == at) & (sessions.rung == CHOSEN)
            naive.append(np.polyfit(sessions.spend[mine], sessions.sold[mine], 1)[0] / truth - 1)

    assert np.mean(held) >= 0.7
    assert abs(np.mean(off)) < 0.15
    assert np.mean(naive) > 1.0


def test_spend_that_does_nothing_is_told_near_nothing() -> None:
    sessions, _ = drawn_world(3, effect=0.0, drawn=0.6)

    pooled, *_ = responses(sessions, np.random.default_rng(1))

    assert pooled.why is Why.TOO_WIDE or (pooled.marginal and pooled.marginal.high < 0.7)


def test_the_same_sessions_and_seed_give_the_same_answer() -> None:
    sessions, _ = drawn_world(2, hosts=2)

    first, again = (responses(sessions, np.random.default_rng(5))[0].marginal for _ in range(2))

    assert first == again


@pytest.mark.parametrize("factor", [100.0, 0.01])
def test_the_unit_of_money_does_not_matter(factor: float) -> None:
    sessions, _ = drawn_world(2, hosts=2)
    other = replace(sessions, spend=sessions.spend * factor, sold=sessions.sold * factor)

    ours, theirs = (responses(one, np.random.default_rng(5))[0].marginal
                    for one in (sessions, other))

    assert ours is not None
    assert theirs is not None
    assert theirs.mid == pytest.approx(ours.mid, rel=1e-4)
