"""What pages would wait for is worked out before they come, once a revision."""

from __future__ import annotations

from pathlib import Path

from caopan import Workspace
from caopan.web.ahead import Ahead
from caopan.workspace.grain import Grain


def test_what_pages_share_is_there_when_the_work_is_over(toy_folder: Path) -> None:
    with Workspace.open(toy_folder) as workspace:
        thread = Ahead(workspace).begin(workspace.revision())
        assert thread is not None
        thread.join()
        questions = {question[0] for question in workspace.kept.questions()}

    assert {"everyone", "whole", "profile", "following", "maturity", "show"} <= questions


def test_a_revision_is_worked_ahead_once_and_the_next_one_anew(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "room") as workspace:
        ahead = Ahead(workspace)
        before = ahead.begin(0)
        again = ahead.begin(0)
        after = ahead.begin(1)
        for thread in (before, after):
            assert thread is not None
            thread.join()

    assert again is None


def test_a_house_that_began_nothing_follows_nothing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "room") as workspace:
        Ahead(workspace).follow(3)

        assert workspace.rooms.everyone(Grain.STREAMER).rows.num_rows == 0
        assert workspace.kept.questions() == (("everyone", Grain.STREAMER),)
