"""What the terms of a plan do to a forecast, beside what is usual."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from caopan.forecast.history import History
from caopan.forecast.kept import Learnt
from caopan.forecast.outlook import By, learnt_from, told_by
from caopan.stats.quantiles import MIDDLE
from caopan.workspace.learning import ToCome
from caopan.workspace.moving import Moving, moving

HOSTS, SHOWS = 6, 45


@pytest.fixture(scope="module")
def known() -> History:
    """Return hosts who sell by the hour and by the number of products, with plans that held."""
    rng = np.random.default_rng(3)
    n = HOSTS * SHOWS
    hours, products = rng.uniform(1.0, 5.0, n), rng.integers(2, 40, n).astype(np.float64)
    sold = 100.0 * hours * products**0.7 * rng.lognormal(0.0, 0.25, n)
    return History(
        subject=np.repeat(np.arange(HOSTS), SHOWS), start=np.tile(np.arange(SHOWS, dtype=float),
                                                                HOSTS) + rng.random(n) / 2,
        hours=hours, sold=sold, lasted=hours, products=products, kept=np.ones(n, dtype=np.bool_))


def with_plans(known: History, coming: Sequence[ToCome]) -> History:
    """Return the known sessions and those to come, ordered by host."""
    n = len(coming)
    subject = np.append(known.subject, [one.subject for one in coming])
    order = np.argsort(subject, kind="stable")

    def joined(values: np.ndarray[tuple[int], np.dtype[np.float64]] | None,
               ahead: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        assert values is not None
        return np.append(values, ahead)[order]

    return History(
        subject=subject[order].astype(np.int64),
        start=joined(known.start, [one.start for one in coming]),
        hours=joined(known.hours, [one.hours for one in coming]),
        sold=joined(known.sold, [np.nan] * n), lasted=joined(known.lasted, [np.nan] * n),
        products=joined(known.products, [one.products for one in coming]),
        kept=np.ones(len(subject), dtype=np.bool_))


def terms(known: History, learnt: Learnt, coming: Sequence[ToCome],
          ) -> tuple[dict[str, Moving], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Return what moves each plan, by term, and the middles themselves."""
    history = with_plans(known, coming)
    found = moving(learnt, history, coming, lambda other: with_plans(known, other))
    return {one.term: one for one in found}, told_by(learnt, history).quantiles[:, MIDDLE]


def test_by_the_rule_hours_move_in_proportion_and_nothing_else_does(known: History) -> None:
    learnt = learnt_from(known, np.random.default_rng(1), by=By.RULE)
    coming = [ToCome(subject=0, start=50.0, hours=4.0, products=39.0)]

    found, middle = terms(known, learnt, coming)

    usual = float(found["hours"].usual[0])
    move = found["hours"].move(0, float(middle[0]))
    assert move is not None
    assert move.amount == pytest.approx(middle[0] * (1.0 - usual / 4.0))
    assert found["products"].move(0, float(middle[0])) is None


def test_with_models_a_longer_line_up_moves_too_and_its_own_way(known: History) -> None:
    learnt = learnt_from(known, np.random.default_rng(1), by=By.MODELS)
    coming = [ToCome(subject=0, start=50.0, hours=3.0, products=39.0),
              ToCome(subject=1, start=50.0, hours=3.0, products=2.0),
              ToCome(subject=2, start=50.0, hours=3.0, products=np.nan)]

    found, middle = terms(known, learnt, coming)

    more, fewer, unsaid = (found["products"].move(at, float(middle[at])) for at in range(3))
    assert more is not None
    assert fewer is not None
    assert more.amount > 0.1 * middle[0]
    assert fewer.amount < -0.1 * middle[1]
    assert unsaid is None


def test_spend_is_told_in_major_units() -> None:
    made = Moving(term="spend", planned=np.array([50_000.0]), usual=np.array([20_000.0]),
                  instead=np.array([900.0]))

    move = made.move(0, 1000.0)

    assert move is not None
    assert (move.planned, move.usual, move.amount) == (500.0, 200.0, 100.0)


def test_what_changes_nothing_is_not_named() -> None:
    made = Moving(term="hours", planned=np.array([2.0, np.nan]), usual=np.array([2.0, 3.0]),
                  instead=np.array([1000.0, np.nan]))

    assert made.move(0, 1000.0) is None
    assert made.move(1, 1000.0) is None
