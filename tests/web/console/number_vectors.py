"""The vectors both number formatters must meet: ``python -m tests.web.console.number_vectors``."""

from __future__ import annotations

import json
from pathlib import Path

from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import LANGUAGES, Language
from caopan.units.unit import Unit

PLACE = Path(__file__).with_name("number_vectors.json")
SIZES = (
    0, 0.0000004, 0.00004, 0.00005, 0.0134, 0.05, 0.0821, 0.0999, 0.09995, 0.1, 0.1634, 0.5,
    0.714, 0.99949, 0.9995, 0.99999, 1, 1.005, 1.25, 2.345, 2.5, 3.06, 9.995, 9.999, 10, 10.05,
    59.5, 60, 75, 99.994, 99.995, 100, 120.4, 999.5, 1000, 1234.5, 3599.5, 3600, 9994.9, 9999,
    9999.4, 9999.5, 9999.99, 10_000, 13_660, 99_949, 99_950, 99_994, 99_999, 100_000, 123_456,
    320_450, 994_900, 999_499, 999_500, 999_999, 1_000_000, 1_050_000, 9_994_999, 9_999_999,
    32_000_000, 99_999_999, 100_000_000, 123_456_789, 999_999_999, 1_005_000_000,
    12_345_678_901, 1_234_567_890_123,
)
RANGES = (
    (0, 0), (-1, 1), (0.05, 0.09), (-0.02, 0.013), (1.2, 3.4), (99, 101), (310, 655), (710, 12_600),
    (-12_600_000, -7_100_000), (-12_600_000, 710_000), (303_300_000, 346_200_000), (3, 32_000_000),
    (9_999, 10_001), (99_000_000, 110_000_000), (-400, 25_000),
)
CURRENCIES = ("CNY", "IDR", "KHR")


Vector = list[object]
"""What is called, unit, currency, language, its numbers, and what the Python side says."""


def made() -> list[Vector]:
    """Return every vector; a currency besides the yuan is asked for ranges and a few sizes."""
    vectors: list[Vector] = []
    for language in LANGUAGES:
        for unit in Unit:
            for currency in CURRENCIES if unit is Unit.MONEY else CURRENCIES[:1]:
                vectors += _of(unit, currency, language)
    return vectors


def _of(unit: Unit, currency: str, language: Language) -> list[Vector]:
    head: Vector = [unit.value, currency, language]
    sizes = SIZES if currency == "CNY" else SIZES[::9]
    ranges = [Interval(low=low, mid=low, high=high, level=0.8) for low, high in RANGES]

    def value(size: float | None) -> str:
        return number.value(size, unit=unit, currency=currency, language=language)

    def change(size: float | None) -> str:
        return number.change(size, unit=unit, currency=currency, language=language)

    return [
        *(["value", *head, [sign * size], value(sign * size)] for size in sizes
          for sign in (1, -1)),
        *(["change", *head, [sign * size], change(sign * size)] for size in sizes[::2]
          for sign in (1, -1)),
        ["value", *head, [None], value(None)], ["change", *head, [None], change(None)],
        *(["interval", *head, [one.low, one.high, number.level(0.8)],
           number.interval(one, unit=unit, currency=currency, language=language)]
          for one in ranges),
    ]


def written() -> str:
    """Return the vectors as the file holds them: one a line."""
    lines = (json.dumps(vector, ensure_ascii=False, separators=(",", ":")) for vector in made())
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    PLACE.write_text(written(), encoding="utf-8")
