"""Every term of the economics by a case worked out by hand: demand is 1 to 10, each as likely."""

from __future__ import annotations

import numpy as np
import pytest

from caopan.plan.stock import Lines, Stocked, stocked
from caopan.stats.newsvendor import Terms

ONE_TO_TEN = np.arange(1.0, 11.0)


def made(*, held: float = 0.0, returned: float = 0.0, salvage: float = 0.0,
         keeps: bool | None = None) -> Stocked:
    """Return the order of a unit sold at 10 and bought at 4; ``keeps``: in two shows."""
    shows = 1 if keeps is None else 2
    of = np.ones(shows)
    return stocked(np.tile(ONE_TO_TEN, (shows, 1)), Lines(
        terms=Terms(price=10.0 * of, cost=4.0 * of, salvage=salvage * of, returned=returned * of,
                    held=np.array([held, np.nan])[:shows]),
        before=np.array([-1, 0])[:shows], keeps=np.full(shows, bool(keeps)),
        given=np.zeros(shows, dtype=bool)), level=0.8)


@pytest.mark.parametrize(("terms", "order", "profit"), [
    # (10 - 4) / 10 = 0.6 of cases: 6; sold 4.5 of them: 45 - 24
    ({}, 6, 21.0),
    # half comes back: a sale keeps 5, (5 - 4) / 5 = 0.2: 2; sold 1.9: 9.5 - 8
    ({"returned": 0.5}, 2, 1.5),
    # a unit left is worth 2: (10 - 4) / (10 - 2) = 0.75: 8; sold 5.2: 52 + 2 * 2.8 - 32
    ({"salvage": 2.0}, 8, 25.6),
    # both: a sale keeps 5 + 1, (6 - 4) / (6 - 2) = 0.5: 5; sold 4: 24 + 2 - 20
    ({"returned": 0.5, "salvage": 2.0}, 5, 6.0),
    # four are there and paid for: 2 more; sold 4.5: 45 - 8
    ({"held": 4.0}, 2, 37.0),
    # nine are there: nothing is ordered; sold 5.4
    ({"held": 9.0}, 0, 54.0),
])
def test_the_order_and_what_it_brings(terms: dict[str, float], order: int,
                                      profit: float) -> None:
    found = made(**terms)  # type: ignore[arg-type]

    assert found.order.tolist() == [order]
    assert found.outlook.profit.tolist() == pytest.approx([profit])


@pytest.mark.parametrize(("keeps", "second", "there"), [(True, 5, 1.0), (False, 6, 0.0)])
def test_what_one_show_leaves_is_there_for_the_next_if_it_keeps(
        keeps: bool, second: int, there: float) -> None:  # noqa: FBT001 - a case, not a switch
    found = made(keeps=keeps)

    # of 6 the first leaves (5 + 4 + 3 + 2 + 1) / 10 = 1.5: one whole unit
    assert found.order.tolist() == [6, second]
    assert found.held.tolist() == [0.0, there]


def test_the_range_is_that_of_luck() -> None:
    found = made()

    # at 1, at 5 and at 9 asked for: 10 - 24, 50 - 24, and 60 - 24 as only six are there
    assert found.range.tolist() == [[-14.0, 26.0, 36.0]]
    assert found.outlook.stockout.tolist() == pytest.approx([0.4])
    assert found.outlook.left.tolist() == pytest.approx([1.5])
