from __future__ import annotations

from caopan.web.console.navigation import MENU
from caopan.web.house import House
from tests.web.conftest import owner


def test_screens_come_first_before_anything_is_typed(toy_house: House) -> None:
    part = owner(toy_house).get("/palette?q=").text

    assert part.count('role="option"') == len(MENU) + 1


def test_a_metric_is_found_by_words_in_any_order(toy_house: House) -> None:
    client = owner(toy_house, language="en")

    assert "/metrics/view_pay_rate" in client.get("/palette?q=rate view-to-pay").text
    assert "Nothing found" in client.get("/palette?q=zzz").text
