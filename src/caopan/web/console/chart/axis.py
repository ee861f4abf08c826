"""The labels of an axis: round values in one word (万, K), none of them twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caopan.report.scale import tick_label, word_for
from caopan.units import number
from caopan.units.message import Language
from caopan.units.unit import Unit

SHORTENED = frozenset({Unit.MONEY, Unit.COUNT, Unit.PEOPLE, Unit.UNITS})
_ZEROS = re.compile(r"(\.\d*?)0+(?=\D|$)")
_POINT = re.compile(r"\.(?=\D|$)")


def labels(marks: Sequence[float], *, unit: Unit, currency: str,
           language: Language) -> list[str]:
    """Return the labels of the marks of an axis, which stand equally far apart.

    >>> labels((1_100_000, 1_150_000), unit=Unit.MONEY, currency="CNY", language="zh")
    ['¥1.10万', '¥1.15万']
    >>> labels((0, 0.04, 0.08), unit=Unit.RATIO, currency="CNY", language="zh")
    ['0%', '4%', '8%']
    """
    if unit not in SHORTENED:
        return [_POINT.sub("", _ZEROS.sub(r"\1", number.value(
            mark, unit=unit, currency=currency, language=language))) for mark in marks]
    sizes = [mark / unit.parts for mark in marks]
    word = word_for(sizes, language=language)
    step = sizes[1] - sizes[0] if len(sizes) > 1 else max(map(abs, sizes), default=1.0) or 1.0
    symbol = number.symbol(currency) if unit is Unit.MONEY else ""
    said = [tick_label(size, step=step, word=word) for size in sizes]
    return [f"{number.MINUS}{symbol}{one.removeprefix(number.MINUS)}" if one.startswith(
        number.MINUS) else f"{symbol}{one}" for one in said]
