"""Amounts as a person writes them."""

from __future__ import annotations

import pytest

from caopan.web.console.plan_money import asked_amount


@pytest.mark.parametrize(("text", "minor"), [
    ("5万", 5_000_000), ("¥1,200.50", 120_050), ("3K", 300_000), ("0", 0),
    ("", None), (None, None), ("1e9", None), ("-1", None), ("5 亿", None), ("12", 1_200)])
def test_an_amount_is_read_or_left_out(text: str | None, minor: int | None) -> None:
    assert asked_amount(text) == minor
