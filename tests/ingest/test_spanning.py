from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa

from caopan.ingest.spanning import spanned


def goods(*rows: tuple[str, str | None, str | None]) -> pa.Table:
    """Return products of (id, host, total in yuan)."""
    ids, hosts, totals = zip(*rows, strict=True)
    return pa.table({
        "product_id": pa.array(ids), "x_streamer_id": pa.array(hosts, pa.string()),
        "x_gmv": pa.array(totals, pa.string()),
        "x_units": pa.array(["2"] * len(rows), pa.string()),
        "currency": pa.array(["CNY"] * len(rows))})


def shows(*starts: datetime) -> pa.Table:
    return pa.table({"started_at": pa.array(starts, pa.timestamp("us", "UTC"))})


def test_totals_span_the_business_days_of_the_sessions_half_open() -> None:
    late_evening = datetime(2021, 8, 31, 16, 30, tzinfo=UTC)

    rows = spanned(goods(("p", "anna", "12.34")), shows(
        datetime(2021, 6, 1, 0, 0, tzinfo=UTC), late_evening)).to_pylist()

    assert rows == [{
        "product_id": "p", "channel": "live", "from": date(2021, 6, 1), "to": date(2021, 9, 2),
        "gmv": 1234, "x_streamer_id": "anna", "units": 2, "currency": "CNY"}]


def test_products_without_host_or_total_make_no_row() -> None:
    rows = spanned(goods(("a", None, "5"), ("b", "anna", None), ("c", "anna", "0")),
                   shows(datetime(2021, 6, 1, tzinfo=UTC)))

    assert rows["product_id"].to_pylist() == ["c"]


def test_without_sessions_the_days_stay_unknown_and_there_is_no_row() -> None:
    assert spanned(goods(("a", "anna", "5")), shows()).num_rows == 0


def test_products_of_other_sources_have_no_totals_to_span() -> None:
    plain = pa.table({"product_id": ["a"], "name": ["pan"]})

    assert spanned(plain, shows(datetime(2021, 6, 1, tzinfo=UTC))).num_rows == 0
