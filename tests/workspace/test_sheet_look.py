from __future__ import annotations

from collections.abc import Iterator

import pytest

from caopan import Workspace
from caopan.plan.sheet_edit import Do, Edit
from caopan.units.message import CaopanError
from tests.web.console.rooms import SHEET


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("look") / "w") as opened:
        opened.keep_run_sheet("s1", SHEET)
        for seconds in (720, 660):
            opened.edit_run_sheet("s1", [Edit(do=Do.CHANGE, item_id="a",
                                              fields={"seconds": seconds})])
        yield opened


def test_times_are_told_beside_the_first_version_or_the_one_asked_for(room: Workspace) -> None:
    first, second = room.look_at_sheet("s1"), room.look_at_sheet("s1", beside=2)

    assert [one.over for one in first.lines] == [0, 60, 60, 60]
    assert [one.over for one in second.lines] == [0, -60, -60, -60]
    assert (first.beside, second.beside, room.look_at_sheet("s1", beside=99).beside) == (1, 2, 1)
    assert [one.version for one in first.versions] == [1, 2, 3]
    assert (first.back, first.over) == (2, None)


def test_a_look_as_json_says_everything_a_page_says(room: Workspace) -> None:
    told = room.look_at_sheet("s1").document("en")

    assert told["version"] == 3
    assert told["figures"]["gmv"]["range"] == {  # type: ignore[index]
        "low": "8800.00", "mid": "11000.00", "high": "14300.00", "level": 0.8, "currency": "CNY"}
    assert told["figures"]["profit"]["range"] is None  # type: ignore[index] - no units are said
    assert [one["item"] for one in told["times"]] == ["a", "b", "c", "d"]  # type: ignore[attr-defined]


def test_a_sheet_that_is_not_there_is_refused(room: Workspace) -> None:
    with pytest.raises(CaopanError) as refused:
        room.look_at_sheet("nobody")

    assert refused.value.message.key == "no_run_sheet"
