from __future__ import annotations

from decimal import Decimal

import pytest

from caopan.units.money import MixedCurrencyError, Money, UnknownCurrencyError


def test_amounts_of_one_currency_add_exactly() -> None:
    total = sum((Money(minor=10) for _ in range(3)), start=Money(minor=0))

    assert total == Money(minor=30)
    assert total.major() == Decimal("0.30")


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(MixedCurrencyError) as refused:
        Money(minor=1) + Money(minor=1, currency="IDR")

    assert refused.value.message.say("zh") == "CNY 与 IDR 不能相加"
    assert refused.value.message.advise("en") == "look at each currency by itself"


def test_an_unknown_currency_is_named() -> None:
    with pytest.raises(UnknownCurrencyError) as refused:
        Money(minor=1, currency="RMB")

    assert "RMB" in str(refused.value)
