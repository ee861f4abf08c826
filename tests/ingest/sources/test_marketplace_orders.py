from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from caopan.ingest.context import Context
from caopan.ingest.sources.marketplace_orders import LAYOUTS

SHAPE = LAYOUTS[0].shape
PAID = datetime(2020, 2, 20, 16, 0, tzinfo=UTC)
Make = Callable[..., Context]


def rows(*orders: tuple[str, int | None, int | None, datetime | None]) -> pa.Table:
    """Return typed rows of (order, paid after refunds, refunded, paid at)."""
    ids, kept, refunded, paid = zip(*orders, strict=True)
    return pa.table({
        "order_id": pa.array(ids), "kept": pa.array(kept, pa.int64()),
        "refund_amount": pa.array(refunded, pa.int64()),
        "paid_at": pa.array(paid, pa.timestamp("us", "UTC")),
        "_row": list(range(2, 2 + len(ids)))})


def shaped(table: pa.Table, context: Context) -> list[dict[str, Any]]:
    assert SHAPE is not None
    return next(iter(SHAPE(table, context))).rows.to_pylist()


def test_the_amount_is_what_was_paid_refunds_included(context: Make) -> None:
    found = shaped(rows(("whole", 2100, 0, PAID), ("part", 14890, 17880, PAID),
                        ("all back", 0, 6480, PAID)), context(account="shop"))

    assert [row["amount"] for row in found] == [2100, 32770, 6480]
    assert [row["refund_amount"] for row in found] == [0, 17880, 6480]


def test_an_order_never_paid_has_no_payment_and_no_amount(context: Make) -> None:
    row = shaped(rows(("unpaid", 0, 0, None)), context(account="shop"))[0]

    assert (row["paid_at"], row["amount"]) == (None, 0)


def test_an_unknown_payment_stays_unknown_and_an_unknown_refund_is_none_known(
    context: Make,
) -> None:
    found = shaped(rows(("a", None, 5, PAID), ("b", 5, None, PAID)), context(account="shop"))

    assert [row["amount"] for row in found] == [None, 5]
    assert found[1]["refund_amount"] is None


def test_the_report_belongs_to_one_shop_named_or_warned_about(context: Make) -> None:
    named, guessed = context(account="shop"), context(file="february.csv")

    assert shaped(rows(("a", 1, 0, PAID)), named)[0]["merchant_id"] == "shop"
    assert shaped(rows(("a", 1, 0, PAID)), guessed)[0]["merchant_id"] == "february"
    assert [issue.message.key for issue in guessed.problems.issues] == ["no_account"]
