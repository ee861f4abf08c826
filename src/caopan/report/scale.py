"""Axes: where a value stands, round ticks, and one word (万, K) for all numbers of a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from caopan.units.message import Language
from caopan.units.number import MINUS, STEPS

_DIVISORS = {"": 1.0, "万": 1e4, "亿": 1e8, "K": 1e3, "M": 1e6, "B": 1e9}
THOUSAND = 1000
_ROUND = (1.0, 2.0, 4.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight line from values to places; ``low < high``."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0

    def at(self, value: float) -> float:
        """Return the place of a value; beyond the ends it stays at the end.

        >>> Scale(low=0, high=10).at(4), Scale(low=0, high=10).at(99)
        (40.0, 100.0)
        """
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One way to shorten every number of a drawing."""

    text: str
    divisor: float
    digits: int

    def say(self, value: float) -> str:
        """Return the number without its word.

        >>> Word(text="万", divisor=1e4, digits=1).say(-98_000)
        '−9.8'
        """
        body = f"{abs(value) / self.divisor:,.{self.digits}f}"
        return f"{MINUS}{body}" if value < 0 and body.strip("0.,") else body

    def change(self, value: float) -> str:
        """Return the number with its sign and without its word.

        >>> Word(text="", divisor=1, digits=0).change(3)
        '+3'
        """
        body = self.say(value)
        return f"+{body}" if value > 0 and body.strip("0.,") else body


def word_for(sizes: Iterable[float], *, language: Language) -> Word:
    """Return the word that suits the largest of the sizes; thousands of it need no decimals.

    >>> word_for([320_000, 98_000], language="zh")
    Word(text='万', divisor=10000.0, digits=1)
    """
    largest = max((abs(size) for size in sizes), default=0.0)
    _, text, digits = [step for step in STEPS[language] if largest >= step[0] or step[0] <= 1][-1]
    roomy = largest / _DIVISORS[text] < THOUSAND
    return Word(text=text, divisor=_DIVISORS[text], digits=digits if roomy else 0)


def ticks(low: float, high: float, *, about: int = 4) -> tuple[float, ...]:
    """Return round values from low to high, about so many.

    >>> ticks(260_000, 430_000, about=3)
    (300000.0, 350000.0, 400000.0)
    >>> ticks(-96_000, 35_000)
    (-80000.0, -40000.0, 0.0)
    """
    if high <= low:
        return ()
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((base * power for base in _ROUND), key=lambda size: abs(size - rough))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(index * step for index in range(first, last + 1))


def tick_label(value: float, *, step: float, word: Word) -> str:
    """Return a tick's label with as few decimals as its step needs.

    >>> tick_label(250_000, step=50_000, word=Word(text="万", divisor=1e4, digits=1))
    '25万'
    """
    digits = next((count for count in range(4)
                   if math.isclose(round(step / word.divisor, count), step / word.divisor,
                                   rel_tol=1e-9)), 3)
    body = f"{abs(value) / word.divisor:,.{digits}f}"
    if not body.strip("0.,"):
        return "0"
    return f"{MINUS if value < 0 else ''}{body}{word.text}"
