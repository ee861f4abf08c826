"""Every chart in every state: twins are whole, sentences exist in both languages, data travel."""

from __future__ import annotations

import json
import re

import pytest

from caopan.units.message import LANGUAGES, Language
from caopan.web.console.chart.client import block
from caopan.web.console.chart.gallery import STATES, Example, gallery
from caopan.web.console.chart.gallery_canvas import canvas_examples
from caopan.web.console.chart.state import Condition

EXAMPLES = gallery()
READY = [one for one in EXAMPLES if one.figure.state.condition is Condition.READY]
CHINESE_STOPS = re.compile(r"[，。；：（）]")


def key(example: Example) -> str:
    return example.key


def test_every_kind_stands_in_every_state_once() -> None:
    assert len({one.key for one in EXAMPLES}) == len(EXAMPLES) == 16 * len(Condition)
    assert {state.condition for state in STATES} == set(Condition)


@pytest.mark.parametrize("example", READY, ids=key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_has_a_sentence_a_twin_and_one_way_to_be_seen(
    example: Example, language: Language,
) -> None:
    figure = example.figure
    said, twin = figure.summary(language=language), figure.twin(language=language)

    assert said
    assert said[-1] in "。."
    assert language == "zh" or not CHINESE_STOPS.search(said)
    assert twin.rows
    assert all(column.name for column in twin.columns)
    assert all(row[0] for row in twin.rows)
    assert (figure.data(language=language) or figure.drawing(language=language, key="k")
            or figure.rows(language=language))


@pytest.mark.parametrize("example", EXAMPLES, ids=key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_other_than_ready_is_said(example: Example, language: Language) -> None:
    said = example.figure.worded(language=language)

    assert bool(said) is (example.figure.state.condition is not Condition.READY)
    assert "{" not in said


def test_every_example_says_that_it_is_synthetic() -> None:
    assert {one.figure.note.zh for one in EXAMPLES if one.figure.note} == {"合成数据"}
    assert all(one.figure.note for one in EXAMPLES)


@pytest.mark.parametrize("figure", canvas_examples(), ids=lambda figure: figure.kind)
def test_what_travels_is_small_and_says_how_to_read_it(figure) -> None:  # noqa: ANN001
    body = block(figure, language="en")
    data = json.loads(body)

    assert len(body) < 6_000
    assert (data["kind"], data["unit"], data["language"]) == (figure.kind, figure.unit.value, "en")
    assert not re.search(r"[<>&]", body)


def test_nothing_travels_of_a_chart_that_is_not_drawn() -> None:
    hidden = [one for one in EXAMPLES if not one.figure.state.drawn]

    assert {block(one.figure, language="zh") for one in hidden} == {None}
