from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from caopan.ingest.context import Context
from caopan.ingest.sources.thirdparty_products import LAYOUTS

SHAPE = LAYOUTS[0].shape
Make = Callable[..., Context]


def rows(*goods: dict[str, Any]) -> pa.Table:
    """Return typed rows with the defaults of one product."""
    filled = [{"x_streamer_id": "anna", "category": "food", "list_price": 4990,
               "x_commission_rate": "1.00%", "sales_volume": 2, "sales_amount": 9980,
               "x_conversion_rate": "0.1%", "videos": 0, "lives": 1, "_row": place} | product
              for place, product in enumerate(goods, start=2)]
    return pa.Table.from_pylist(filled)


def shaped(table: pa.Table, context: Context) -> list[dict[str, Any]]:
    assert SHAPE is not None
    return next(iter(SHAPE(table, context))).rows.to_pylist()


def test_products_that_share_host_category_price_and_commission_are_all_kept(
    context: Make,
) -> None:
    found = shaped(rows({"sales_amount": 100}, {"sales_amount": 300}, {"sales_amount": 200}),
                   context())

    assert len({row["product_id"] for row in found}) == 3
    assert sorted(row["x_gmv"] for row in found) == ["1.00", "2.00", "3.00"]


def test_a_later_file_of_grown_sales_keeps_the_keys(context: Make) -> None:
    before = shaped(rows({"sales_amount": 300}, {"sales_amount": 100}), context())
    after = shaped(rows({"sales_amount": 150}, {"sales_amount": 450}), context())

    assert {row["product_id"]: row["x_gmv"] for row in before} == dict(zip(
        [after[1]["product_id"], after[0]["product_id"]], ["3.00", "1.00"], strict=True))


def test_rows_equal_in_everything_count_once_with_a_warning(context: Make) -> None:
    surroundings = context()

    assert len(shaped(rows({}, {}, {}), surroundings)) == 1
    assert [(i.message.key, i.message.values) for i in surroundings.problems.issues] == [
        ("equal_rows", {"n": 2})]


def test_the_same_goods_of_two_hosts_are_two_products(context: Make) -> None:
    found = shaped(rows({}, {"x_streamer_id": "budi"}), context())

    assert len({row["product_id"] for row in found}) == 2


def test_totals_stay_beside_the_product_as_text_and_the_scratch_leaves(context: Make) -> None:
    row = shaped(rows({}), context())[0]

    assert (row["x_gmv"], row["x_units"], row["x_lives"], row["x_videos"]) == (
        "99.80", "2", "1", "0")
    assert not {"sales_amount", "sales_volume", "lives", "videos"} & set(row)


def test_an_unknown_total_stays_unknown(context: Make) -> None:
    table = rows({"sales_amount": None}, {"sales_amount": 5})

    assert shaped(table, context())[0]["x_gmv"] is None
