"""The operator's choices are checked before any file is opened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from caopan.ingest.messages import FileRefusedError
from caopan.ingest.options import Options

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("year", [99_999, 26, 0, -1, 1989, 2101])
def test_a_year_that_no_export_is_of_is_refused_at_once(year: int) -> None:
    with pytest.raises(FileRefusedError) as refused:
        Options(now=NOW, salt=b"", year=year)

    assert refused.value.message.key == "impossible_year"
    assert f"--year 不能是 {year}" in refused.value.message.say("zh")


@pytest.mark.parametrize("year", [None, 1990, 2026, 2100])
def test_any_other_year_is_taken(year: int | None) -> None:
    assert Options(now=NOW, salt=b"", year=year).year == year
