"""Commands (指令): what a crew does to a room, each logged with who, when and on what it knew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from caopan.units.message import CaopanError, Message, Text


class Kind(StrEnum):
    """What a command does."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    NEXT = "next"
    PREV = "prev"
    GOTO = "goto"
    EXTEND = "extend"
    CUT = "cut"
    SWAP = "swap"
    RETURN = "return"
    ANCHOR = "anchor"
    MESSAGE = "message"
    ACK = "ack"
    TICK = "tick"
    CONTINGENCY = "contingency"
    UNDO = "undo"


KIND_WORDS: dict[Kind, Text] = {
    Kind.START: Text(zh="开播", en="went on air"),
    Kind.PAUSE: Text(zh="暂停", en="paused"),
    Kind.RESUME: Text(zh="继续", en="went on"),
    Kind.CLOSE: Text(zh="下播", en="closed"),
    Kind.NEXT: Text(zh="下一项", en="next"),
    Kind.PREV: Text(zh="上一项", en="back"),
    Kind.GOTO: Text(zh="跳到", en="went to"),
    Kind.EXTEND: Text(zh="加时", en="extended"),
    Kind.CUT: Text(zh="缩短", en="cut"),
    Kind.SWAP: Text(zh="换品", en="swapped"),
    Kind.RETURN: Text(zh="返场", en="brought back"),
    Kind.ANCHOR: Text(zh="改整点", en="moved a promise"),
    Kind.MESSAGE: Text(zh="发消息", en="message"),
    Kind.ACK: Text(zh="收到", en="received"),
    Kind.TICK: Text(zh="打勾", en="ticked"),
    Kind.CONTINGENCY: Text(zh="预案", en="contingency"),
    Kind.UNDO: Text(zh="撤销", en="undone"),
}
UNDOABLE = frozenset({Kind.NEXT, Kind.PREV, Kind.GOTO, Kind.EXTEND, Kind.CUT, Kind.SWAP,
                      Kind.RETURN, Kind.ANCHOR, Kind.TICK})
"""What can be taken back: a message that was read, a show that began, cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command as it was given.

    ``at``: when the server took it, aware. ``rev``: the room's revision it was decided on; None
    where it was not said. ``body``: the fields of its kind. ``before``: the commands that had
    been taken up to ``rev``, by which is told whether it still applies.
    """

    id: str
    kind: Kind
    at: datetime
    who: str = ""
    rev: int | None = None
    body: Mapping[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return a field that holds a text; None where it is not said.

        >>> from datetime import UTC
        >>> Command(id="1", kind=Kind.GOTO, at=datetime(2026, 1, 1, tzinfo=UTC),
        ...         body={"item_id": "a"}).text("item_id")
        'a'
        """
        value = self.body.get(name)
        return value if isinstance(value, str) and value else None

    def needed(self, name: str) -> str:
        """Return a field that must hold a text.

        Raises:
            CommandRefusedError: it does not.
        """
        value = self.text(name)
        if value is None:
            raise CommandRefusedError(needs(name, self.body.get(name), "a text", "文字"))
        return value

    def whole(self, name: str, *, least: int, most: int) -> int:
        """Return a field that must hold a whole number.

        Raises:
            CommandRefusedError: it does not, or one out of bounds.
        """
        value = self.body.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise CommandRefusedError(needs(name, value, f"a whole number from {least} to {most}",
                                            f"{least} 到 {most} 的整数"))
        return value

    def instant(self, name: str) -> datetime:
        """Return a field that must hold an instant with its offset.

        Raises:
            CommandRefusedError: it does not.
        """
        try:
            found = datetime.fromisoformat(str(self.body.get(name)))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise CommandRefusedError(needs(name, self.body.get(name), "a time with its offset",
                                            "带时区的时间"))
        return found


class CommandRefusedError(CaopanError):
    """Raised for a command that cannot be done to a room as it is."""


def needs(name: str, value: object, en: str, zh: str) -> Message:
    """Return what is said of a field that holds something else."""
    return Message(key="bad_command", values={"name": name, "value": str(value)[:80]},
                   text=Text(zh=f"指令的 {{name}} 是“{{value}}”，应是{zh}",
                             en=f"{{name}} of the command is “{{value}}”, it should be {en}"))
