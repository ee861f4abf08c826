"""Parquet files as tables."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from caopan.ingest.columnar import columnar
from caopan.ingest.messages import FileRefusedError
from caopan.ingest.problems import Problems


def parquet_of(columns: dict[str, pa.Array]) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def test_the_names_of_the_columns_are_the_header(held: Callable[..., Any]) -> None:
    table = columnar(held(parquet_of({"a": pa.array([1]), "b": pa.array(["x"])})))

    assert table.head == [["a", "b"]]
    block = next(table.blocks(after=1, width=2, problems=Problems(file="f")))
    assert block.rows.tolist() == [2]
    assert block.columns[0].numbers.to_pylist() == [1]


def test_a_parquet_file_is_read_through_the_front_door(reading: Callable[..., Any]) -> None:
    started = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)
    body = parquet_of({
        "场次ID": pa.array([2**60 + 1, 2]), "主播": pa.array(["a", None]),
        "开播时间": pa.array([started, started], pa.timestamp("ns", "Asia/Shanghai")),
        "成交金额": pa.array(["12.34", None]).cast(pa.decimal128(12, 2))})

    rows, found = reading(body)

    assert rows["sessions"] == [{
        "session_id": str(2**60 + 1), "streamer_id": "a", "started_at": started, "gmv": 1234,
        "currency": "CNY"}]
    assert [(issue.row, issue.message.key) for issue in found.issues] == [(3, "missing")]


def test_more_rows_than_the_bytes_can_hold_are_refused(
    held: Callable[..., Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    from caopan.ingest import columnar as module

    monkeypatch.setattr(module, "MIB", 1)
    body = parquet_of({"a": pa.repeat(pa.scalar(1), 200_000)})

    with pytest.raises(FileRefusedError) as refused:
        columnar(held(body))

    assert refused.value.message.key == "swollen"


def test_rows_of_many_stretches_are_numbered_through(held: Callable[..., Any]) -> None:
    table = columnar(held(parquet_of({"a": pa.array(range(250_000))})))

    blocks = list(table.blocks(after=1, width=1, problems=Problems(file="f")))

    assert len(blocks) > 1
    assert blocks[-1].rows[-1] == 250_001
