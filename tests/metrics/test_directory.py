from __future__ import annotations

from datetime import date, datetime

import ibis
import pyarrow as pa

from caopan.facts.arrow import ARROW
from caopan.facts.schema import TABLES
from caopan.metrics.catalogue import METRICS
from caopan.metrics.directory import directory
from caopan.metrics.scope import Scope
from caopan.metrics.value import value
from caopan.units.period import Period

MARCH = Period(start=date(2026, 3, 1), end=date(2026, 3, 31))


def table(name: str, *rows: dict[str, object]) -> ibis.Table:
    schema = pa.schema([(column.name, ARROW[column.kind]) for column in TABLES[name].columns])
    filled = [{column: row.get(column) for column in schema.names} for row in rows]
    return ibis.memtable(pa.Table.from_pylist(filled, schema=schema))


def tables(*sessions: dict[str, object]) -> dict[str, ibis.Table]:
    return {"sessions": table("sessions", *sessions), "streamers": table(
        "streamers", {"streamer_id": "h1", "merchant_id": "m1"})}


def show(name: str, day: str, gmv: int | None, **more: object) -> dict[str, object]:
    return {"session_id": name, "streamer_id": "h1",
            "started_at": datetime.fromisoformat(f"{day}T12:00:00+00:00"), "gmv": gmv,
            "currency": "CNY", **more}


def found(*sessions: dict[str, object], key: str = "streamer_id") -> list[dict[str, object]]:
    rows = directory(Scope(tables=tables(*sessions)), key=key, period=MARCH)
    return ibis.duckdb.connect().to_pyarrow(rows).to_pylist()


def test_gmv_falls_into_the_period_and_the_one_before() -> None:
    one, = found(show("a", "2026-03-05", 300), show("b", "2026-03-06", 200),
                 show("c", "2026-02-20", 100), show("d", "2025-01-01", 7))

    assert (one["gmv_now"], one["gmv_before"]) == (500, 100)
    assert (one["sessions"], one["sessions_now"], one["sessions_before"]) == (4, 2, 1)
    assert one["last_seen"] == date(2026, 3, 6)


def test_gmv_that_nobody_knows_is_not_zero() -> None:
    one, = found(show("a", "2026-03-05", None))

    assert one["gmv_now"] is None
    assert one["sessions_now"] == 1


def test_currencies_stay_apart() -> None:
    rows = found(show("a", "2026-03-05", 300), show("b", "2026-03-05", 900, currency="IDR"))

    assert {row["currency"]: row["gmv_now"] for row in rows} == {"CNY": 300, "IDR": 900}


def test_a_session_without_a_merchant_is_its_hosts() -> None:
    one, = found(show("a", "2026-03-05", 300), key="merchant_id")

    assert one["id"] == "m1"


def test_it_says_what_the_metric_says() -> None:
    known = tables(show("a", "2026-03-05", 300), show("b", "2026-03-06", 50))
    duck = ibis.duckdb.connect()
    metric = duck.to_pyarrow(value(METRICS["gmv_gross"], known, by=("streamer_id",),
                                   period=MARCH)).to_pylist()

    assert found(show("a", "2026-03-05", 300), show("b", "2026-03-06", 50))[0]["gmv_now"] == (
        metric[0]["value"])
