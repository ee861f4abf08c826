from __future__ import annotations

import numpy as np

from caopan.demo.minute import Minutes, minutes


def one_show(seconds: int, *, private: int, public: int, paid: int, spend: int = 0) -> Minutes:
    return minutes(np.array([seconds]), np.array([1.5]), np.array([private]), np.array([public]),
                   np.array([paid]), ad_spend=np.array([spend]), comments=np.array([private]),
                   rng=np.random.default_rng(1))


def test_each_column_adds_up_to_the_show() -> None:
    made = one_show(7_201, private=900, public=2_000, paid=333, spend=123_457)

    assert made.counts.tolist() == [121]
    assert made.entries_private.sum() == 900
    assert made.entries_public.sum() == 2_000
    assert made.entries_paid.sum() == 333
    assert made.ad_spend.sum() == 123_457
    assert made.comments.sum() == 900


def test_the_people_online_stayed_as_long_as_stated() -> None:
    made = one_show(4 * 3_600, private=20_000, public=60_000, paid=0)

    assert abs(made.watched()[0] / 80_000 - 1.5) < 0.03


def test_fans_come_early() -> None:
    made = one_show(3 * 3_600, private=9_000, public=0, paid=0)

    assert made.entries_private[:20].mean() > 2 * made.entries_private[100:].mean()


def test_a_show_under_a_minute_has_one_minute() -> None:
    made = one_show(30, private=4, public=3, paid=0)

    assert made.counts.tolist() == [1]
    assert made.entries.tolist() == [7]


def test_nobody_of_one_show_is_still_there_in_the_next() -> None:
    made = minutes(np.array([600, 600]), np.array([2.0, 2.0]), np.array([5_000, 0]),
                   np.array([0, 0]), np.array([0, 0]), ad_spend=np.array([0, 0]),
                   comments=np.array([0, 0]), rng=np.random.default_rng(1))

    assert made.peak()[0] > 100
    assert made.peak()[1] <= 1
