"""Which currency a file speaks, from the signs in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

SIGNS: dict[str, tuple[str, ...]] = {
    "¥": ("CNY", "JPY"), "￥": ("CNY", "JPY"), "元": ("CNY", "TWD", "HKD"), "RMB": ("CNY",),
    "CN¥": ("CNY",), "JP¥": ("JPY",), "円": ("JPY",),
    "Rp": ("IDR",), "₫": ("VND",), "đ": ("VND",), "฿": ("THB",), "RM": ("MYR",), "₱": ("PHP",),
    "S$": ("SGD",), "NT$": ("TWD",), "HK$": ("HKD",), "R$": ("BRL",), "US$": ("USD",),
    "A$": ("AUD",), "C$": ("CAD",), "MX$": ("MXN",), "€": ("EUR",), "£": ("GBP",), "₩": ("KRW",),
    "₹": ("INR",), "₽": ("RUB",),
    "$": ("USD", "SGD", "AUD", "CAD", "HKD", "TWD", "MXN", "NZD", "CLP", "COP", "ARS"),
}
"""What a sign (货币符号) may mean, the likeliest first."""
DOT_THOUSANDS = frozenset({"IDR", "VND", "BRL", "EUR", "TRY", "CLP", "COP", "ARS"})
"""Currencies printed with a dot between thousands and a comma before decimals."""
ZONES: dict[str, str] = {
    "CNY": "Asia/Shanghai", "IDR": "Asia/Jakarta", "VND": "Asia/Ho_Chi_Minh",
    "THB": "Asia/Bangkok", "MYR": "Asia/Kuala_Lumpur", "PHP": "Asia/Manila",
    "SGD": "Asia/Singapore", "TWD": "Asia/Taipei", "HKD": "Asia/Hong_Kong", "JPY": "Asia/Tokyo",
    "KRW": "Asia/Seoul", "GBP": "Europe/London", "BRL": "America/Sao_Paulo",
    "MXN": "America/Mexico_City", "INR": "Asia/Kolkata", "TRY": "Europe/Istanbul",
}
"""The zone a currency implies; those of many zones (USD, EUR) imply none."""

_LONGEST = sorted(SIGNS, key=len, reverse=True)
SIGN = re.compile("|".join(re.escape(sign) for sign in _LONGEST), re.IGNORECASE)
_CODE = re.compile(r"\b(?:CNY|IDR|VND|THB|MYR|PHP|SGD|TWD|HKD|JPY|KRW|USD|EUR|GBP|BRL|MXN)\b")


def meant(sign: str) -> tuple[str, ...]:
    """Return the currencies a sign may mean; none where the sign is unknown.

    >>> meant("rp"), meant("?")
    (('IDR',), ())
    """
    for known in _LONGEST:
        if known.casefold() == sign.strip().rstrip(".").casefold():
            return SIGNS[known]
    return (sign.strip().upper(),) if _CODE.fullmatch(sign.strip().upper()) else ()


def sign_of(text: str) -> str | None:
    """Return the currency sign written before or after a number.

    >>> sign_of("Rp9.467.316"), sign_of("1.2万"), sign_of("99 USD")
    ('Rp', None, 'USD')
    """
    rest = re.sub(r"[\d.,()+\-\s'万亿千]", "", text)
    return rest if rest and meant(rest) else None


def spoken(texts: Iterable[str]) -> str | None:
    """Return the currency that the cells agree on, by their signs; None where none has one.

    >>> spoken(["--", "Rp1.000", "Rp2.500"])
    'IDR'
    """
    for text in texts:
        sign = sign_of(text)
        if sign:
            return meant(sign)[0]
    return None
