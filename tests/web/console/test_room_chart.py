"""The pacing chart of a room: the band from the present to the close, and a clock that stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caopan import Workspace
from caopan.units.clock import now
from caopan.web.console.room_chart import pacing
from caopan.web.console.room_stage import stage
from caopan.web.house import House
from tests.web.conftest import owner, patient
from tests.web.console.rooms import evening


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with Workspace.open(tmp_path_factory.mktemp("chart") / "room") as workspace:
        made = patient(workspace)
        yield made
        made.desk.close()


def test_the_band_opens_at_what_came_and_ends_at_the_forecast(house: House) -> None:
    room = evening(house)
    house.desk.close()  # as at the end of the process: its clock stands where its events ended
    found = stage(house.desk, room, now=now(), language="zh")
    points = [one for one in pacing(found, language="zh").points if one.forecast]
    first, last = points[0].forecast, points[-1].forecast

    assert found.forecast is not None
    assert first is not None
    assert last == found.forecast
    assert points[0].actual == found.counts["gmv"]
    assert (first.low, first.mid, first.high) == (points[0].actual,) * 3
    lows, highs = zip(*((one.forecast.low, one.forecast.high) for one in points if one.forecast),
                      strict=True)
    assert all(low <= high for low, high in zip(lows, highs, strict=True))
    assert list(highs) == sorted(highs)
    assert min(lows) >= found.counts["gmv"]


def test_the_clock_of_a_room_that_was_cut_off_stands_still_on_its_page(house: House) -> None:
    room = evening(house)
    house.desk.close()

    assert 'data-speed="0.0"' in owner(house).get(f"/rooms/{room}").text
