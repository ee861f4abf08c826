from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caopan.plan.item import Item, ItemType
from caopan.plan.timing import OnAir, ahead, behind, slots

NIGHT = datetime(2026, 11, 27, 15, 50, tzinfo=UTC)
"""Ten to midnight in Shanghai."""
SECONDS = st.integers(0, 7_200)
ANCHORS = st.none() | st.integers(-3_600, 36_000).map(lambda one: NIGHT + timedelta(seconds=one))


def item(at: int, seconds: int, anchor: datetime | None = None) -> Item:
    return Item(id=str(at), type=ItemType.PRODUCT, title="x", seconds=seconds, anchor=anchor)


def sheet(lengths: list[int]) -> list[Item]:
    return [item(at, seconds) for at, seconds in enumerate(lengths)]


@given(st.lists(SECONDS, min_size=1, max_size=8))
def test_a_show_over_midnight_ends_at_the_sum_of_its_items(lengths: list[int]) -> None:
    found = slots(sheet(lengths), start=NIGHT)

    assert found[-1].ends_at == NIGHT + timedelta(seconds=sum(lengths))
    assert all(one.waits == 0 and one.late == 0 for one in found)


@given(st.lists(st.tuples(SECONDS, ANCHORS), min_size=1, max_size=8))
def test_items_never_overlap_and_none_begins_before_its_anchor(
        rows: list[tuple[int, datetime | None]]) -> None:
    found = slots([item(at, *row) for at, row in enumerate(rows)], start=NIGHT)

    before = NIGHT
    for one in found:
        assert (one.starts_at - before).total_seconds() == one.waits >= 0
        assert (one.ends_at - one.starts_at).total_seconds() == one.item.seconds
        if one.item.anchor is not None:
            assert (one.starts_at - one.item.anchor).total_seconds() == one.late >= 0
            assert one.waits == 0 or one.late == 0
        before = one.ends_at


@given(SECONDS, SECONDS, SECONDS, SECONDS)
def test_a_pause_stands_outside_of_what_was_told(length: int, told: int, stood: int,
                                                 more: int) -> None:
    paused = NIGHT + timedelta(seconds=told)
    still = OnAir(item=item(0, length), began_at=NIGHT, paused_at=paused)
    again = OnAir(item=item(0, length), began_at=NIGHT, paused_seconds=float(stood))
    later = paused + timedelta(seconds=stood)

    assert still.elapsed(later) == told
    assert again.elapsed(later + timedelta(seconds=more)) == told + more
    assert still.elapsed(later) + still.left(later) == length


@given(st.lists(st.integers(1, 3_600), min_size=2, max_size=6), st.integers(0, 7_200))
def test_an_overrun_moves_everything_after_by_as_much(lengths: list[int], over: int) -> None:
    items = sheet(lengths)
    planned = slots(items, start=NIGHT)
    on_air = OnAir(item=items[0], began_at=NIGHT)
    now = NIGHT + timedelta(seconds=lengths[0] + over)

    rest = ahead(on_air, items[1:], now=now)

    assert behind(on_air, items[1:], planned=planned, now=now) == over
    assert rest[-1].ends_at == planned[-1].ends_at + timedelta(seconds=over)


@given(st.integers(0, 600), st.integers(1, 600))
def test_an_anchor_takes_up_a_delay_as_far_as_there_is_room(over: int, room: int) -> None:
    first = item(0, 600)
    anchored = item(1, 60, NIGHT + timedelta(seconds=600 + room))
    on_air = OnAir(item=first, began_at=NIGHT)

    slot, = ahead(on_air, [anchored], now=NIGHT + timedelta(seconds=600 + over))

    assert slot.late == max(over - room, 0)
    assert slot.waits == max(room - over, 0)
