"""Two operators at once: what still applies, what is refused, who is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from caopan.live.command import Command, CommandRefusedError, Kind
from caopan.live.doing import done
from caopan.live.outdated import check_applies
from caopan.live.room import Room
from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import RunSheet

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
SHEET = RunSheet(items=tuple(Item(id=name, type=ItemType.PRODUCT, title=name, seconds=600)
                             for name in "abc"))
ROOM = done(Room(id="r", title="夜场", streamer_id="小美", planned_start=AT, sheet=SHEET),
            Command(id="0", kind=Kind.START, at=AT))


def command(kind: Kind, who: str = "阿杰", **body: object) -> Command:
    return Command(id=f"{kind}-{who}", kind=kind, at=AT, who=who, rev=1, body=body)


@pytest.mark.parametrize(("mine", "theirs"), [
    (command(Kind.NEXT), command(Kind.NEXT, "小林")),
    (command(Kind.GOTO, item_id="c"), command(Kind.NEXT, "小林")),
    (command(Kind.EXTEND, item_id="b", seconds=60), command(Kind.CUT, "小林", item_id="b")),
    (command(Kind.EXTEND, seconds=60), command(Kind.NEXT, "小林")),
    (command(Kind.SWAP, item_id="a", with_id="b"), command(Kind.CUT, "小林", item_id="b")),
    (command(Kind.PAUSE), command(Kind.PAUSE, "小林")),
    (command(Kind.UNDO), command(Kind.UNDO, "小林")),
    (command(Kind.CONTINGENCY, card="x", step="fire"),
     command(Kind.CONTINGENCY, "小林", card="x", step="fire"))])
def test_what_means_something_else_now_is_refused_and_who_did_it_is_named(
        mine: Command, theirs: Command) -> None:
    with pytest.raises(CommandRefusedError) as refused:
        check_applies(mine, since=[theirs], room=ROOM)

    assert refused.value.message.key == "outdated"
    assert "小林" in refused.value.message.say("zh")


@pytest.mark.parametrize(("mine", "theirs"), [
    (command(Kind.MESSAGE, to="host", text="x"), command(Kind.NEXT, "小林")),
    (command(Kind.EXTEND, item_id="b", seconds=60), command(Kind.NEXT, "小林")),
    (command(Kind.EXTEND, item_id="b", seconds=60), command(Kind.CUT, "小林", item_id="c")),
    (command(Kind.NEXT), command(Kind.EXTEND, "小林", item_id="c", seconds=60)),
    (command(Kind.TICK, step="改价"), command(Kind.TICK, "小林", step="改价")),
    (command(Kind.CONTINGENCY, card="x", step="fire"),
     command(Kind.CONTINGENCY, "小林", card="y", step="fire"))])
def test_what_others_did_elsewhere_does_not_hinder(mine: Command, theirs: Command) -> None:
    assert check_applies(mine, since=[theirs], room=ROOM) is None
