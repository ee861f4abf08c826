from __future__ import annotations

import string

import pytest

from caopan.playbook.complaint import TEXTS, VALUE_LENGTH, complaint
from caopan.units.message import Text


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_complaint_says_in_both_languages_what_is_wrong_and_what_to_do(key: str) -> None:
    for text in TEXTS[key]:
        assert isinstance(text, Text)
        assert text.zh.strip()
        assert text.en.strip()
        assert any("一" <= letter <= "鿿" for letter in text.zh)
        assert not any("一" <= letter <= "鿿" for letter in text.en)
        assert {hole.removesuffix("_zh").removesuffix("_en") for hole in holes(text.zh)} == {
            hole.removesuffix("_zh").removesuffix("_en") for hole in holes(text.en)
        }


def test_a_long_value_is_cut() -> None:
    issue = complaint("unknown_metric", file="x.toml", field="metric", value="m" * 999, choices="–")

    assert issue.value == "m" * VALUE_LENGTH


def test_an_unknown_complaint_is_refused() -> None:
    with pytest.raises(KeyError):
        complaint("no_such_complaint", file="x.toml")
