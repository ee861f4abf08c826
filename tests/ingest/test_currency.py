"""Currencies by their signs."""

from __future__ import annotations

import pytest

from caopan.ingest.currency import SIGNS, ZONES, meant, sign_of, spoken
from caopan.units.money import CURRENCIES


@pytest.mark.parametrize(("text", "sign"), [
    ("Rp9.467.316", "Rp"), ("rp 5", "rp"), ("¥1,234.50", "¥"), ("99元", "元"), ("5 USD", "USD"),
    ("RM12", "RM"), ("1.2万", None), ("12.5", None), ("--", None), ("abc", None),
])
def test_the_sign_is_found_before_or_after(text: str, sign: str | None) -> None:
    assert sign_of(text) == sign


def test_a_longer_sign_wins_over_the_dollar_inside_it() -> None:
    assert meant("NT$") == ("TWD",)
    assert meant("$")[0] == "USD"


def test_the_first_sign_speaks_for_the_file() -> None:
    assert spoken(["12", "฿5", "Rp5"]) == "THB"
    assert spoken(["12", "5"]) is None


def test_every_currency_a_sign_may_mean_is_one_amounts_may_carry() -> None:
    assert {code for codes in SIGNS.values() for code in codes} <= CURRENCIES
    assert set(ZONES) <= CURRENCIES
