from __future__ import annotations

import io
from datetime import UTC, datetime

from caopan.ingest.described import described
from caopan.ingest.found import Found
from caopan.ingest.options import Options
from caopan.ingest.reading import read

BODY = ("导出时间,2026-03-02\n\nsession_id,streamer_id,started_at,x_mood\n"
        "s1,林晚,2026-03-01T19:30:00+08:00,好\ns2,林晚,2026-03-01T20:30:00+08:00,\n")


def test_each_column_says_what_it_becomes_and_how_it_looks() -> None:
    found = Found(name="sessions.csv", size=len(BODY), open=lambda: io.BytesIO(BODY.encode()))
    reading = read(found, options=Options(now=datetime(2026, 3, 10, tzinfo=UTC), salt=b"s"))
    list(reading.chunks())

    [part] = described(reading)

    assert (part.table, part.header_row, part.sheet) == ("sessions", 3, None)
    assert part.targets == ("session_id", "streamer_id", "started_at", "x_mood")
    assert part.samples[0] == ("s1", "s2")
    assert part.samples[1] == ("林晚",)


def test_a_file_that_is_skipped_has_no_columns() -> None:
    found = Found(name="a.csv", size=0, open=lambda: io.BytesIO(b""))

    reading = read(found, options=Options(now=datetime(2026, 3, 10, tzinfo=UTC), salt=b"s"))

    assert described(reading) == ()
