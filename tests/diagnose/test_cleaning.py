from __future__ import annotations

from collections.abc import Callable

import numpy as np

from caopan.diagnose.cleaning import WORDS, Apart, Limits, set_apart
from caopan.diagnose.inputs import Inputs

GOOD = {"at": "2026-03-02T19:30", "gmv": 50_000, "orders": 5, "views": 900, "minutes": 120}


def reason(make: Callable[..., Inputs], **changed: object) -> Apart:
    """Return why a row is set apart that stands beside a good one."""
    rows = [GOOD, {**GOOD, "at": "2026-03-03T19:30", **changed}]
    return Apart(set_apart(make(rows).sessions)[1])


def test_an_ordinary_session_is_kept(make: Callable[..., Inputs]) -> None:
    assert reason(make) is Apart.KEPT


def test_a_show_without_a_cart_is_not_a_show_that_sold_nothing(
    make: Callable[..., Inputs],
) -> None:
    assert reason(make, gmv=None, orders=None) is Apart.NO_CART
    assert reason(make, gmv=0, orders=0) is Apart.KEPT


def test_sales_without_an_amount_are_named_as_such(make: Callable[..., Inputs]) -> None:
    assert reason(make, gmv=None, orders=3) is Apart.NO_GMV


def test_a_false_start_is_short_and_sold_nothing(make: Callable[..., Inputs]) -> None:
    assert reason(make, gmv=0, orders=0, minutes=4) is Apart.FALSE_START
    assert reason(make, gmv=900, orders=1, minutes=4) is Apart.KEPT
    assert reason(make, gmv=0, orders=0, minutes=None) is Apart.KEPT


def test_how_short_is_an_argument(make: Callable[..., Inputs]) -> None:
    rows = make([{**GOOD, "gmv": 0, "orders": 0, "minutes": 20}]).sessions

    assert set_apart(rows, limits=Limits(false_start_minutes=30)).tolist() == [Apart.FALSE_START]


def test_a_row_without_a_single_view_is_a_placeholder(make: Callable[..., Inputs]) -> None:
    assert reason(make, views=0) is Apart.NO_VIEWS


def test_where_no_row_has_views_zero_is_not_a_placeholder(make: Callable[..., Inputs]) -> None:
    rows = make([{**GOOD, "views": 0}, {**GOOD, "views": 0, "at": "2026-03-03T19:30"}])

    assert set_apart(rows.sessions).tolist() == [Apart.KEPT, Apart.KEPT]


def test_the_same_session_twice_counts_once(make: Callable[..., Inputs]) -> None:
    made = make([GOOD, GOOD, {**GOOD, "gmv": 60_000}, {**GOOD, "who": 1}], names=("a", "b"))

    apart = set_apart(made.sessions)

    assert sorted(apart.tolist()) == [Apart.KEPT] * 3 + [Apart.TWIN]
    assert apart[-1] == Apart.KEPT


def test_nobody_has_nothing_to_set_apart(make: Callable[..., Inputs]) -> None:
    assert set_apart(make([]).sessions).tolist() == []


def test_every_reason_has_words_in_both_languages() -> None:
    for one in Apart:
        if one:
            assert WORDS[one].zh
            assert WORDS[one].en


def test_order_of_rows_is_irrelevant(make: Callable[..., Inputs]) -> None:
    rows = [GOOD, {**GOOD, "at": "2026-03-04T19:30", "gmv": None, "orders": None},
            {**GOOD, "at": "2026-03-03T19:30", "minutes": 2, "gmv": 0, "orders": 0}]

    there, back = set_apart(make(rows).sessions), set_apart(make(rows[::-1]).sessions)

    np.testing.assert_array_equal(there, back)
