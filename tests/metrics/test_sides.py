"""A metric on both sides of every subject's own comparison, in one pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from caopan.metrics.catalogue import metric
from caopan.metrics.sides import WINDOWS, sides, sides_of_people
from caopan.metrics.spread import NoSpreadError, spread
from caopan.units.period import Period

WHOLE = Period(start=date(2026, 3, 1), end=date(2026, 3, 15))
THEN = Period(start=date(2026, 3, 1), end=date(2026, 3, 8))
NOW = Period(start=date(2026, 3, 8), end=date(2026, 3, 15))


def windows(*subjects: tuple[str, str], then: Period = THEN, now: Period = NOW) -> pa.Table:
    rows = [{"subject": number, "id": id_, "currency": currency, "compared_start": then.start,
             "compared_end": then.end, "start": now.start, "end": now.end}
            for number, (id_, currency) in enumerate(subjects)]
    return pa.Table.from_pylist(rows, schema=WINDOWS)


def line(order: str, day: str, buyer: str | None, **more: object) -> dict[str, object]:
    return {"order_id": order, "paid_at": f"2026-03-{day}T12:00", "merchant_id": "m",
            "buyer_id": buyer, "quantity": 1, "amount": 100, "currency": "CNY"} | more


LINES = [
    line("a", "01", "x", new_to_shop=True), line("b", "02", "x", new_to_shop=False),
    line("c", "03", "y", new_to_shop=False), line("d", "09", "x", new_to_shop=False),
    line("e", "10", "z", new_to_shop=True), line("f", "11", None, new_to_shop=True),
    line("g", "12", "w"), line("h", "12", "v", merchant_id="n", new_to_shop=True),
]


def asked(
    shop: Any, name: str, given: pa.Table,  # noqa: ANN401 - the world of the fixture
    cluster: str = "buyer_id",
) -> dict[Any, Any]:
    rows = shop.rows(sides(metric(name), shop.tables, key="merchant_id", windows=given,
                           period=WHOLE, cluster=cluster))
    return {(row.pop("subject"), row.pop("side")): row for row in rows}


def test_people_are_counted_in_each_period_by_itself(world: Callable[..., Any]) -> None:
    shop = world(orders=LINES)

    found = asked(shop, "new_buyer_share", windows(("m", "CNY"), ("n", "CNY")))

    for side, period in enumerate((THEN, NOW)):
        for row in shop.rows(spread(metric("new_buyer_share"), shop.tables,
                                    by=("merchant_id",), period=period, cluster="buyer_id")):
            subject = "mn".index(row.pop("merchant_id"))
            assert found.pop((subject, side)) == row
    assert not found


def test_a_new_buyer_is_one_buyer_however_many_lines(world: Callable[..., Any]) -> None:
    shop = world(orders=LINES)

    found = asked(shop, "new_buyer_share", windows(("m", "CNY")))

    assert (found[0, 0]["numerator"], found[0, 0]["denominator"]) == (1, 2)
    assert (found[0, 1]["numerator"], found[0, 1]["denominator"]) == (1, 2)


def test_rows_that_are_clusters_already_count_as_they_are(world: Callable[..., Any]) -> None:
    late = line("z", "28", "late")
    shop = world(orders=[line("a", "01", "x"), line("b", "05", "x"), line("c", "09", "y"),
                         line("d", "11", "y"), line("e", "12", "z"),
                         late | {"paid_at": "2026-05-28T12:00"}])

    found = asked(shop, "repurchase_30", windows(("m", "CNY")))

    assert found[0, 0] == {"value": 1.0, "numerator": 1, "denominator": 1, "n": 1, "clusters": 1,
                           "s_nn": 1.0, "s_nd": 1.0, "s_dd": 1.0}
    assert found[0, 1] == {"value": 0.5, "numerator": 1, "denominator": 2, "n": 2, "clusters": 2,
                           "s_nn": 1.0, "s_nd": 1.0, "s_dd": 2.0}


def test_every_subject_has_its_own_days(world: Callable[..., Any]) -> None:
    shop = world(orders=LINES)
    early = windows(("m", "CNY"), then=Period(start=date(2026, 3, 1), end=date(2026, 3, 2)),
                    now=Period(start=date(2026, 3, 2), end=date(2026, 3, 3)))

    found = asked(shop, "new_buyer_share", early)

    assert [found[0, side]["n"] for side in (0, 1)] == [1, 1]
    assert [found[0, side]["numerator"] for side in (0, 1)] == [1, 0]


def test_money_goes_to_the_subject_of_its_currency(world: Callable[..., Any]) -> None:
    shop = world(orders=[line("a", "01", "x"), line("b", "02", "x", currency="IDR", amount=7),
                         line("c", "02", "x", currency=None, amount=30)])

    found = asked(shop, "gmv_orders", windows(("m", "CNY"), ("m", "IDR")), cluster="day")

    assert [found[subject, 0]["numerator"] for subject in (0, 1)] == [130, 37]


def test_what_is_no_sum_over_clusters_is_refused(world: Callable[..., Any]) -> None:
    shop = world(orders=LINES)

    with pytest.raises(NoSpreadError):
        asked(shop, "new_buyer_share", windows(("m", "CNY")), cluster="day")


def test_what_changes_with_finer_groups_is_refused(world: Callable[..., Any]) -> None:
    shop = world(orders=LINES)

    with pytest.raises(NoSpreadError):
        asked(shop, "repurchase_within", windows(("m", "CNY")))


def test_people_who_came_on_one_day_are_one_cluster(world: Callable[..., Any]) -> None:
    shop = world(orders=[
        line("a", "01", "x", new_to_shop=True), line("b", "01", "y", new_to_shop=True),
        line("c", "02", "x", new_to_shop=False), line("d", "02", "z", new_to_shop=False)])

    first, *others = shop.rows(sides_of_people(
        metric("new_buyer_share"), shop.tables, key="merchant_id",
        windows=windows(("m", "CNY")), period=WHOLE))

    assert not others
    assert (first["side"], first["numerator"], first["denominator"], first["n"]) == (0, 2, 3, 4)
    assert (first["clusters"], first["s_nn"], first["s_nd"], first["s_dd"]) == (2, 4, 4, 5)


def test_a_person_of_one_purchase_row_belongs_to_its_day(world: Callable[..., Any]) -> None:
    shop = world(orders=[line("a", "01", "x"), line("b", "01", "y"), line("c", "02", "x"),
                         line("d", "03", "z"), line("e", "14", "x", paid_at="2026-05-14T12:00")])

    (row,) = shop.rows(sides_of_people(
        metric("repurchase_30"), shop.tables, key="merchant_id",
        windows=windows(("m", "CNY")), period=WHOLE))

    assert (row["numerator"], row["denominator"], row["clusters"]) == (1, 3, 2)
    assert (row["s_nn"], row["s_nd"], row["s_dd"]) == (1, 2, 5)
