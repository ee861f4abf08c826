"""The vectors of the number formatter in JavaScript are those of Python as it is today."""

from __future__ import annotations

import json

from tests.web.console.number_vectors import PLACE, made, written


def test_the_vectors_are_what_python_says_today() -> None:
    assert PLACE.read_text(encoding="utf-8") == written()


def test_the_vectors_reach_every_unit_and_both_languages() -> None:
    vectors = json.loads(PLACE.read_text(encoding="utf-8"))

    assert vectors == made()
    assert len({(unit, language) for _, unit, _, language, *_ in vectors}) == 10 * 2
