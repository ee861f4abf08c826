"""Money as whole minor units of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from caopan.units.message import CaopanError, Message, Text

MINOR_DIGITS = 2
"""A minor unit (分) is a hundredth of every currency, also of those that print no decimals."""

CURRENCIES = frozenset(
    "AED ARS AUD BDT BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KHR "
    "KRW LAK LKR MAD MMK MOP MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY "
    "TWD UAH USD VND ZAR".split(),
)
"""The currencies an amount may carry (ISO 4217, those with a minor unit of a hundredth or none)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount (金额) in whole minor units; currencies never mix.

    >>> Money(minor=1234, currency="CNY") + Money(minor=1, currency="CNY")
    Money(minor=1235, currency='CNY')

    Raises:
        UnknownCurrencyError: the currency is not in ``CURRENCIES``.
        MixedCurrencyError: two currencies meet in one sum.
    """

    minor: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        """Refuse a currency that is not known."""
        if self.currency not in CURRENCIES:
            raise UnknownCurrencyError(self.currency)

    def __add__(self, other: Money) -> Money:
        """Return the sum in the shared currency."""
        if other.currency != self.currency:
            raise MixedCurrencyError(self.currency, other.currency)
        return Money(minor=self.minor + other.minor, currency=self.currency)

    def major(self) -> Decimal:
        """Return the amount in major units, exactly.

        >>> Money(minor=1234, currency="CNY").major()
        Decimal('12.34')
        """
        return Decimal(self.minor).scaleb(-MINOR_DIGITS)

    def written(self) -> str:
        """Return the amount in major units as a decimal text, exactly.

        >>> Money(minor=-5, currency="CNY").written()
        '-0.05'
        """
        whole, rest = divmod(abs(self.minor), 10**MINOR_DIGITS)
        return f"{'-' if self.minor < 0 else ''}{whole}.{rest:0{MINOR_DIGITS}}"


def minor_of(major: Decimal | float) -> int:
    """Return an amount in whole minor units, halves to the even one.

    >>> minor_of(Decimal("12.34")), minor_of(0.1)
    (1234, 10)
    """
    return round(Decimal(str(major)).scaleb(MINOR_DIGITS))


class UnknownCurrencyError(CaopanError):
    """Raised for a currency that amounts may not carry."""

    def __init__(self, currency: str) -> None:
        """Name the currency."""
        super().__init__(Message(
            key="unknown_currency",
            text=Text(zh="不认识的币种 {currency}", en="unknown currency {currency}"),
            values={"currency": currency},
            hint=Text(zh="请用 ISO 4217 三字母代码，例如 CNY、IDR",
                      en="use an ISO 4217 code such as CNY or IDR"),
        ))


class MixedCurrencyError(CaopanError):
    """Raised when amounts of two currencies would be added."""

    def __init__(self, first: str, second: str) -> None:
        """Name both currencies."""
        super().__init__(Message(
            key="mixed_currency",
            text=Text(zh="{first} 与 {second} 不能相加", en="{first} and {second} cannot be added"),
            values={"first": first, "second": second},
            hint=Text(zh="请按币种分开看", en="look at each currency by itself"),
        ))
