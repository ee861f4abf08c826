"""Every word of the report stands in the catalogue, in both languages, and is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import caopan.report
from caopan.report import columns
from caopan.report.words import LONGEST, WORDS, Words, clean
from caopan.units.message import Message, Text

REPORT = Path(caopan.report.__file__).parent
TEMPLATES = sorted((REPORT / "templates").glob("*.html"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_key_has_both_languages_with_the_same_placeholders(key: str) -> None:
    text = WORDS[key]

    assert text.en
    assert text.zh or key == "gap"
    assert placeholders(text.zh) == placeholders(text.en)


def test_chinese_words_are_chinese_and_english_words_hold_none() -> None:
    for key, text in WORDS.items():
        bare = re.sub(r"{\w+}", "", text.zh)
        chinese = bool(re.search(r"[\u4e00-\u9fff]", bare))

        assert chinese or not re.search(r"[A-Za-z]", bare), key
        assert key == "logo" or not re.search(r"[\u4e00-\u9fff]", text.en), key


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_of_its_own(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", source, flags=re.DOTALL)
    outside_tags = re.sub(r"<[^>]*>", " ", bare)
    titled = re.findall(r'(?:title|alt|aria-label|placeholder)="([^"]*)"', bare)

    assert not re.search(r"[A-Za-z\u4e00-\u9fff]", outside_tags), outside_tags
    assert not [words for words in titled if words.strip()]


def test_every_key_that_is_asked_for_exists_and_every_key_is_asked_for() -> None:
    sources = [path.read_text(encoding="utf-8") for path in [*REPORT.glob("*.py"), *TEMPLATES]
               if path.name not in {"words.py", "sentences.py"}]
    text = "\n".join(sources)
    asked = {key for key in re.findall(r"""\bw(?:ords)?\(\s*"([a-z_0-9.]+)"[,)\s]""", text)
             if not key.endswith(".")}
    prefixes = set(re.findall(r"""["']([a-z_]+\.)(?:["'] ~|{)""", text))
    whole = set(re.findall(r'"([a-z_0-9.]+)"', text))
    counted = {f"{key}.units" for key in re.findall(
        r"""\bw(?:ords)?\.of\(\s*"([a-z_0-9.]+)",""", text)}

    assert asked
    assert not {key for key in asked if key not in WORDS}
    unused = {key for key in WORDS
              if key.removesuffix(".one") not in asked | whole | counted
              and not any(key.startswith(prefix) for prefix in prefixes)}
    assert unused == set()


def test_one_is_said_in_its_own_form() -> None:
    words = Words(language="en")

    assert words("sessions", n=1) == "1 session"
    assert words("sessions", n="12") == "12 sessions"
    assert Words(language="zh")("sessions", n=1) == "1 场"


@pytest.mark.parametrize(("text", "said"), [
    ("1 sessions before, 1 after", "1 session before, 1 after"),
    ("1 rows were left out", "1 row was left out"), ("1 files have no year", "1 file has no year"),
    ("11 days", "11 days"), ("1,001 rows", "1,001 rows"), ("2.1 hours", "2.1 hours"),
    ("7–1 days", "7–1 days"), ("1 sessionsful", "1 sessionsful"),
])
def test_a_sentence_from_elsewhere_says_one_as_one(text: str, said: str) -> None:
    words = Words(language="en")

    assert words.said(Text(zh="", en=text)) == said
    assert words.told(Message(key="k", text=Text(zh="", en=text))) == said
    assert Words(language="zh").said(Text(zh=text, en="")) == text


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words(language="zh")("no.such.key")


def test_braces_in_a_finished_sentence_are_left_alone() -> None:
    hostile = Text(zh="主播 {0.__class__} {", en="host {0.__class__} {")

    assert Words(language="zh").said(hostile) == "主播 {0.__class__} {"
    assert Words(language="en").said(None) == ""


def test_a_message_is_told_with_its_values_and_its_advice() -> None:
    message = Message(key="late", text=Text(zh="晚了 {n} 天", en="{n} days late"), values={"n": 2},
                      hint=Text(zh="早 {n} 天", en="{n} days earlier"))

    assert Words(language="zh").told(message) == "晚了 2 天"
    assert Words(language="en").advised(message) == "2 days earlier"


def test_words_from_outside_lose_control_characters_and_cannot_fill_the_page() -> None:
    turned = "\u202egnp.exe\u2066 \x00ok\n\tgo"

    assert clean(turned) == "gnp.exe ok go"
    assert len(clean("长" * 10_000)) == LONGEST


@pytest.mark.parametrize("column", sorted(columns.KINDS))
def test_every_canonical_column_has_a_name_in_both_languages(column: str) -> None:
    assert columns.LABELS[column].zh
    assert columns.LABELS[column].en
