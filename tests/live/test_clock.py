from __future__ import annotations

from datetime import UTC, datetime, timedelta

from caopan.live.clock import RoomClock, standing
from caopan.live.doing import ARMED_SECONDS, lapsed
from caopan.live.room import Incident

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_room_time_passes_at_its_speed_and_never_beyond_what_was_replayed() -> None:
    clock = RoomClock(wall=NOON, room=NOON + timedelta(hours=3), speed=60,
                      until=NOON + timedelta(hours=3, seconds=5))

    assert clock.at(NOON + timedelta(seconds=0.05)) == NOON + timedelta(hours=3, seconds=3)
    assert clock.at(NOON + timedelta(hours=1)) == NOON + timedelta(hours=3, seconds=5)
    assert clock.at(NOON - timedelta(hours=1)) == NOON + timedelta(hours=3)


def test_a_clock_that_stands_says_the_same_whenever_it_is_asked() -> None:
    clock = standing(NOON, speed=60)

    assert clock.stopped()
    assert clock.at(NOON + timedelta(days=1)) == NOON


def test_the_time_to_confirm_a_card_is_a_person_s_whatever_the_speed() -> None:
    armed = Incident(card="stream_lost", armed_at=NOON)
    later = NOON + timedelta(seconds=ARMED_SECONDS * 30)

    assert lapsed(armed, later)
    assert not lapsed(armed, later, speed=60)
