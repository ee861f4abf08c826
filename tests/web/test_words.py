"""No word of a screen stands outside the catalogues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from caopan.web.console.navigation import MENU, SETTINGS
from caopan.web.render import FOLDER, environment
from caopan.web.words import FOLDER as WORDS
from caopan.web.words import Words

TEMPLATES = sorted(FOLDER.rglob("*.html"))
SOURCE = FOLDER.parent.parent
PLAIN = re.compile(r"[\u4e00-\u9fff]+")
MARKUP = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL)
TRANS = re.compile(r"{%-?\s*trans\b.*?endtrans\s*-?%}", re.DOTALL)
LOGO = {"操"}


def english() -> dict[str, str]:
    known: dict[str, str] = {}
    for path in sorted(WORDS.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    name = message.id if isinstance(message.id, str) else message.id[0]
                    known[name] = str(message.string)
    return known


def asked() -> dict[str, str]:
    found: dict[str, str] = {}
    methods = [("**.html", "jinja2"), ("**.py", "python")]
    for name, _, message, _, _ in extract_from_dir(
            SOURCE, methods, keywords={"_": None, "gettext": None, "ngettext": (1, 2),
                                       "word": None}):
        found[message if isinstance(message, str) else message[0]] = name
    for entry in (*MENU, SETTINGS):
        found[entry.word] = "navigation.py"
    return found


def test_every_word_has_its_english() -> None:
    known = english()

    assert {word: where for word, where in asked().items() if not known.get(word)} == {}


def test_no_catalogue_holds_a_word_nobody_says() -> None:
    assert set(english()) - set(asked()) == set()


def test_placeholders_are_the_same_in_both_languages() -> None:
    pattern = re.compile(r"%\(\w+\)[sd]|{\w+}")

    unlike = {word: translated for word, translated in english().items()
              if set(pattern.findall(word)) != set(pattern.findall(translated))}

    assert unlike == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_template_speaks_by_itself(path: Path) -> None:
    text = MARKUP.sub("", TRANS.sub("", path.read_text(encoding="utf-8")))

    assert set(PLAIN.findall(text)) <= LOGO


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_template_needs_an_exception_from_the_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\b(src|application/json))", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_template_can_be_read(path: Path) -> None:
    templates = environment(Words.load(), "zh")

    assert templates.get_template(str(path.relative_to(FOLDER))).name


def test_every_icon_that_is_asked_for_is_there() -> None:
    sprite = (FOLDER.parent / "static" / "vendor" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    asked_for = {entry.icon for entry in (*MENU, SETTINGS)}
    for path in TEMPLATES:
        asked_for |= set(re.findall(r"icon\('([a-z0-9-]+)'", path.read_text(encoding="utf-8")))

    assert asked_for - known == set()
