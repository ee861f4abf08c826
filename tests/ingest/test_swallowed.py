"""Rows of a text table are one row each: as wide as the header, without swallowed lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from caopan.facts.issue import Level
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Layout
from caopan.ingest.reading import Reading

HEAD = "场次ID,主播,开播时间,成交金额\n"
ROW = "{id},小美,2026-03-01 19:30,5\n"


def problems(found: Reading) -> list[tuple[int | None, str, Level]]:
    return [(issue.row, issue.message.key, issue.level) for issue in found.issues]


def test_rows_that_all_lack_the_last_column_have_it_empty(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD + "1,小美,2026-03-01 19:30\n2,小美,2026-03-02 19:30\n")

    assert [row.get("gmv") for row in rows["sessions"]] == [None, None]
    assert problems(found) == [(None, "short_rows", Level.WARNING)]
    assert found.skipped is None


def test_rows_that_are_shorter_than_others_are_named(reading: Callable[..., Any]) -> None:
    body = HEAD + ROW.format(id=1) + "2,小美,2026-03-01 19:30\n3,小美,2026-03-01 19:30\n"

    rows, found = reading(body)

    assert [row["session_id"] for row in rows["sessions"]] == ["1"]
    assert problems(found) == [(3, "row_width", Level.ERROR), (4, "row_width", Level.ERROR)]
    assert found.issues[0].message.values == {"found": 3, "expected": 4}


def test_rows_that_all_lack_a_required_last_column_are_named(reading: Callable[..., Any]) -> None:
    head = "场次ID,主播,成交金额,开播时间\n"

    rows, found = reading(head + "1,小美,5\n2,小美,6\n")

    assert rows.get("sessions", []) == []
    assert [issue.message.key for issue in found.issues] == ["short_rows", "missing", "missing"]


@pytest.mark.parametrize("body", [
    ROW.format(id=1) + "2,小美,2026-03-01 19:30,1,234\n",
    "1,小美,2026-03-01 19:30,5,\n2,小美,2026-03-01 19:30,1,234\n3,小美,2026-03-01 19:30,5,\n",
    "1,小美,2026-03-01 19:30,5,,\n2,小美,2026-03-01 19:30,1,234,\n",
])
def test_a_row_with_a_value_beyond_the_header_is_refused(
    reading: Callable[..., Any], body: str,
) -> None:
    rows, found = reading(HEAD + body)

    assert "2" not in {row["session_id"] for row in rows["sessions"]}
    assert [(row, level) for row, _, level in problems(found)] == [(3, Level.ERROR)]
    assert found.issues[0].message.values == {"found": 5, "expected": 4}
    assert "1,234" in found.issues[0].value


def test_a_row_unlike_the_others_is_not_held_against_the_header(
    reading: Callable[..., Any],
) -> None:
    _, found = reading(HEAD + "1,小美,2026-03-01 19:30,5,\n" * 3 + ROW.format(id=2))

    assert problems(found) == [(5, "row_unlike_others", Level.ERROR)]


def test_an_open_quote_in_the_last_cell_does_not_swallow_rows_in_silence(
    reading: Callable[..., Any],
) -> None:
    head = "场次ID,主播,开播时间,成交金额,x_note\n"
    lines = "".join(f"{at},小美,2026-03-01 19:30,5,n\n" for at in range(2, 6))

    rows, found = reading(head + '1,小美,2026-03-01 19:30,5,"open\n' + lines)

    assert rows.get("sessions", []) == []
    assert problems(found) == [(2, "unclosed_quote", Level.ERROR)]
    assert found.issues[0].message.values["lines"] == 4


def test_a_cell_of_several_lines_is_fine(reading: Callable[..., Any]) -> None:
    head = "场次ID,主播,开播时间,成交金额,x_note\n"

    rows, found = reading(head + '1,小美,2026-03-01 19:30,5,"one, two\nthree, four"\n')

    assert rows["sessions"][0]["x_note"] == "one, two\nthree, four"
    assert found.issues == []


def test_a_fault_of_the_program_stops_one_file_only(reading: Callable[..., Any],
                                                    shows: Layout) -> None:
    def shape(rows: pa.Table, context: Context) -> Iterator[Chunk]:
        assert rows.num_rows
        raise IndexError(context.file)

    rows, found = reading(HEAD + ROW.format(id=1), layouts=[replace(shows, shape=shape)])

    assert rows == {}
    assert found.broken
    assert found.skipped.key == "own_fault"
    assert "IndexError" in found.skipped.say("zh")
