"""Measuring words, placing values, dates, and the shapes that escape what they are given."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.report import dates, svg
from caopan.report.foot import quoted
from caopan.report.measure import fit, width, wrap
from caopan.report.scale import Scale, Word, tick_label, ticks, word_for
from caopan.units.period import Period


@given(st.text(max_size=40), st.floats(min_value=12, max_value=300))
def test_what_was_fitted_fits(words: str, room: float) -> None:
    assert width(fit(words, size=12, room=room), size=12) <= room + 1e-6


@given(st.text(max_size=60), st.integers(min_value=1, max_value=4))
def test_wrapped_words_keep_to_their_lines_and_room(words: str, lines: int) -> None:
    found = wrap(words, size=12, room=60, lines=lines)

    assert 1 <= len(found) <= lines
    assert all(width(line, size=12) <= 60 + 1e-6 for line in found)


def test_short_words_are_not_touched() -> None:
    assert fit("进房率", size=12, room=40) == "进房率"
    assert wrap("Entry rate", size=12, room=200, lines=2) == ["Entry rate"]


def test_chinese_breaks_anywhere_and_english_at_spaces_and_hyphens() -> None:
    assert wrap("点击成交率", size=10, room=32, lines=2) == ["点击成", "交率"]
    assert wrap("Click-to-pay rate", size=10, room=52, lines=2) == ["Click-to-", "pay rate"]


@given(st.floats(min_value=-1e9, max_value=1e9), st.floats(min_value=1e-3, max_value=1e9))
def test_ticks_are_inside_ascending_and_few(low: float, span: float) -> None:
    marks = ticks(low, low + span)

    assert list(marks) == sorted(marks)
    assert len(marks) <= 12
    assert all(low - span * 1e-6 <= mark <= low + span * (1 + 1e-6) for mark in marks)


def test_an_empty_axis_has_no_ticks() -> None:
    assert ticks(3.0, 3.0) == ()


@pytest.mark.parametrize(("value", "step", "said"), [
    (300_000, 50_000, "30万"), (-80_000, 40_000, "−8万"), (0, 40_000, "0"),
    (25_000, 5_000, "2.5万"),
])
def test_a_tick_has_as_few_decimals_as_its_step(value: float, step: float, said: str) -> None:
    assert tick_label(value, step=step, word=Word(text="万", divisor=1e4, digits=1)) == said


def test_one_word_serves_all_numbers_of_a_drawing() -> None:
    assert word_for([9_000], language="zh").text == ""
    assert word_for([9_000, -2e8], language="zh").text == "亿"
    assert word_for([12_000], language="en").text == "K"
    assert word_for([], language="en").text == ""


def test_a_change_that_rounds_to_nothing_has_no_sign() -> None:
    word = Word(text="万", divisor=1e4, digits=1)

    assert word.change(12) == "0.0"
    assert word.change(-12) == "0.0"
    assert word.change(5_000) == "+0.5"


def test_values_beyond_the_axis_stay_at_its_ends() -> None:
    scale = Scale(low=0, high=10, start=100, end=20)

    assert (scale.at(-5), scale.at(5), scale.at(50)) == (100, 60, 20)


def test_a_period_is_written_with_its_last_day() -> None:
    single = Period(start=date(2026, 11, 8), end=date(2026, 11, 9))
    crossing = Period(start=date(2026, 12, 30), end=date(2027, 1, 2))

    assert dates.span(single, language="zh") == "2026年11月8日"
    assert dates.span(crossing, language="zh") == "2026年12月30日–2027年1月1日"
    assert dates.span(crossing, language="en") == "30 Dec 2026–1 Jan 2027"
    assert dates.moment(datetime(2026, 11, 22, 16, tzinfo=UTC), language="en") == "23 Nov 2026"


def test_shapes_escape_what_they_are_given() -> None:
    drawn = svg.drawing(svg.words((0, 0), "<script>&", "t"), width=1, height=1, title="<b>",
                        summary='"', key='k"')

    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert 'k"-t' not in drawn


@given(st.text(max_size=50))
def test_nothing_breaks_out_of_a_style_sheet_string(text: str) -> None:
    inside = quoted(text)[1:-1]

    assert not set(inside) & set('"<>{}\n\r&')
