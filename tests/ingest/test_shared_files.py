"""Every real file beside the project is read, or refused with a reason."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from caopan.facts.issue import Level
from caopan.ingest.found import walk
from caopan.ingest.mapping import Mapped, Mapping
from caopan.ingest.options import Options
from caopan.ingest.preview import preview
from caopan.ingest.reading import read

OPTIONS = Options(now=datetime(2026, 11, 23, tzinfo=UTC), salt=b"s")

pytestmark = pytest.mark.shared


def test_no_file_raises_and_every_refusal_has_words(shared_data: Path) -> None:
    files, issues = walk([shared_data])
    small = [found for found in files if found.size < 3_000_000]

    assert issues == []
    assert len(small) > 20
    for found in small:
        started = time.perf_counter()
        reading = read(found, options=OPTIONS)
        for _ in reading.chunks():
            pass
        assert time.perf_counter() - started < 10
        assert (reading.layout is None) == (reading.skipped is not None)
        for issue in reading.issues:
            assert issue.message.say("zh")
            assert issue.message.say("en")


def test_an_order_file_nobody_knows_is_mapped_and_read(shared_data: Path) -> None:
    path = shared_data / "cdnow" / "cdnow.csv"
    mapping = Mapping(name="cdnow", table="orders", currency="USD", columns=(
        Mapped(header="Id", to="buyer_id"), Mapped(header="Date", to="paid_at"),
        Mapped(header="CDs", to="quantity"), Mapped(header="Price", to="amount")))

    reading = read(path, options=Options(now=OPTIONS.now, salt=b"s", mapping=mapping))
    ids = [key for chunk in reading.chunks() for key in chunk.rows["order_id"].to_pylist()]

    lines = path.read_text().splitlines()
    assert len(ids) == len(set(ids)) == len(lines) - 1
    assert sum(key.count("-") == 2 for key in ids) == len(lines) - len(
        {tuple(line.split(",")[:2]) for line in lines})
    assert [issue for issue in reading.issues if issue.level is not Level.WARNING] == []


def test_american_dates_of_a_real_file_are_read(shared_data: Path) -> None:
    path = shared_data / "olist_sample" / "random5k_olist_orders_dataset.csv.gz"
    seen = preview(path, table="orders")
    columns = tuple(Mapped(header=name, to={
        "order_id": "order_id", "order_approved_at": "paid_at", "customer_id": "buyer_id",
        "order_purchase_timestamp": "created_at"}.get(name)) for name in seen.headers)

    reading = read(path, options=Options(now=OPTIONS.now, salt=b"s", currency="BRL",
                                         mapping=Mapping(name="o", table="orders",
                                                         columns=columns)))
    chunks = list(reading.chunks())

    assert sum(chunk.rows.num_rows for chunk in chunks) == 5_000
    assert {issue.message.key for issue in reading.issues} <= {"implied_zone"}
