from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.live.command import Command, CommandRefusedError, Kind
from caopan.live.doing import done, replayed, standing
from caopan.live.room import Room
from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import NoSuchItemError, RunSheet

NIGHT = datetime(2026, 11, 27, 15, 50, tzinfo=UTC)
SHEET = RunSheet(items=tuple(
    Item(id=one, type=ItemType.PRODUCT, title=one, seconds=600, min_seconds=300)
    for one in "abcd"))
ROOM = Room(id="1", title="夜场", streamer_id="小美", planned_start=NIGHT, sheet=SHEET, plan=SHEET)
BODIES = st.sampled_from([
    (Kind.NEXT, {}), (Kind.PREV, {}), (Kind.GOTO, {"item_id": "c"}), (Kind.PAUSE, {}),
    (Kind.RESUME, {}), (Kind.EXTEND, {"seconds": 120}), (Kind.EXTEND, {"item_id": "d",
                                                                      "seconds": 60}),
    (Kind.CUT, {"item_id": "d", "seconds": 300}), (Kind.CUT, {"item_id": "b"}),
    (Kind.RETURN, {"item_id": "a"}), (Kind.SWAP, {"item_id": "c", "with_id": "d"}),
    (Kind.ANCHOR, {"item_id": "d", "to": "2026-11-28T01:00:00+08:00"}),
    (Kind.MESSAGE, {"to": "host", "text": "快一点"})])
STEPS = st.lists(st.tuples(BODIES, st.integers(1, 900)), max_size=8)


def commands(steps: list[tuple[tuple[Kind, dict[str, object]], int]]) -> list[Command]:
    """Return the start and the commands of the steps that a room allows, in their order."""
    room = done(ROOM, start := Command(id="0", kind=Kind.START, at=NIGHT))
    kept, at = [start], NIGHT
    for number, ((kind, body), later) in enumerate(steps, start=1):
        at += timedelta(seconds=later)
        command = Command(id=str(number), kind=kind, at=at, body=body)
        try:
            room = done(room, command)
        except (CommandRefusedError, NoSuchItemError):
            continue
        kept.append(command)
    return kept


@settings(deadline=None)
@given(STEPS)
def test_what_is_undone_was_never_done(steps: list[tuple[tuple[Kind, dict[str, object]], int]]
                                       ) -> None:
    kept = commands(steps)
    undo = Command(id="undo", kind=Kind.UNDO, at=kept[-1].at, body={"command_id": kept[-1].id})

    assert replayed(ROOM, [*kept, undo]) == replayed(ROOM, kept[:-1])
    assert standing([*kept, undo]) == kept[:-1]


@settings(deadline=None)
@given(STEPS)
def test_a_room_told_at_once_is_the_room_told_step_by_step(
        steps: list[tuple[tuple[Kind, dict[str, object]], int]]) -> None:
    kept = commands(steps)
    room = ROOM
    for command in kept:
        room = done(room, command)

    assert replayed(ROOM, kept) == room
    ids = [one.id for one in room.sheet.items]
    assert len(set(ids)) == len(ids)
    assert room.current is None or room.current in ids
    assert all(one.ended_at >= one.began_at and one.paused_seconds >= 0 for one in room.told)


@given(st.integers(1, 7_200), st.integers(1, 300))
def test_extending_and_cutting_back_leaves_the_length_as_it_was(more: int, less: int) -> None:
    room = done(ROOM, Command(id="0", kind=Kind.START, at=NIGHT))
    longer = done(room, Command(id="1", kind=Kind.EXTEND, at=NIGHT, body={
        "item_id": "c", "seconds": more}))
    back = done(longer, Command(id="2", kind=Kind.CUT, at=NIGHT, body={
        "item_id": "c", "seconds": 600}))
    cut = done(room, Command(id="3", kind=Kind.CUT, at=NIGHT, body={
        "item_id": "c", "seconds": 600 - less}))

    assert longer.sheet.seconds == SHEET.seconds + more
    assert back.sheet == SHEET
    assert cut.sheet.seconds == SHEET.seconds - less
