from __future__ import annotations

import io

import pytest

from caopan import Workspace
from caopan.ingest.found import Found
from caopan.workspace.column_map import (
    ColumnState,
    LackingError,
    UnansweredError,
    column_map,
    lacking,
    save,
)

TABLE = ("场观,开播时间,成交额,直播时长（分钟）,心情\n15318,2026-11-01 19:28,2.7,180,好\n").encode()


def shown(body: bytes = TABLE) -> Found:
    return Found(name="own.csv", size=len(body), open=lambda: io.BytesIO(body))


def test_each_column_says_what_it_is_and_only_the_doubtful_one_asks() -> None:
    found = column_map(shown(), table="sessions", name="own")

    assert [(column.header, column.to, column.state) for column in found.columns] == [
        ("场观", None, ColumnState.CHOOSE), ("开播时间", "started_at", ColumnState.AUTO),
        ("成交额", "gmv", ColumnState.AUTO),
        ("直播时长（分钟）", "duration_seconds", ColumnState.AUTO),
        ("心情", None, ColumnState.LEFT)]
    assert found.columns[3].handling == "minutes"
    assert found.columns[0].samples == ("15318",)


def test_what_a_person_chose_is_saved_with_its_handling(workspace: Workspace) -> None:
    found = column_map(shown(), table="sessions", name="own")

    made = save(workspace.store, found, name="我的表",
                to=["views", "started_at", "gmv", "duration_seconds", "x_"],
                handling=["", "", "10000", "minutes", ""])

    assert [(column.to, column.read, column.scale) for column in made.columns] == [
        ("views", None, 1.0), ("started_at", None, 1.0), ("gmv", None, 10_000.0),
        ("duration_seconds", "minutes", 1.0), ("x_心情", None, 1.0)]
    assert set(workspace.store.mappings()) == {"我的表"}


def test_an_open_question_is_not_saved(workspace: Workspace) -> None:
    found = column_map(shown(), table="sessions", name="own")

    with pytest.raises(UnansweredError) as refused:
        save(workspace.store, found, name="", to=["?", "started_at", "gmv", "", ""],
             handling=[""] * 5)

    assert refused.value.message.say("en") == "choose first what these are: 场观"
    assert workspace.store.mappings() == {}


def test_a_needed_column_must_be_filled(workspace: Workspace) -> None:
    found = column_map(shown(), table="sessions", name="own")

    with pytest.raises(LackingError):
        save(workspace.store, found, name="", to=["views", "", "gmv", "", ""], handling=[""] * 5)


@pytest.mark.parametrize(("table", "filled", "absent"), [
    ("orders", ["amount"], ("paid_at",)), ("orders", ["created_at"], ()),
    ("session_products", ["product_id"], ("session_id",))])
def test_what_a_table_needs(table: str, filled: list[str | None], absent: tuple[str, ...]) -> None:
    assert lacking(table, filled) == absent
