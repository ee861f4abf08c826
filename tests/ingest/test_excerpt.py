from __future__ import annotations

import io
from datetime import UTC, datetime

from caopan.ingest.described import Described, described
from caopan.ingest.excerpt import WIDTH, excerpt
from caopan.ingest.found import Found
from caopan.ingest.options import Options
from caopan.ingest.reading import read

OPTIONS = Options(now=datetime(2026, 3, 10, tzinfo=UTC), salt=b"s")


def file(body: str) -> Found:
    return Found(name="sessions.csv", size=len(body), open=lambda: io.BytesIO(body.encode()))


def parts(found: Found) -> tuple[Described, ...]:
    reading = read(found, options=OPTIONS)
    list(reading.chunks())
    return described(reading)


BODY = "session_id,streamer_id,started_at,gmv,x_mood\n" + "".join(
    f"s{at},林晚,2026-03-01T19:{at:02d}:00+08:00,{at}.00,好\n" for at in range(30))


def test_rows_come_as_they_are_written_under_their_own_numbers() -> None:
    found = file(BODY)

    shown = excerpt(found, parts=parts(found), rows={(None, 2), (None, 31), (None, 99)})

    assert [(row.number, row.cells[0], row.cells[3]) for row in shown] == [
        (2, "s0", "0.00"), (31, "s29", "29.00")]


def test_a_cell_without_end_is_cut() -> None:
    found = file(BODY.replace("好\n", "长" * 500 + "\n", 1))

    [row] = excerpt(found, parts=parts(found), rows={(None, 2)})

    assert row.cells[4] == "长" * WIDTH
