from __future__ import annotations

import pytest

from caopan.live import event as ev
from caopan.live.cover import covers
from tests.live.test_alerts import at, fed, ms, on_air, orders


def test_stock_is_the_last_count_less_what_sold_since_at_the_pace_of_five_minutes() -> None:
    tally = fed(*orders(range(10), 4),
                ev.Stock(id="s", at=ms(7), source="platform", product_id="p", value=100))

    (cover,) = covers(on_air(), tally, now=at(9.999))

    assert (cover.left, cover.sold, cover.source) == (92, 20, "platform")
    assert cover.per_minute == pytest.approx(4.0, rel=1e-3)
    assert cover.minutes == pytest.approx(23.0, rel=1e-3)
    assert cover.sold_out_at is not None
    assert (cover.sold_out_at - at(9.999)).total_seconds() == pytest.approx(23 * 60, rel=1e-3)


def test_without_a_count_the_batches_of_the_plan_stand_in_and_say_so() -> None:
    (cover,) = covers(on_air(), fed(*orders(range(3), 2)), now=at(3))

    assert (cover.left, cover.source, cover.at) == (294, "computed", None)


def test_a_product_that_does_not_sell_lasts_and_nobody_says_until_when() -> None:
    tally = fed(ev.Stock(id="s", at=ms(1), source="platform", product_id="p", value=5))

    (cover,) = covers(on_air(), tally, now=at(30))

    assert (cover.left, cover.minutes, cover.sold_out_at) == (5, None, None)
