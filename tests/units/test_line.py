from __future__ import annotations

import pytest

from caopan.units.line import LONGEST_NAME, cut, harmless


@pytest.mark.parametrize(("text", "most", "told"), [
    ("", 4, ""), ("abcd", 4, "abcd"), ("abcde", 4, "abc…"), ("直播间一二三", 3, "直播…")])
def test_a_text_is_cut_only_where_it_is_too_long(text: str, most: int, told: str) -> None:
    assert cut(text, most=most) == told


def test_a_name_is_as_long_everywhere() -> None:
    assert len(cut("长" * 500)) == LONGEST_NAME


def test_what_steers_a_terminal_or_turns_text_is_left_out() -> None:
    hostile = "a" + chr(27) + "[2J" + chr(0x202E) + "b" + chr(0x200B) + "\n\tc"

    assert harmless(hostile) == "a[2Jbc"
    assert harmless(hostile, kept="\t\n") == "a[2Jb\n\tc"
