from __future__ import annotations

import numpy as np

from caopan.demo.buyer import expected_repurchase, purchases


def bought(slots: list[int], days: list[float], *, chance: float, gap: float, seed: int = 1):  # noqa: ANN201
    return purchases(np.array(slots), np.zeros(len(slots), dtype=int), np.array(days),
                     chance=np.array([chance]), gap=np.array([gap]),
                     rng=np.random.default_rng(seed))


def test_without_a_chance_to_return_everyone_is_new() -> None:
    made = bought([3, 0, 2], [0, 1, 2], chance=0.0, gap=1.0)

    assert made.new.all()
    assert made.people == 5
    assert made.buyer.tolist() == [0, 1, 2, 3, 4]


def test_a_person_returns_to_the_first_show_after_the_wait() -> None:
    made = bought([1, 5, 5], [0, 10, 20], chance=1.0, gap=0.001)

    assert made.buyer[0] == 0
    assert 0 in made.buyer[1:6]


def test_shows_that_sell_nothing_are_passed_over() -> None:
    made = bought([2, 0, 9], [0, 5, 10], chance=1.0, gap=0.001)

    assert set(made.buyer[2:].tolist()) >= {0, 1}


def test_returns_that_find_no_room_wait_for_the_next_show() -> None:
    made = bought([100, 10, 100], [0, 1, 2], chance=1.0, gap=0.001)

    assert made.postponed >= 92 - 1
    assert (~made.new[100:110]).sum() == 9


def test_buyers_of_two_merchants_are_different_people() -> None:
    made = purchases(np.array([3, 3, 3, 3]), np.array([0, 0, 1, 1]), np.array([0.0, 5, 0, 5]),
                     chance=np.ones(2), gap=np.full(2, 0.01), rng=np.random.default_rng(1))

    assert not set(made.buyer[:6].tolist()) & set(made.buyer[6:].tolist())


def test_each_person_is_new_exactly_once() -> None:
    made = bought([40] * 30, list(range(0, 90, 3)), chance=0.6, gap=12.0)

    assert np.bincount(made.buyer[made.new]).tolist() == [1] * made.people


def test_the_share_that_returns_within_30_days_is_the_one_stated() -> None:
    days = np.arange(0, 150, 2.0)
    slots = np.full(len(days), 400)
    owner = np.zeros(len(days), dtype=int)
    chance, gap = np.array([0.5]), np.array([15.0])
    made = purchases(slots, owner, days, chance=chance, gap=gap, rng=np.random.default_rng(3))

    show = np.repeat(np.arange(len(days)), slots)
    order = np.lexsort((show, made.buyer))
    person, when = made.buyer[order], days[show[order]]
    first = np.concatenate([[True], person[1:] != person[:-1]])
    again = np.concatenate([(person[1:] == person[:-1]) & (when[1:] - when[:-1] <= 30), [False]])
    judged = first & (when <= 120)
    true = expected_repurchase(owner, days, chance=chance, gap=gap, within=30, until=150)[0]
    assert 0.40 < true < 0.45
    assert abs(again[judged].mean() - true) < 0.01


def test_a_merchant_without_time_to_return_has_no_rate() -> None:
    rate = expected_repurchase(np.array([0]), np.array([50.0]), chance=np.ones(2),
                               gap=np.ones(2), within=30, until=60)

    assert np.isnan(rate).all()
