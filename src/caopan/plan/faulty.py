"""A document of people with faults (写错的文件): every one is named by its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from caopan.units.message import CaopanError, Message, Text

LONGEST = 80
"""Letters of a wrong value that are repeated."""


class FaultyDocumentError(CaopanError):
    """Raised for a document with faults; every one is in ``problems``."""

    key: ClassVar[str]
    what: ClassVar[Text]

    def __init__(self, problems: Sequence[Message]) -> None:
        """Name the first fault and how many there are."""
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(Message(
            key=self.key, values={**first.values, "n": len(self.problems)},
            text=Text(zh=f"{self.what.zh}有 {{n}} 处不对：{first.text.zh}",
                      en=f"{{n}} faults in the {self.what.en}: {first.text.en}"),
            hint=Text(zh="改好再交；什么都没有存",
                      en="mend it and hand it in again; nothing was stored")))


def field_fault(key: str, where: str, value: object, *, en: str, zh: str) -> Message:
    """Return what is wrong with a field: where, what stands there, what should.

    >>> field_fault("bad_entry", "level", "X", en="one of S, A, B", zh="S、A、B 之一").say("en")
    'level is “X”, it should be one of S, A, B'
    """
    return Message(key=key, values={"where": where, "value": str(value)[:LONGEST]},
                   text=Text(zh=f"{{where}} 是“{{value}}”，应是{zh}",
                             en=f"{{where}} is “{{value}}”, it should be {en}"))
