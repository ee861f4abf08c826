"""A command on its way into a room: checked, done, logged, answered when it is durable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caopan.live.command import Command, CommandRefusedError, Kind
from caopan.live.doing import done, replayed, undoing
from caopan.live.outdated import check_applies
from caopan.live.room import Room
from caopan.store.live_book import KeptCommand, LiveBook
from caopan.store.live_writer import Work
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.live.held import Held


class Commanding:
    """One command; the same id again is answered as the first time and done once.

    Args:
        held: the room.
        command: what was given.
        reload: reads the room anew from what is kept, after a fault.
        told: hears that the room has changed.
    """

    def __init__(self, held: Held, command: Command, *, reload: Callable[[], None],
                 told: Callable[[], None]) -> None:
        """Keep what is needed until the writer comes."""
        self._held, self._command, self._reload, self._told = held, command, reload, told
        self._rev: int | None = None

    def work(self) -> Work:
        """Return it as the writer takes it."""
        return Work(write=self.write, settle=self.settle, spoil=self._reload)

    def write(self, book: LiveBook) -> None:
        """Do the command and log it.

        Raises:
            CaopanError: it cannot be done, or no longer applies; nothing was written.
        """
        held = self._held
        self._rev = held.known(self._command.id)
        if self._rev is not None:
            return
        command, room = after(held, self._command)
        rev = self._rev = held.rev + 1
        book.log(held.number, KeptCommand(seq=len(held.log) + 1, id=command.id, at=command.at,
                                          rev=rev, body=_kept(command)))
        book.change_room(held.number, rev=rev)
        held.log.append((rev, command))
        held.room, held.rev = room, rev

    def settle(self) -> int:
        """Tell who listens, and return the revision after the command."""
        self._told()
        return self._rev or self._held.rev


def after(held: Held, command: Command) -> tuple[Command, Room]:
    """Return the command as it is logged, and the room after it.

    Raises:
        CaopanError: it cannot be done, or no longer applies.
    """
    if command.rev is not None:
        check_applies(command, since=held.after(command.rev), room=held.room)
    if command.kind is not Kind.UNDO:
        return command, done(held.room, command)
    back = undoing(held.commands, at=command.at, speed=held.room.speed)
    named = command.text("command_id")
    if named is not None and named != back.id:
        raise CommandRefusedError(_not_last(named))
    command = Command(id=command.id, kind=command.kind, at=command.at, who=command.who,
                      rev=command.rev, body={**command.body, "command_id": back.id})
    try:
        return command, replayed(held.first, [*held.commands, command])
    except CaopanError as rests:
        raise CommandRefusedError(Message(
            key="rests_on_it", values={"why": str(rests)},
            text=Text(zh="撤不了：后面的操作靠着它（{why}）",
                      en="it cannot be undone: what was done later rests on it ({why})"),
            hint=Text(zh="先撤后面的", en="undo what came later first"))) from None


def _not_last(command_id: str) -> Message:
    return Message(key="not_last", values={"command_id": command_id},
                   text=Text(zh="要撤的操作（{command_id}）不是最近一步",
                             en="the command to undo ({command_id}) is not the last one"),
                   hint=Text(zh="从最近的一步往回撤", en="undo from the last one backwards"))


def _kept(command: Command) -> dict[str, Any]:
    return {**command.body, "kind": command.kind.value, "who": command.who, "rev": command.rev}
