from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.metrics.grouping import UnknownGroupingError
from caopan.metrics.refund_curve import refund_curve


def line(name: str, day: str, amount: int, refund: tuple[str, int] | None = None) -> dict:
    refunded = {"refunded_at": f"{refund[0]}T12:00", "refund_amount": refund[1]} if refund else {}
    return {"order_id": name, "paid_at": f"{day}T12:00", "amount": amount, "currency": "CNY",
            "merchant_id": "m", **refunded}


def test_young_orders_are_at_risk_only_as_long_as_they_were_watched(
    world: Callable[..., Any],
) -> None:
    ledger = world(orders=[
        line("a", "2026-03-01", 100, ("2026-03-01", 100)),
        line("b", "2026-03-01", 300, ("2026-03-03", 150)),
        line("c", "2026-03-01", 400),
        line("d", "2026-03-02", 200),
    ])

    rows = ledger.rows(refund_curve(ledger.scope(as_of="2026-03-04T09:00"), days=3))

    # Watched through day 2: a, b, c; through day 1: d as well; nobody through day 3.
    assert [(row["day"], row["lines"], row["at_risk"], row["refunded"]) for row in rows] == [
        (0, 4, 1_000, 100), (1, 4, 900, 0), (2, 3, 700, 150), (3, 0, 0, 0)]
    shares = [row["share"] for row in rows]
    assert shares[:3] == pytest.approx([0.1, 0.1, 1 - 0.9 * 550 / 700])
    assert shares[3] is None


def test_what_is_refunded_whole_stays_refunded_whole(world: Callable[..., Any]) -> None:
    ledger = world(orders=[line("a", "2026-03-01", 100, ("2026-03-02", 100))])

    rows = ledger.rows(refund_curve(ledger.scope(as_of="2026-03-20T09:00"), days=3))

    assert [row["share"] for row in rows] == [0, 1, 1, 1]


def test_a_ripe_curve_ends_at_the_refund_rate(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        line("a", "2026-03-01", 100, ("2026-03-01", 60)),
        line("b", "2026-03-02", 300, ("2026-03-09", 300)),
        line("c", "2026-03-03", 600),
    ])
    looked = {"as_of": "2026-05-01T09:00"}

    rows = ledger.rows(refund_curve(ledger.scope(**looked)))

    assert len(rows) == 31
    assert rows[30]["share"] == pytest.approx(ledger.one("refund_rate_30", **looked))
    assert rows[6]["share"] == pytest.approx(0.06)
    assert [row["share"] for row in rows] == sorted(row["share"] for row in rows)


def test_a_curve_is_refused_where_a_refund_cannot_be_placed(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        line("a", "2026-03-01", 100, ("2026-03-02", 100)),
        {**line("b", "2026-03-01", 100), "refund_amount": 100, "merchant_id": "z"},
    ])

    rows = ledger.rows(refund_curve(ledger.scope("merchant_id", as_of="2026-03-20T09:00"),
                                    days=1))

    assert [(row["merchant_id"], row["share"]) for row in rows] == [
        ("m", 0), ("m", 1), ("z", None), ("z", None)]


def test_a_curve_by_what_lines_do_not_carry_is_refused(world: Callable[..., Any]) -> None:
    with pytest.raises(UnknownGroupingError):
        refund_curve(world().scope("minute"))
