from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.playbook.condition import Key
from caopan.playbook.handbook import handbook
from caopan.playbook.matcher import matches, read_by
from caopan.playbook.rule import Rule, Status
from caopan.playbook.screen import Columns, screen
from caopan.playbook.signal import Against, Signal
from caopan.units.interval import Interval
from caopan.units.verdict import Verdict

Board = dict[Key, list[Signal]]


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return handbook().rules


def columns(signals: list[Signal]) -> Columns:
    """Return the signals of one key, one a subject, as columns."""

    def number(value: float | None) -> float:
        return np.nan if value is None else value

    return Columns(
        value=np.array([number(s.value) for s in signals]),
        comparison=np.array([number(s.comparison) for s in signals]),
        low=np.array([np.nan if s.difference is None else s.difference.low for s in signals]),
        high=np.array([np.nan if s.difference is None else s.difference.high for s in signals]),
        percentile=np.array([number(s.percentile) for s in signals]),
        n=np.array([s.n for s in signals]),
        n_comparison=np.array([s.n_comparison for s in signals]),
        supported=np.array([s.verdict is Verdict.SUPPORTED for s in signals]),
    )


def random_board(keys: list[Key], subjects: int, rng: np.random.Generator) -> Board:
    def maybe(value: float) -> float | None:
        return None if rng.random() < 0.1 else value

    def one(key: Key) -> Signal:
        scale = float(rng.choice([0.0, 0.05, 1.0, 50.0, 2e7]))
        value = scale * rng.normal(1, 0.5)
        spread = abs(value) * float(rng.random()) / 2
        span = Interval(low=value - spread, mid=value, high=value + spread, level=0.8)
        return Signal(
            metric=key[0],
            against=key[1],
            value=maybe(value),
            comparison=maybe(scale * rng.normal(1, 0.5)),
            difference=span if key[1] is Against.LEVEL and rng.random() < 0.7 else None,
            percentile=maybe(float(rng.random())),
            n=int(rng.choice([0, 2, 5, 400])),
            n_comparison=int(rng.choice([0, 2, 9, 400])),
            verdict=Verdict(rng.choice([v.value for v in Verdict])),
        )

    return {key: [one(key) for _ in range(subjects)] for key in keys}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), absent=st.integers(0, 20))
def test_columns_and_single_subjects_give_the_same_answers(
    rules: tuple[Rule, ...], seed: int, absent: int
) -> None:
    subjects = 40
    keys = sorted(read_by(rules))[absent:]
    board = random_board(keys, subjects, np.random.default_rng(seed))

    together = {
        (firing.rule.id, int(row), bool(supported))
        for firing in screen({key: columns(board[key]) for key in keys}, rules)
        for row, supported in zip(firing.rows, firing.supported, strict=True)
    }

    singly = {
        (match.rule.id, row, match.verdict is Verdict.SUPPORTED)
        for row in range(subjects)
        for match in matches([board[key][row] for key in keys], rules)
    }
    assert together == singly


def test_the_random_boards_do_make_rules_speak(rules: tuple[Rule, ...]) -> None:
    keys = sorted(read_by(rules))
    board = random_board(keys, 400, np.random.default_rng(5))

    speaking = {firing.rule.id for firing in screen({k: columns(board[k]) for k in keys}, rules)}

    assert len(speaking) >= 30


def test_one_of_several_clauses_is_enough_in_columns_too(rules: tuple[Rule, ...]) -> None:
    base = next(rule for rule in rules if rule.id == "traffic_impressions_fell")
    busy = replace(base.condition.main, metric="viewers_per_session")
    either = replace(base, condition=replace(base.condition, some=(busy, base.condition.main)))
    signal = base.firing[0].signals[0]

    found = screen({either.condition.main.key: columns([signal, replace(signal, value=None)])},
                   [either])

    assert [firing.rows.tolist() for firing in found] == [[0]]


def test_a_rule_switched_off_is_not_screened(rules: tuple[Rule, ...]) -> None:
    rule = next(rule for rule in rules if rule.id == "traffic_impressions_fell")
    signal = rule.firing[0].signals[0]
    board = {rule.condition.main.key: columns([signal])}

    assert len(screen(board, [rule])) == 1
    assert screen(board, [replace(rule, status=Status.OFF)]) == []


def test_a_clause_whose_signal_nobody_makes_never_holds(rules: tuple[Rule, ...]) -> None:
    base = next(rule for rule in rules if rule.id == "traffic_impressions_fell")
    absent = replace(base.condition.main, metric="nobody_makes_this")
    signal = base.firing[0].signals[0]
    board = {base.condition.main.key: columns([signal])}

    needs = replace(base, condition=replace(base.condition, every=(absent,)))
    spares = replace(base, condition=replace(base.condition, unless=(absent,)))

    assert screen(board, [needs]) == []
    assert len(screen(board, [spares])) == 1


@pytest.mark.slow
def test_fifty_thousand_subjects_are_screened_within_two_seconds(
    rules: tuple[Rule, ...],
) -> None:
    rng = np.random.default_rng(7)
    size = 50_000
    board = {
        key: Columns(
            value=rng.random(size),
            comparison=rng.random(size),
            low=rng.random(size),
            high=rng.random(size),
            percentile=rng.random(size),
            n=np.full(size, 500),
            n_comparison=np.full(size, 500),
            supported=rng.random(size) < 0.5,
        )
        for key in read_by(rules)
    }

    begun = time.perf_counter()
    found = screen(board, rules)

    assert time.perf_counter() - begun < 2
    assert sum(firing.rows.size for firing in found) > size
