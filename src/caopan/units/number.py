"""Numbers as people read them: 万 and 亿, K and M, signs, intervals, missing as a dash."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard

from caopan.units.interval import Interval
from caopan.units.message import Language
from caopan.units.unit import Unit

MISSING = "—"
MINUS = "−"
DASH = "–"
FINE_PERCENT = 10
"""Below this percentage two digits stand after the point."""
CENTS_BELOW, TENTHS_BELOW = 100, 1000
"""Amounts show cents below the first, tenths below the second, neither where they are whole."""

STEPS: dict[Language, tuple[tuple[float, str, int], ...]] = {
    "zh": ((1.0, "", 0), (1e4, "万", 1), (1e8, "亿", 2)),
    "en": ((1.0, "", 0), (1e4, "K", 1), (1e6, "M", 2), (1e9, "B", 2)),
}
"""From where a number is shortened, by which word, with how many decimals; K divides by 1,000."""

SYMBOLS: dict[str, str] = {
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$",
    "IDR": "Rp", "THB": "฿", "VND": "₫", "PHP": "₱", "MYR": "RM", "SGD": "S$", "KRW": "₩",
    "INR": "₹", "BRL": "R$", "TRY": "₺",
}
"""Currency symbols; a currency that is not here is written with its ISO code."""

_TIMES = ((0.1, 4), (1.0, 3), (100.0, 2), (math.inf, 0))
_DIVISORS = {"": 1.0, "万": 1e4, "亿": 1e8, "K": 1e3, "M": 1e6, "B": 1e9}
_ITEMS: dict[Language, str] = {"zh": " 件", "en": " units"}
_WORDS: dict[Unit, tuple[str, str]] = {
    Unit.MINUTES: (" 分钟", " min"), Unit.HOURS: (" 小时", " h"), Unit.DAYS: (" 天", " d"),
}


def symbol(currency: str) -> str:
    """Return what stands before an amount of a currency.

    >>> symbol("CNY"), symbol("KHR")
    ('¥', 'KHR ')
    """
    return SYMBOLS.get(currency, f"{currency} ")


def count(number: float | None, *, language: Language) -> str:
    """Return a count or a plain amount, shortened from ten thousand on.

    None and NaN mean "cannot be computed" and give a dash.

    >>> count(9_999, language="zh"), count(320_450, language="zh"), count(None, language="zh")
    ('9,999', '32.0万', '—')
    >>> count(1_050_000, language="en")
    '1.05M'
    """
    if not _known(number):
        return MISSING
    body = _short(abs(number), language, _whole)
    return f"{MINUS if number < 0 and _sized(body) else ''}{body}"


def money(minor: float | None, *, currency: str = "CNY", language: Language) -> str:
    """Return an amount of minor units with its currency before it.

    >>> money(32_000_000, language="zh"), money(13_660, language="zh")
    ('¥32.0万', '¥136.6')
    >>> money(-980_000_000, currency="IDR", language="en")
    '−Rp9.80M'
    """
    if not _known(minor):
        return MISSING
    body = _short(abs(minor) / 100, language, _price)
    return f"{MINUS if minor < 0 and _sized(body) else ''}{symbol(currency)}{body}"


def percent(ratio: float | None) -> str:
    """Return a ratio (0-1) as a percentage with one digit after the point, two below 10 %.

    What is too small for two digits is not called zero.

    >>> percent(0.714), percent(0.0821), percent(0.0), percent(1.0)
    ('71.4%', '8.21%', '0%', '100%')
    """
    if not _known(ratio):
        return MISSING
    shown = abs(ratio) * 100
    two = _round(shown, 2)
    body = _fixed(shown, 2) if two < FINE_PERCENT else _fixed(shown, 1)
    if not two:
        body = "<0.01" if shown else "0"
    body = "100" if body == "100.0" else body
    return f"{MINUS if ratio < 0 and _sized(body) else ''}{body}%"


def points(ratio: float | None, *, language: Language) -> str:
    """Return a difference of two ratios in percentage points (个点), signed.

    >>> points(0.009, language="zh"), points(-0.06, language="en")
    ('+0.90 个点', '−6.00 pp')
    """
    if not _known(ratio):
        return MISSING
    body = percent(abs(ratio)).removesuffix("%")
    return f"{_sign(ratio, body)}{body}{' 个点' if language == 'zh' else ' pp'}"


def times(value: float | None) -> str:
    """Return a multiple such as ROI or units per view, with about three digits.

    >>> times(2.345), times(120.4), times(0.1634), times(0.0134)
    ('2.35', '120', '0.163', '0.0134')
    """
    if not _known(value):
        return MISSING
    body = _fixed(abs(value), next(digits for below, digits in _TIMES if abs(value) < below))
    body = body if _sized(body) else "0"
    return f"{MINUS if value < 0 and _sized(body) else ''}{body}"


def duration(seconds: float | None) -> str:
    """Return seconds as ``mm:ss``, from an hour on ``h:mm:ss``.

    >>> duration(75), duration(-4), duration(3 * 3600 + 61)
    ('01:15', '−00:04', '3:01:01')
    """
    if not _known(seconds):
        return MISSING
    whole = int(_round(abs(seconds), 0))
    sign = MINUS if seconds < 0 and whole else ""
    hours, minutes = divmod(whole // 60, 60)
    clock = f"{minutes:02d}:{whole % 60:02d}"
    return f"{sign}{hours}:{clock}" if hours else f"{sign}{clock}"


def value(number: float | None, *, unit: Unit, currency: str = "CNY", language: Language) -> str:
    """Return a metric's value in the way its unit is read; money is minor units, ratios 0-1.

    >>> value(0.0821, unit=Unit.RATIO, language="zh"), value(3.06, unit=Unit.HOURS, language="zh")
    ('8.21%', '3.1 小时')
    >>> value(1, unit=Unit.UNITS, language="en"), value(32_400, unit=Unit.UNITS, language="zh")
    ('1 unit', '3.2万 件')
    """
    if not _known(number):
        return MISSING
    plain = {
        Unit.MONEY: lambda: money(number, currency=currency, language=language),
        Unit.RATIO: lambda: percent(number),
        Unit.TIMES: lambda: times(number),
        Unit.SECONDS: lambda: duration(number),
        Unit.UNITS: lambda: _items(number, language),
    }
    if unit in plain:
        return plain[unit]()
    if unit not in _WORDS:
        return count(number, language=language)
    body = _fixed(abs(number), 1)
    body = body if unit is Unit.HOURS else _trimmed(body)
    sign = MINUS if number < 0 and _sized(body) else ""
    return f"{sign}{body}{_WORDS[unit][language == 'en']}"


def change(number: float | None, *, unit: Unit, currency: str = "CNY", language: Language) -> str:
    """Return a difference with its sign; a difference of ratios is in points.

    >>> change(-9_800_000, unit=Unit.MONEY, language="zh"), change(0, unit=Unit.COUNT,
    ...     language="zh")
    ('−¥9.8万', '0')
    """
    if not _known(number):
        return MISSING
    if unit is Unit.RATIO:
        return points(number, language=language)
    body = value(abs(number), unit=unit, currency=currency, language=language)
    return f"{_sign(number, body)}{body}"


def interval(
    range_: Interval | None, *, unit: Unit, currency: str = "CNY", language: Language,
) -> str:
    """Return a range of values with its level; the currency stands once, at the low end.

    What is counted in units says so once, at the high end.

    >>> interval(Interval(low=303_300_000, mid=320_000_000, high=346_200_000, level=0.8),
    ...          unit=Unit.MONEY, language="zh")
    '¥303.3万–346.2万 (80%)'
    """
    if range_ is None:
        return MISSING
    low, high = _ends(range_, unit, language)
    if unit is Unit.MONEY:
        sign = MINUS if low.startswith(MINUS) else ""
        low = f"{sign}{symbol(currency)}{low.removeprefix(MINUS)}"
    if unit is Unit.UNITS:
        high = f"{high}{_ITEMS[language]}"
    return f"{_joined(low, high)} {level(range_.level)}"


def change_interval(range_: Interval | None, *, unit: Unit, language: Language) -> str:
    """Return a range of differences, both ends signed and without a currency, with its level.

    >>> change_interval(Interval(low=-12_600_000, mid=-9_800_000, high=-7_100_000, level=0.8),
    ...                 unit=Unit.MONEY, language="zh")
    '−12.6万 – −7.1万 (80%)'
    """
    if range_ is None:
        return MISSING
    return f"{change_span(range_, unit=unit, language=language)} {level(range_.level)}"


def change_span(range_: Interval, *, unit: Unit, language: Language) -> str:
    """Return a range of differences where the level is said elsewhere; both ends share a word.

    >>> change_span(Interval(low=-12_600_000, mid=0, high=710_000, level=0.8),
    ...             unit=Unit.MONEY, language="zh")
    '−12.6万 – +0.7万'
    """
    low, high = (body.removeprefix(MINUS) for body in _ends(range_, unit, language))
    return f"{_sign(range_.low, low)}{low} {DASH} {_sign(range_.high, high)}{high}"


def level(ratio: float) -> str:
    """Return the level of an interval in brackets.

    >>> level(0.8), level(0.955)
    ('(80%)', '(95.5%)')
    """
    return f"({_trimmed(_fixed(ratio * 100, 1))}%)"


def _items(number: float, language: Language) -> str:
    body = count(number, language=language)
    word = _ITEMS[language]
    return f"{body}{word.removesuffix('s') if body.removeprefix(MINUS) == '1' else word}"


def _known(number: float | None) -> TypeGuard[float]:
    return number is not None and math.isfinite(number)


def _ends(range_: Interval, unit: Unit, language: Language) -> tuple[str, str]:
    """Return both ends without a currency, the smaller one in the word of the larger."""
    if unit not in {Unit.MONEY, Unit.UNITS, Unit.COUNT, Unit.PEOPLE}:
        low, high = (value(end, unit=unit, language=language) for end in (range_.low, range_.high))
        return low, high
    plain, scale = (_price, 100) if unit is Unit.MONEY else (_whole, 1)
    sizes = [abs(end) / scale for end in (range_.low, range_.high)]
    largest = _short(max(sizes), language, plain)
    word = next((step[1] for step in STEPS[language] if step[1] and largest.endswith(step[1])), "")
    bodies = [_in_word(size, word, language) or _short(size, language, plain) for size in sizes]
    low, high = (f"{MINUS if end < 0 and _sized(body) else ''}{body}"
                 for end, body in zip((range_.low, range_.high), bodies, strict=True))
    return low, high


def _in_word(size: float, word: str, language: Language) -> str:
    """Return a size in a given word; nothing where too little of it would be left."""
    digits = next(step[2] for step in STEPS[language] if step[1] == word)
    body = _fixed(size / _DIVISORS[word], digits)
    return f"{body}{word}" if word and _sized(body) else ""


def _short(size: float, language: Language, plain: Callable[[float], str]) -> str:
    """Return a size >= 0 with the largest word that it reaches once rounded."""
    steps = STEPS[language]
    body = plain(size)
    reached = float(_round(size, 0))
    for start, word, digits in steps[1:]:
        if reached < start:
            break
        scaled = size / _DIVISORS[word]
        body = f"{_fixed(scaled, digits)}{word}"
        reached = float(_round(scaled, digits)) * _DIVISORS[word]
    return body


def _joined(low: str, high: str) -> str:
    signed = low[0] in "+−" or high[0] in "+−"
    return f"{low} {DASH} {high}" if signed else f"{low}{DASH}{high}"


def _round(number: float, digits: int) -> Decimal:
    return Decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _fixed(number: float, digits: int) -> str:
    return f"{_round(number, digits):,}"


def _trimmed(body: str) -> str:
    whole, _, fraction = body.partition(".")
    return whole if not fraction.strip("0") else body


def _sized(body: str) -> bool:
    return any(digit in body for digit in "123456789")


def _sign(number: float, body: str) -> str:
    if not _sized(body):
        return ""
    return "+" if number > 0 else MINUS


def _whole(number: float) -> str:
    return _fixed(number, 0)


def _price(number: float) -> str:
    digits = 2 if number < CENTS_BELOW else 1 if number < TENTHS_BELOW else 0
    return _trimmed(_fixed(number, digits))
