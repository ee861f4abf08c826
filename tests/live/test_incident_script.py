from __future__ import annotations

import pytest

from caopan.live.incident_script import SECONDS, BadIncidentError, Injected, Mishap, injected
from caopan.playbook.cards import cards


def test_incidents_are_read_in_the_order_of_their_time_with_a_usual_length() -> None:
    found = injected([{"kind": "sell_out", "minute": 9, "seconds": 30},
                      {"kind": "stream_lost", "minute": 2}])

    assert found == (Injected(kind=Mishap.STREAM_LOST, minute=2, seconds=60),
                     Injected(kind=Mishap.SELL_OUT, minute=9, seconds=30))


@pytest.mark.parametrize("asked", [
    {"kind": "fire", "minute": 1}, {"kind": "sell_out"}, {"kind": "sell_out", "minute": "x"},
    {"kind": "sell_out", "minute": -1}, {"kind": "sell_out", "minute": True}, "sell_out",
    {"kind": "sell_out", "minute": 1, "second": 5}])
def test_what_cannot_be_made_to_happen_is_refused(asked: object) -> None:
    with pytest.raises(BadIncidentError):
        injected([asked])


def test_every_incident_has_its_card_and_a_length() -> None:
    assert set(Mishap) == set(SECONDS)
    assert {one.value for one in Mishap} <= {card.id for card in cards().active}
