"""Numbers as people read them, against golden vectors and at the edges."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import LANGUAGES, Language
from caopan.units.unit import Unit

VECTORS = json.loads((Path(__file__).parent / "number_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("value", "zh", "en"), VECTORS["count"])
def test_a_count_reads_as_the_golden_vectors_say(value: float | None, zh: str, en: str) -> None:
    assert number.count(value, language="zh") == zh
    assert number.count(value, language="en") == en


@pytest.mark.parametrize(("minor", "currency", "zh", "en"), VECTORS["money"])
def test_money_reads_as_the_golden_vectors_say(
    minor: float | None, currency: str, zh: str, en: str,
) -> None:
    assert number.money(minor, currency=currency, language="zh") == zh
    assert number.money(minor, currency=currency, language="en") == en


@pytest.mark.parametrize(("ratio", "text"), VECTORS["percent"])
def test_a_percentage_reads_as_the_golden_vectors_say(ratio: float | None, text: str) -> None:
    assert number.percent(ratio) == text


@pytest.mark.parametrize(("ratio", "zh", "en"), VECTORS["points"])
def test_points_read_as_the_golden_vectors_say(ratio: float | None, zh: str, en: str) -> None:
    assert number.points(ratio, language="zh") == zh
    assert number.points(ratio, language="en") == en


@pytest.mark.parametrize(("value", "text"), VECTORS["times"])
def test_a_multiple_reads_as_the_golden_vectors_say(value: float | None, text: str) -> None:
    assert number.times(value) == text


@pytest.mark.parametrize(("seconds", "text"), VECTORS["duration"])
def test_a_duration_reads_as_the_golden_vectors_say(seconds: float | None, text: str) -> None:
    assert number.duration(seconds) == text


@pytest.mark.parametrize(("value", "unit", "zh", "en"), VECTORS["change"])
def test_a_change_reads_as_the_golden_vectors_say(
    value: float | None, unit: str, zh: str, en: str,
) -> None:
    assert number.change(value, unit=Unit(unit), language="zh") == zh
    assert number.change(value, unit=Unit(unit), language="en") == en


@pytest.mark.parametrize(("low", "high", "level", "unit", "zh", "en"), VECTORS["interval"])
def test_an_interval_reads_as_the_golden_vectors_say(
    low: float, high: float, level: float, unit: str, zh: str, en: str,
) -> None:
    range_ = Interval(low=low, mid=(low + high) / 2, high=high, level=level)

    assert number.interval(range_, unit=Unit(unit), language="zh") == zh
    assert number.interval(range_, unit=Unit(unit), language="en") == en


@pytest.mark.parametrize(("low", "high", "level", "unit", "zh", "en"), VECTORS["change_interval"])
def test_an_interval_of_changes_reads_as_the_golden_vectors_say(
    low: float, high: float, level: float, unit: str, zh: str, en: str,
) -> None:
    range_ = Interval(low=low, mid=(low + high) / 2, high=high, level=level)

    assert number.change_interval(range_, unit=Unit(unit), language="zh") == zh
    assert number.change_interval(range_, unit=Unit(unit), language="en") == en


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("hole", [None, math.nan, math.inf])
def test_what_cannot_be_computed_is_a_dash_in_every_unit(unit: Unit, hole: float | None) -> None:
    assert number.value(hole, unit=unit, language="zh") == "—"
    assert number.change(hole, unit=unit, language="en") == "—"


def test_a_missing_interval_is_a_dash() -> None:
    assert number.interval(None, unit=Unit.MONEY, language="zh") == "—"
    assert number.change_interval(None, unit=Unit.MONEY, language="zh") == "—"


def test_units_sold_say_what_they_are() -> None:
    span = Interval(low=-120.4, mid=-80.0, high=15.0, level=0.8)

    assert number.value(372, unit=Unit.UNITS, language="zh") == "372 件"
    assert number.value(-1, unit=Unit.UNITS, language="en") == "−1 unit"
    assert number.change(-228, unit=Unit.UNITS, language="en") == "−228 units"
    assert number.change(0, unit=Unit.UNITS, language="zh") == "0 件"
    assert number.change_span(span, unit=Unit.UNITS, language="zh") == "−120 – +15"
    assert number.interval(span, unit=Unit.UNITS, language="en") == "−120 – 15 units (80%)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_has_words_in_both_languages(language: Language) -> None:
    texts = {unit: number.value(1.5, unit=unit, language=language) for unit in Unit}

    assert texts[Unit.RATIO] == "150.0%"
    assert texts[Unit.HOURS] == ("1.5 小时" if language == "zh" else "1.5 h")
    assert texts[Unit.SECONDS] == "00:02"
    assert texts[Unit.PEOPLE] == "2"


@given(st.floats(min_value=1, max_value=1e13), st.sampled_from(LANGUAGES))
def test_a_shortened_count_is_never_far_from_the_number(value: float, language: Language) -> None:
    text = number.count(value, language=language)
    words = {"万": 1e4, "亿": 1e8, "K": 1e3, "M": 1e6, "B": 1e9}
    scale = words.get(text[-1], 1.0)
    read = float(text.rstrip("万亿KMB").replace(",", "")) * scale

    assert read == pytest.approx(value, rel=0.05 if scale > 1 else 0.5)


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_a_change_has_a_sign_exactly_when_something_is_left_after_rounding(value: float) -> None:
    text = number.change(value, unit=Unit.COUNT, language="zh")

    assert (text[0] in "+−") == any(digit in text for digit in "123456789")
    assert "-" not in text
