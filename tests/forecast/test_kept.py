from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from caopan.forecast.history import History
from caopan.forecast.kept import Learnt
from caopan.forecast.kept_document import document, learnt_of
from caopan.forecast.outlook import By, Outlook, learnt_from, told_by
from caopan.forecast.rules import MEMORIES
from caopan.stats.arrays import Bools
from caopan.stats.boosted_scale import ScaledTrees
from tests.forecast.conftest import Make


def _kept_plans(history: History, *, singles: bool = False) -> History:
    rng = np.random.default_rng(5)
    products = np.where(rng.random(len(history)) < 0.2, 1.0, 20.0) if singles else None
    return replace(history, lasted=history.hours, products=products,
                   kept=np.ones(len(history), dtype=np.bool_))


def _coming(history: History, mine: Bools) -> History:
    """Return the history with the outcomes of some sessions not known yet."""
    return replace(history, sold=np.where(mine, np.nan, history.sold))


@pytest.fixture(scope="module")
def history(make_history: Make) -> History:
    """Return eight hosts, some shows of one product, some without a sale, the last to come."""
    made = _kept_plans(make_history(hosts=8, sessions=50, power=0.4, nothing=0.05), singles=True)
    last = np.append(made.subject[1:] != made.subject[:-1], True)
    return _coming(made, last)


@pytest.fixture(scope="module")
def learnt(history: History) -> Learnt:
    return learnt_from(history.where(~history.to_come), np.random.default_rng(1), by=By.MODELS)


def test_what_was_kept_as_text_tells_the_same(history: History, learnt: Learnt) -> None:
    kept = learnt_of(json.loads(json.dumps(document(learnt), allow_nan=False)))

    _same(told_by(kept, history), told_by(learnt, history))
    assert learnt.models is not None
    assert set(learnt.models.trees) == {"boosted", "hybrid"}
    assert any(weight.any() for name, weight in learnt.models.weights.items()
               if name != "rate_hours")


def test_the_quick_way_of_very_many_hosts_is_kept_and_told_by_too(
        history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caopan.forecast.members.QUICK_FROM", 100)
    quick = learnt_from(history.where(~history.to_come), np.random.default_rng(1), by=By.MODELS)

    kept = learnt_of(json.loads(json.dumps(document(quick), allow_nan=False)))

    assert quick.models is not None
    assert list(quick.models.weights) == [*MEMORIES, "mixed", "hybrid"]
    assert isinstance(quick.models.trees["hybrid"].trees, ScaledTrees)
    _same(told_by(kept, history), told_by(quick, history))


def test_learnt_anew_from_the_same_seed_it_tells_the_same(
        history: History, learnt: Learnt) -> None:
    again = learnt_from(history.where(~history.to_come), np.random.default_rng(1), by=By.MODELS)

    _same(told_by(again, history), told_by(learnt, history))


def test_what_else_is_asked_changes_no_answer(history: History, learnt: Learnt) -> None:
    whole = told_by(learnt, history)
    one = told_by(learnt, history.where(~history.to_come | (history.subject == 2)))

    assert one.quantiles[0] == pytest.approx(whole.quantiles[2])
    assert (one.rule[0], one.n_history[0]) == (whole.rule[2], whole.n_history[2])


def test_hosts_that_are_not_asked_about_need_not_be_read(
        history: History, learnt: Learnt) -> None:
    alone = told_by(learnt, history.where(history.subject == 2))

    assert alone.quantiles[0] == pytest.approx(told_by(learnt, history).quantiles[2])


def test_what_is_served_is_what_a_walk_through_the_weeks_would_have_told(
        history: History, learnt: Learnt) -> None:
    """A session to come stands in the walk as one of the week in which everything is known."""
    from caopan.forecast.average import joined
    from caopan.forecast.followed import followed
    from caopan.forecast.members import members
    from caopan.forecast.prequential import weeks_of

    since = learnt.begin - 42.0
    rows = history.to_come | (history.start >= since)
    told = members(history, rows, begin=learnt.begin, warm=since - 21.0)
    week = weeks_of(history, learnt.begin)
    walked = joined(told, history, rows, week)
    by_walk = followed(walked.quantiles, history, rows, week)

    ahead = history.to_come[rows]
    assert learnt.models is not None
    served = learnt.models.told(history, history.to_come)
    assert served.quantiles == pytest.approx(by_walk[ahead], nan_ok=True)
    for name, weight in served.weights.items():
        assert weight == pytest.approx(walked.weights[name][ahead])


def _same(one: Outlook, other: Outlook) -> None:
    assert np.array_equal(one.quantiles, other.quantiles, equal_nan=True)
    assert one.rule == other.rule
    assert all(np.array_equal(one.weights[name], weight)
               for name, weight in other.weights.items())
