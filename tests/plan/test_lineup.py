from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from caopan.plan.lineup import Judge, Problem
from caopan.plan.lineup_bound import bound_of
from caopan.plan.lineup_clash import impossible, rules_broken
from caopan.plan.lineup_search import searched

STEPS = 12
KINDS = ("welfare", "hero", "hero", "regular")


def problem(seed: int = 0, **rules: object) -> Problem:
    """Return four items of two to four steps: traffic rises and falls, lengths pay ever less."""
    rng = np.random.default_rng(seed)
    n, longest = len(KINDS), 4
    traffic = rng.uniform(0.5, 1.5, STEPS)
    worth = np.array([-2.0, 12.0, 9.0, 5.0])
    value = np.full((n, longest + 1, STEPS), -np.inf)
    for item, length, start in product(range(n), range(2, longest + 1), range(STEPS)):
        if start + length <= STEPS:
            value[item, length, start] = (worth[item] * traffic[start:start + length].mean()
                                          * np.sqrt(length))
    return Problem(value=value, loss=np.maximum(np.where(np.isfinite(value), -value, 0.0), 0.0),
                   kind=KINDS, steps=STEPS, **rules)  # type: ignore[arg-type]


def best_of_all(asked: Problem) -> float:
    judge, n = Judge(asked), len(asked.kind)
    found = [judge.line_up(order, lengths) for order in permutations(range(n))
             for lengths in product(range(2, 5), repeat=n)]
    return max(one.value for one in found if not one.broken)


@pytest.mark.parametrize("rules", [
    {}, {"first": frozenset({"welfare"}), "demanded": frozenset({"first"})},
    {"apart": {"hero": 3}}, {"pins": {3: 5}}, {"orders": ((2, 1),)},
    {"cap": 3.2, "demanded": frozenset({"loss_cap"})}])
def test_the_search_finds_the_best_of_all_orders_and_the_bound_holds(
        rules: dict[str, object]) -> None:
    asked = problem(**rules)
    best = best_of_all(asked)

    found = searched(asked, rng=np.random.default_rng(1))

    assert found.broken == {}
    assert found.value == pytest.approx(best, rel=1e-9)
    assert best <= bound_of(asked, reached=found.value) + 1e-9


def test_a_line_up_is_timed_in_a_row_and_waits_for_a_pin() -> None:
    asked = problem(pins={3: 9}, apart={"hero": 2})

    found = Judge(asked).line_up((0, 1, 2, 3), (2, 3, 3, 2))

    assert found.starts == (0, 2, 5, 9)
    assert found.ends == 11
    assert dict(found.broken) == {"apart.hero": 2.0}


def test_a_host_needs_a_break_before_the_stretch_is_over() -> None:
    asked = problem(stretch=5)

    found = Judge(asked).line_up((0, 1, 2, 3), (2, 2, 2, 2))

    assert dict(found.broken) == {"stretch": 3.0}


def test_the_same_seed_gives_the_same_line_up() -> None:
    one, other = (searched(problem(3), rng=np.random.default_rng(7)) for _ in range(2))

    assert one == other


def test_demands_no_order_can_keep_are_named_before_anything_is_searched() -> None:
    crowded = problem(apart={"hero": 20}, demanded=frozenset({"apart.hero"}))
    dear = problem(cap=0.0, demanded=frozenset({"loss_cap"}))

    assert [one.rule for one in impossible(crowded, step=60)] == ["apart.hero"]
    assert [one.rule for one in impossible(dear, step=60)] == ["loss_cap"]
    assert impossible(problem(), step=60) == ()


def test_a_wish_that_does_not_hold_is_said_and_no_error() -> None:
    asked = problem(apart={"hero": 20})

    found = searched(asked, rng=np.random.default_rng(1))
    told = rules_broken(asked, found, step=60)

    assert [(one.rule, one.demanded) for one in told] == [("apart.hero", False)]
    assert "主推款之间" in told[0].message.say("zh")
    assert "too close" in told[0].message.say("en")
