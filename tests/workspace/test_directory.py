from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from caopan import Workspace
from caopan.units.period import Period
from caopan.workspace.directory import Everyone, Sort, page
from caopan.workspace.grain import Grain

MARCH = Period(start=date(2026, 3, 1), end=date(2026, 3, 31))


def everyone(*rows: tuple[str, str, int | None]) -> Everyone:
    filled = [{"id": id_, "name": name, "of": None, "currency": "CNY", "sessions": 1,
               "sessions_now": 1, "sessions_before": 0, "gmv_now": gmv, "gmv_before": None,
               "last_seen": date(2026, 3, 1), "change": None} for id_, name, gmv in rows]
    table = pa.Table.from_pylist(filled, schema=pa.schema([
        ("id", pa.string()), ("name", pa.string()), ("of", pa.string()),
        ("currency", pa.string()), ("sessions", pa.int64()), ("sessions_now", pa.int64()),
        ("sessions_before", pa.int64()), ("gmv_now", pa.int64()), ("gmv_before", pa.int64()),
        ("last_seen", pa.date32()), ("change", pa.int64())]))
    return Everyone(grain=Grain.STREAMER, period=MARCH, comparable=True, rows=table)


def names(found: object) -> list[str]:
    return [one.id for one in found.listed]  # type: ignore[attr-defined]


def test_what_is_not_known_stands_last_either_way() -> None:
    rooms = everyone(("a", "林晚", None), ("b", "阿泽", 5), ("c", "小满", 9))

    assert names(page(rooms, sort=Sort.GMV, descending=True)) == ["c", "b", "a"]
    assert names(page(rooms, sort=Sort.GMV, descending=False)) == ["b", "c", "a"]


def test_words_are_found_in_name_and_id_whatever_their_case() -> None:
    rooms = everyone(("H01", "晚晚果园直播间", 1), ("H02", "阿泽清仓", 2))

    assert names(page(rooms, words="果园")) == ["H01"]
    assert names(page(rooms, words="h02")) == ["H02"]
    assert names(page(rooms, words="h0 清仓")) == ["H02"]
    assert names(page(rooms, words=".*")) == []


def test_pages_never_overlap_where_values_tie() -> None:
    rooms = everyone(*((f"h{place:03}", "同名", 7) for place in range(120)))

    seen = [name for start in (0, 50, 100)
            for name in names(page(rooms, start=start, most=50))]

    assert seen == sorted(seen)
    assert len(set(seen)) == 120


def test_nobody_is_nobody() -> None:
    found = page(everyone(), words="x")

    assert (found.listed, found.total, found.everyone) == ((), 0, 0)


def test_a_short_history_compares_nothing(workspace: Workspace, sessions: object) -> None:
    workspace.import_files([sessions])

    rooms = workspace.rooms.everyone(Grain.STREAMER)
    found = {one.id: one for one in page(rooms).listed}

    assert found["林晚"].gmv == 90_050
    assert found["阿泽"].gmv is None
    assert not rooms.comparable
    assert found["林晚"].change is None


def test_a_merchant_without_a_session_is_listed_too(toy: Workspace) -> None:
    known = toy.store.fetch(toy.store.tables()["merchants"]).num_rows

    assert toy.rooms.everyone(Grain.MERCHANT).rows.num_rows == known


@pytest.mark.parametrize("grain", list(Grain))
def test_gmv_of_everyone_is_gmv_of_all(toy: Workspace, grain: Grain) -> None:
    rooms = toy.rooms.everyone(grain)
    assert rooms.period is not None

    whole = toy.metric("gmv_gross", start=rooms.period.start, end=rooms.period.end)

    assert sum(one.gmv or 0 for one in page(rooms, most=99).listed) == whole.rows[0]["value"]


def test_a_subject_is_called_by_its_name_or_else_by_its_id() -> None:
    rooms = everyone(("a", "林晚", None))

    assert (rooms.name_of("a"), rooms.name_of("b")) == ("林晚", "b")
