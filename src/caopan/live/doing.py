"""A command done to a room: the next room, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from caopan.live.command import UNDOABLE, Command, CommandRefusedError, Kind, needs
from caopan.live.role import Role
from caopan.live.room import STATUS_WORDS, Incident, Notice, Room, Status
from caopan.units.message import Message, Text

MOST_EXTRA = 7_200
UNDO_SECONDS = 30.0
"""So long after it a command may be taken back: later the room has gone on."""


def replayed(room: Room, commands: Iterable[Command]) -> Room:
    """Return the room after its log: what was undone is left out, with its undoing.

    >>> from datetime import UTC
    >>> from caopan.plan.item import Item, ItemType
    >>> from caopan.plan.run_sheet import RunSheet
    >>> at = datetime(2026, 11, 27, 12, tzinfo=UTC)
    >>> sheet = RunSheet(items=(Item(id="a", type=ItemType.OPEN, title="开场", seconds=60),))
    >>> room = Room(id="1", title="夜场", streamer_id="小美", planned_start=at, sheet=sheet,
    ...             plan=sheet)
    >>> replayed(room, [Command(id="1", kind=Kind.START, at=at)]).current
    'a'
    """
    for command in standing(commands):
        room = done(room, command)
    return room


def standing(commands: Iterable[Command]) -> list[Command]:
    """Return the commands that were not taken back, in their order."""
    kept: list[Command] = []
    for command in commands:
        if command.kind is not Kind.UNDO:
            kept.append(command)
            continue
        back = command.text("command_id")
        kept = [one for one in kept if one.id != back]
    return kept


def undoing(commands: Iterable[Command], *, at: datetime, speed: float = 1.0) -> Command:
    """Return the command that an undo at an instant takes back: the last that can be.

    The time to undo is a person's: ``speed`` seconds of the room pass in one of it.

    Raises:
        CommandRefusedError: there is none, or it is too long ago.
    """
    last = next((one for one in reversed(standing(commands)) if one.kind in UNDOABLE), None)
    if last is None or (at - last.at).total_seconds() > UNDO_SECONDS * speed:
        raise CommandRefusedError(Message(
            key="nothing_to_undo", values={"seconds": round(UNDO_SECONDS)},
            text=Text(zh="没有可撤销的操作（只撤销 {seconds} 秒内的）",
                      en="nothing can be undone (only what is less than {seconds} s old)"),
            hint=Text(zh="直接改回来", en="change it back by hand")))
    return last


def done(room: Room, command: Command) -> Room:
    """Return the room after a command.

    Raises:
        CommandRefusedError: the room as it is does not allow it.
        NoSuchItemError: it names an item that the run sheet has not.
    """
    return _DOING[command.kind](room, command)


def _on(room: Room, command: Command) -> Room:
    """Return the room where it is on air, else refuse."""
    if room.status not in {Status.LIVE, Status.PAUSED}:
        raise CommandRefusedError(_not_now(room, command))
    return room


def _not_now(room: Room, command: Command) -> Message:
    word = STATUS_WORDS[room.status]
    return Message(
        key="not_now", values={"kind": command.kind.value, "status": room.status.value},
        text=Text(zh=f"直播间{word.zh}，现在不能做 {{kind}}",
                  en=f"the room is {word.en}: {{kind}} cannot be done now"),
        hint=Text(zh="看看直播间现在的状态", en="look at how the room stands now"))


def _begin(room: Room, item_id: str | None, at: datetime) -> Room:
    room = room.ended(at)
    if item_id is None:
        return room
    room.sheet.at(item_id)
    paused_at = at if room.status is Status.PAUSED else None
    return replace(room, current=item_id, began_at=at, paused_at=paused_at)


def _start(room: Room, command: Command) -> Room:
    if room.status is not Status.PLANNED:
        raise CommandRefusedError(_not_now(room, command))
    room = replace(room, status=Status.LIVE, started_at=command.at, plan=room.sheet)
    return _begin(room, room.sheet.items[0].id if room.sheet.items else None, command.at)


def _pause(room: Room, command: Command) -> Room:
    if room.status is not Status.LIVE:
        raise CommandRefusedError(_not_now(room, command))
    paused_at = None if room.current is None else command.at
    return replace(room, status=Status.PAUSED, paused_at=paused_at)


def _resume(room: Room, command: Command) -> Room:
    if room.status is not Status.PAUSED:
        raise CommandRefusedError(_not_now(room, command))
    stood = 0.0 if room.paused_at is None else (command.at - room.paused_at).total_seconds()
    return replace(room, status=Status.LIVE, paused_at=None,
                   paused_seconds=room.paused_seconds + max(stood, 0.0))


def _close(room: Room, command: Command) -> Room:
    _on(room, command)
    return replace(room.ended(command.at), status=Status.CLOSED, closed_at=command.at)


def _next(room: Room, command: Command) -> Room:
    rest = _on(room, command).rest
    return _begin(room, rest[0].id if rest else None, command.at)


def _prev(room: Room, command: Command) -> Room:
    _on(room, command)
    at = len(room.sheet.items) if room.current is None else room.sheet.at(room.current)
    if not at:
        raise CommandRefusedError(Message(
            key="first_item", text=Text(zh="已经是第一项", en="this is the first item")))
    return _begin(room, room.sheet.items[at - 1].id, command.at)


def _goto(room: Room, command: Command) -> Room:
    _on(room, command)
    return _begin(room, command.needed("item_id"), command.at)


def _extend(room: Room, command: Command) -> Room:
    more = command.whole("seconds", least=1, most=MOST_EXTRA)
    item_id = _meant(room, command)
    return replace(room, sheet=room.sheet.changed(
        item_id, lambda one: replace(one, seconds=one.seconds + more)))


def _cut(room: Room, command: Command) -> Room:
    """Shorten an item to ``seconds``, or take it out where none are said."""
    item_id = _meant(room, command)
    item = room.sheet.item(item_id)
    if command.body.get("seconds") is not None:
        seconds = command.whole("seconds", least=item.least, most=item.seconds)
        return replace(room, sheet=room.sheet.changed(
            item_id, lambda one: replace(one, seconds=seconds)))
    if item_id == room.current or any(one.item_id == item_id for one in room.told):
        raise CommandRefusedError(Message(
            key="already_told", values={"item": item.title},
            text=Text(zh="“{item}”已经播过，删不掉",
                      en="“{item}” was on air: it cannot be taken out"),
            hint=Text(zh="正在播的用“缩短”或“下一项”",
                      en="shorten what is on air, or go to the next item")))
    return replace(room, sheet=room.sheet.without(item_id))


def _swap(room: Room, command: Command) -> Room:
    """Put another item in an item's place: the one named, else its fallback."""
    item_id = _meant(room, command)
    item = room.sheet.item(item_id)
    other = command.text("with_id") or item.fallback_id
    if other is None:
        raise CommandRefusedError(needs(
            "with_id", None, "the id of the item to put in its place (it has no fallback)",
            "要换上的那一项的编号（它没有备选）"))
    if item_id == room.current:
        return _begin(room, other, command.at)
    first, second = sorted((room.sheet.at(item_id), room.sheet.at(other)))
    items = list(room.sheet.items)
    items[first], items[second] = items[second], items[first]
    return replace(room, sheet=replace(room.sheet, items=tuple(items)))


def _return(room: Room, command: Command) -> Room:
    """Bring an item back (返场) after the one on air, as an item of its own."""
    item = room.sheet.item(command.needed("item_id"))
    seconds = (command.whole("seconds", least=1, most=MOST_EXTRA)
               if command.body.get("seconds") is not None else item.seconds)
    taken = {one.id for one in room.sheet.items}
    number = next(n for n in range(2, len(taken) + 3) if f"{item.id}~{n}" not in taken)
    again = replace(item, id=f"{item.id}~{number}", seconds=seconds, anchor=None, optional=True,
                    min_seconds=None if item.min_seconds is None
                    else min(item.min_seconds, seconds))
    after = -1 if room.current is None else room.sheet.at(room.current)
    return replace(room, sheet=room.sheet.inserted(again, after=after))


def _anchor(room: Room, command: Command) -> Room:
    anchor = None if command.body.get("to") is None else command.instant("to")
    return replace(room, sheet=room.sheet.changed(
        command.needed("item_id"), lambda one: replace(one, anchor=anchor)))


def _meant(room: Room, command: Command) -> str:
    """Return the item a command is about: the one named, else the one on air."""
    if room.status is Status.CLOSED:
        raise CommandRefusedError(_not_now(room, command))
    return command.text("item_id") or room.current or command.needed("item_id")


def _message(room: Room, command: Command) -> Room:
    notice = Notice(id=command.id, to=_role(command, "to"), text=command.needed("text")[:200],
                    at=command.at, who=command.who)
    return replace(room, notices=(*room.notices, notice))


def _ack(room: Room, command: Command) -> Room:
    answered = command.needed("message_id")
    if all(one.id != answered for one in room.notices):
        raise CommandRefusedError(needs("message_id", answered, "a message of this room",
                                        "本直播间的一条消息"))
    return replace(room, notices=tuple(
        replace(one, received_at=one.received_at or command.at) if one.id == answered else one
        for one in room.notices))


def _role(command: Command, name: str) -> Role:
    value = command.needed(name)
    if value not in set(Role):
        raise CommandRefusedError(needs(name, value, f"one of {', '.join(Role)}",
                                        f"{'、'.join(Role)} 之一"))
    return Role(value)


def _tick(room: Room, command: Command) -> Room:
    """Tick a step of an item's list at the desk, or take the tick back (``off``)."""
    item_id, step = _meant(room, command), command.needed("step")
    room.sheet.at(item_id)
    before = room.ticked.get(item_id, frozenset())
    steps = before - {step} if command.body.get("off") is True else before | {step}
    return replace(room, ticked={**room.ticked, item_id: steps})


def _contingency(room: Room, command: Command) -> Room:
    """Arm a card, fire it, tick a step of it, or say that all is well again."""
    card, step = command.needed("card"), command.needed("step")
    running = next((one for one in room.incidents
                    if one.card == card and one.recovered_at is None), None)
    if step == "arm":
        kept = tuple(one for one in room.incidents if one is not running or one.fired_at)
        if running and running.fired_at:
            return room
        return replace(room, incidents=(*kept, Incident(card=card, armed_at=command.at)))
    if running is None or (step != "fire" and running.fired_at is None):
        raise CommandRefusedError(_unarmed(card))
    if step == "fire":
        if lapsed(running, command.at, speed=room.speed):
            raise CommandRefusedError(_unarmed(card))
        changed = replace(running, fired_at=running.fired_at or command.at)
    elif step == "recover":
        changed = replace(running, recovered_at=command.at)
    elif step == "check":
        number = command.whole("number", least=0, most=99)
        changed = replace(running, done=running.done ^ {number})
    else:
        raise CommandRefusedError(needs("step", step, "arm, fire, check or recover",
                                        "arm、fire、check、recover 之一"))
    return replace(room, incidents=tuple(changed if one is running else one
                                         for one in room.incidents))


ARMED_SECONDS = 20.0


def lapsed(incident: Incident, now: datetime, *, speed: float = 1.0) -> bool:
    """Return whether an armed card has lapsed unfired; the time to fire it is a person's."""
    return (incident.fired_at is None
            and now - incident.armed_at > timedelta(seconds=ARMED_SECONDS * speed))


def _unarmed(card: str) -> Message:
    return Message(key="unarmed", values={"card": card},
                   text=Text(zh="预案 {card} 还没有按第一步",
                             en="the card {card} was not armed by its first step"),
                   hint=Text(zh="先按一次预案按钮，再确认",
                             en="press the card once, then confirm"))


_DOING: dict[Kind, Callable[[Room, Command], Room]] = {
    Kind.START: _start, Kind.PAUSE: _pause, Kind.RESUME: _resume, Kind.CLOSE: _close,
    Kind.NEXT: _next, Kind.PREV: _prev, Kind.GOTO: _goto, Kind.EXTEND: _extend, Kind.CUT: _cut,
    Kind.SWAP: _swap, Kind.RETURN: _return, Kind.ANCHOR: _anchor, Kind.MESSAGE: _message,
    Kind.ACK: _ack, Kind.TICK: _tick, Kind.CONTINGENCY: _contingency,
}

