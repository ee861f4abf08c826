"""Words from outside: not too long, and nothing that steers a terminal or turns text."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 60
"""Characters of a name in a line, a cell or an answer."""
_HIDDEN = frozenset({"Cc", "Cf"})
"""Characters that steer a terminal, turn the direction of text or hide it."""


def cut(text: str, *, most: int = LONGEST_NAME) -> str:
    """Return a text of at most so many characters, an ellipsis where some are left out.

    >>> cut("abcdef", most=4), len(cut("长" * 3000))
    ('abc…', 60)
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def harmless(text: str, *, kept: str = "") -> str:
    r"""Return a text without characters that steer, turn or hide it, except the kept ones.

    >>> harmless("林晚" + chr(27) + "[2J\t1", kept="\t")
    '林晚[2J\t1'
    """
    return "".join(letter for letter in text
                   if letter in kept or unicodedata.category(letter) not in _HIDDEN)
