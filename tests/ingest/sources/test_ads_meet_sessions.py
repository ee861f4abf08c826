"""A folder of TikTok exports: the ad rows of one file find the sessions of another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from caopan.ingest.joining import joined

RowsTable = Callable[..., pa.Table]


@pytest.mark.parametrize("choices", [{"account": "toko"}, {}])
def test_ad_rows_of_one_export_join_the_sessions_of_another(
    choices: dict[str, str], golden: Path, rows_table: RowsTable,
) -> None:
    sessions = rows_table(golden / "tiktok_livestreams.xlsx", "sessions", **choices)
    ads = rows_table(golden / "tiktok_live_ads.xlsx", "ad_spend", **choices)

    result = joined(ads, sessions)

    titles = dict(zip(sessions["session_id"].to_pylist(), sessions["title"].to_pylist(),
                      strict=True))
    assert [titles.get(id_) for id_ in result.session_ids.to_pylist()] == [
        "PROMO SORE 🔥", "PROMO SORE 🔥", None, None]
    assert (result.coverage.rows, result.coverage.joined) == (4, 2)
    assert result.coverage.spend == {"IDR": (70_000_000, 89_620_600)}
    assert (result.coverage.sessions, result.coverage.sessions_reached) == (4, 1)
