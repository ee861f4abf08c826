"""Every message exists in both languages, with the same placeholders."""

from __future__ import annotations

import string

import pytest

from caopan.ingest.complaint import complaint
from caopan.ingest.fault import Fault
from caopan.ingest.messages import TEXTS
from caopan.units.message import Text


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sentences() -> list[Text]:
    every = [text for pair in TEXTS.values() for text in pair if text]
    for fault in Fault:
        if fault is not Fault.NONE:
            message = complaint(fault, value="v")
            every += [message.text, message.hint]
    return every


@pytest.mark.parametrize("text", sentences(), ids=lambda text: text.en[:40])
def test_both_languages_say_something_with_the_same_values(text: Text) -> None:
    named = {name for name in placeholders(text.zh) if not name.endswith(("_zh", "_en"))}

    assert named == {name for name in placeholders(text.en) if not name.endswith(("_zh", "_en"))}
    assert any("\u4e00" <= mark <= "\u9fff" for mark in text.zh)
    assert text.en.isascii() or "“" in text.en
    assert not text.en.endswith(".")
    assert not text.zh.endswith("。")


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_every_fault_has_words_and_advice(fault: Fault) -> None:
    message = complaint(fault, value="12.345", expected="CNY")

    assert message.key == fault.name.lower()
    assert message.say("zh")
    assert message.advise("en")


def test_a_value_with_braces_is_no_placeholder() -> None:
    message = complaint(Fault.UNREADABLE_NUMBER, value="{x}")

    assert "{x}" in message.say("en")
