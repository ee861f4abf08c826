from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import pytest

from caopan.metrics.reconcile import HOST, Subject, reconcile
from caopan.units.period import Period


def show(name: str, gmv: int | None, day: int = 1, streamer: str = "h") -> dict:
    return {"session_id": name, "streamer_id": streamer, "gmv": gmv, "currency": "CNY",
            "started_at": f"2026-03-{day:02d}T20:00"}


def listed(session: str, gmv: int, product: str = "p") -> dict:
    return {"session_id": session, "product_id": product, "gmv": gmv, "currency": "CNY"}


def order(session: str, amount: int, name: str) -> dict:
    return {"order_id": name, "session_id": session, "amount": amount, "currency": "CNY",
            "paid_at": "2026-03-09T20:00"}


SHOWS = [show("good", 1_000), show("bad", 1_000, 2, "z"), show("alone", 5_000, 3),
         show("blank", None, 4)]
GOODS = [listed("good", 600), listed("good", 350, "q"), listed("bad", 400),
         listed("blank", 77)]


def test_products_are_held_against_the_sessions_that_list_them(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=SHOWS, session_products=GOODS)

    rows = shows.rows(reconcile(shows.tables, tolerance=0.3))

    assert [(row["subject"], row["witness"], row["sessions_gmv"], row["witness_gmv"],
             row["ratio"], row["sessions"], row["off"]) for row in rows] == [
        ("h", "session_products", 1_000, 950, 0.95, 1, False),
        ("z", "session_products", 1_000, 400, 0.4, 1, True)]


def test_orders_are_a_second_witness_whenever_they_were_paid(world: Callable[..., Any]) -> None:
    shows = world(sessions=SHOWS, orders=[order("good", 700, "1"), order("good", 290, "2"),
                                          order("nowhere", 5, "3")])
    first = Period(start=date(2026, 3, 1), end=date(2026, 3, 2))

    rows = shows.rows(reconcile(shows.tables, tolerance=0.02, subject=Subject.SESSION,
                                period=first))

    assert [(row["subject"], row["witness"], row["ratio"], row["off"]) for row in rows] == [
        ("good", "orders", 0.99, False)]


def test_a_report_without_sessions_is_held_against_its_own_days(
    world: Callable[..., Any],
) -> None:
    live = {"product_id": "p", "channel": "live", "from": "2026-03-01", "to": "2026-03-03",
            "gmv": 2_400, "currency": "CNY"}
    shows = world(sessions=SHOWS, product_channels=[
        live, {**live, "product_id": "q", "gmv": 200}, {**live, "channel": "video"}],
        products=[{"product_id": "p", "merchant_id": "m"},
                  {"product_id": "q", "merchant_id": "m"}],
        streamers=[{"streamer_id": "h", "merchant_id": "m"}])

    (whole,) = shows.rows(reconcile(shows.tables, tolerance=0.25, subject=Subject.EVERYTHING))
    (shop,) = shows.rows(reconcile(shows.tables, tolerance=0.25, subject=Subject.MERCHANT))

    assert (whole["subject"], whole["sessions_gmv"], whole["witness_gmv"], whole["off"]) == (
        "everything", 2_000, 2_600, True)
    assert (whole["start"], whole["end"]) == (date(2026, 3, 1), date(2026, 3, 3))
    assert (shop["subject"], shop["sessions_gmv"], shop["ratio"]) == ("m", 1_000, 2.6)


def test_a_report_that_names_its_host_is_held_against_that_host(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=SHOWS, product_channels=[
        {"product_id": "p", "channel": "live", "from": "2026-03-01", "to": "2026-03-05",
         "gmv": 6_000, "currency": "CNY"}])
    reports = shows.tables["product_channels"]
    tables = {**shows.tables, "product_channels": reports.mutate(**{HOST: ibis.literal("h")})}

    (row,) = shows.rows(reconcile(tables, tolerance=0.3))

    assert (row["subject"], row["witness"], row["ratio"], row["sessions"]) == (
        "h", "product_channels", 1.0, 2)


def test_a_stored_report_names_its_host_among_its_extra_columns(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=SHOWS, product_channels=[
        {"product_id": product, "channel": "live", "from": "2026-03-01", "to": "2026-03-05",
         "gmv": 3_000, "currency": "CNY"} for product in ("p", "q", "r")])
    reports = shows.tables["product_channels"]
    extra = reports.product_id.cases(
        ("p", '{"x_note":"近","x_streamer_id":"h"}'), ("q", '{"x_streamer_id":"h"}'))
    tables = {**shows.tables, "product_channels": reports.mutate(extra=extra)}

    (row,) = shows.rows(reconcile(tables, tolerance=0.3))

    assert (row["subject"], row["witness_gmv"], row["sessions_gmv"], row["ratio"]) == (
        "h", 6_000, 6_000, 1.0)


def test_a_witness_that_sold_where_the_session_did_not_is_off(world: Callable[..., Any]) -> None:
    shows = world(sessions=[show("s", 0)], session_products=[listed("s", 10)])

    (row,) = shows.rows(reconcile(shows.tables, tolerance=0.3))

    assert (row["ratio"], row["off"]) == (None, True)


@pytest.mark.parametrize("subject", Subject)
def test_with_nothing_to_hold_against_there_is_no_row(
    world: Callable[..., Any], subject: Subject,
) -> None:
    shows = world(sessions=SHOWS)

    assert shows.rows(reconcile(shows.tables, tolerance=0.3, subject=subject)) == []
