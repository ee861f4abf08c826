"""Whether a command still applies (冲突): two operators may press at the same moment."""

from __future__ import annotations

from collections.abc import Sequence

from caopan.live.command import KIND_WORDS, Command, CommandRefusedError, Kind
from caopan.live.room import Room
from caopan.units.message import Message, Text

_MOVES = frozenset({Kind.NEXT, Kind.PREV, Kind.GOTO, Kind.START, Kind.CLOSE})
_STATES = frozenset({Kind.START, Kind.PAUSE, Kind.RESUME, Kind.CLOSE})
_EDITS = frozenset({Kind.EXTEND, Kind.CUT, Kind.SWAP, Kind.ANCHOR})


def check_applies(command: Command, *, since: Sequence[Command], room: Room) -> None:
    """Pass where nothing that was done since the command was decided changes what it means.

    Args:
        command: the command.
        since: what was done after the revision it was decided on, undoings among it.
        room: the room as it is now.

    Raises:
        CommandRefusedError: something was; it is named, with who did it.
    """
    other = next((one for one in since if _clash(command, one)), None)
    if other is None:
        return
    word = KIND_WORDS[other.kind]
    now_on = room.on_air.item.title if room.on_air else "—"
    raise CommandRefusedError(Message(
        key="outdated", values={"who": other.who or "—", "kind": other.kind.value, "now": now_on,
                                "command_id": other.id},
        text=Text(zh=f"你看到之后，{{who}} 已经做了“{word.zh}”；现在在播：{{now}}",
                  en=f"since you looked, {{who}} did “{word.en}”; on air now: {{now}}"),
        hint=Text(zh="看一眼现在的状态，还要做就再按一次",
                  en="look at how it stands, and press again if it is still wanted")))


def _clash(one: Command, other: Command) -> bool:
    if other.kind is Kind.UNDO:
        return one.kind in _MOVES | _EDITS | {Kind.UNDO}
    if one.kind in _MOVES:
        return other.kind in _MOVES or (other.kind is Kind.SWAP)
    if one.kind in _STATES:
        return other.kind in _STATES
    if one.kind in _EDITS:
        return (other.kind in _EDITS and _same(one, other)) or (
            one.text("item_id") is None and other.kind in _MOVES)
    if one.kind is Kind.CONTINGENCY:
        return other.kind is Kind.CONTINGENCY and (one.text("card"), one.text("step")) == (
            other.text("card"), other.text("step"))
    return False


def _same(one: Command, other: Command) -> bool:
    return bool({one.text("item_id"), one.text("with_id")} - {None}
                & {other.text("item_id"), other.text("with_id")}) or (
        one.text("item_id") is None and other.text("item_id") is None)
