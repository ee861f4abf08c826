from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.workspace.freshness import Age, freshness, of

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)


def test_each_source_says_its_latest_moment(workspace: Workspace, sessions: Path,
                                            tmp_path: Path) -> None:
    goods = tmp_path / "products.csv"
    goods.write_text("product_id,stock_on_hand\np1,5\n", encoding="utf-8")
    workspace.import_files([sessions, goods])

    found = {each.source: each for each in freshness(workspace.store, now=NOW)}

    assert found["sessions"].moment == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert (found["sessions"].days, found["sessions"].age) == (8, Age.OLD)
    assert found["orders"].age is Age.NONE
    assert found["stock"].moment == workspace.batches()[0].made_at


def test_an_empty_workspace_is_told_as_such(workspace: Workspace) -> None:
    assert {each.age for each in workspace.imports.freshness()} == {Age.NONE}


@pytest.mark.parametrize(("days", "age"), [(0, Age.NEW), (2, Age.NEW), (3, Age.LATE),
                                           (7, Age.LATE), (8, Age.OLD)])
def test_a_source_ages_by_business_days(days: int, age: Age) -> None:
    assert of("orders", NOW - timedelta(days=days), now=NOW).age is age
