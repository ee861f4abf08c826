"""The macro draws any figure in any state, in words of both languages, and escapes data."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2
import pytest
from babel.messages.pofile import read_po

from caopan.report.words import capital
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.gallery import Example, gallery
from caopan.web.console.chart.gallery_rows import row_examples
from caopan.web.console.chart.macro import macro_globals
from caopan.web.console.chart.state import failed

CONSOLE = Path(__file__).resolve().parents[4] / "src" / "caopan" / "web" / "console"
WITH_MACRO = ('{% from "macros/chart.html" import figure with context %}'
              "{{ figure(spec, 'one') }}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    language: Language


def rendered(figure: Figure, *, language: Language = "zh") -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(CONSOLE / "templates"), autoescape=True,
        undefined=jinja2.StrictUndefined)
    environment.filters["capital"] = capital
    environment.globals |= {**macro_globals(), "_": lambda said: said}
    return environment.from_string(WITH_MACRO).render(spec=figure, visit=Visit(language=language))


@pytest.mark.parametrize("example", gallery(), ids=lambda example: example.key)
def test_a_chart_that_is_not_drawn_says_why_and_shows_no_twin(example: Example) -> None:
    figure = example.figure

    page = rendered(figure)

    assert ("chart-twin" in page) is figure.state.drawn
    assert ("chart-state" in page) is not figure.state.drawn
    assert figure.worded(language="zh") in page
    assert "style=" not in page
    assert not re.search(r"\son\w+=", page)


def test_every_number_of_the_twin_stands_in_the_page() -> None:
    figure = row_examples()[0]

    page = rendered(figure, language="en")

    cells = [cell for row in figure.twin(language="en").rows for cell in row]
    assert all(cell in page for cell in cells)
    assert page.count('<th scope="row">') == 2 * len(figure.twin(language="en").rows)


def test_somebody_s_words_are_escaped() -> None:
    title = Text(zh="<img src=x>", en="<img src=x>")
    figure = row_examples()[1]

    assert "<img" not in rendered(replace(figure, title=title))
    assert "<img" not in rendered(replace(figure, state=failed(title)))


def test_every_word_of_the_macro_has_its_english() -> None:
    source = (CONSOLE / "templates" / "macros" / "chart.html").read_text(encoding="utf-8")
    asked = set(re.findall(r'_\("([^"]+)"\)', source))

    with (CONSOLE / "words" / "en" / "chart.po").open("rb") as file:
        english = {str(message.id): message.string for message in read_po(file) if message.id}

    assert set(english) == asked
    assert all(english.values())


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    style = (CONSOLE / "static" / "chart.css").read_text(encoding="utf-8")

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", style) == []
