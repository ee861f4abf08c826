from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa

from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.sources import tiktok_live_products, tiktok_products

Make = Callable[..., Context]
WEEK = ["2026-04-06 ~ 2026-04-12"]


def product_list(**columns: list[Any]) -> pa.Table:
    """Return one product's typed row; figures are given by scratch name."""
    return pa.table({"product_id": ["p1"], "name": ["Panci"], "x_status": ["Active"],
                     "x_product_gmv": ["Rp1"], "_row": [4]} | columns)


def shaped(module: Any, table: pa.Table, context: Context) -> list[Chunk]:  # noqa: ANN401 - a module
    return list(module.LAYOUTS[0].shape(table, context))


def test_each_block_is_a_channel_over_the_days_of_the_title(context: Make) -> None:
    table = product_list(live_gmv=[500], shop_units=[2])

    chunks = shaped(tiktok_products, table, context(titles=WEEK))

    channels = [row for chunk in chunks if chunk.table == "product_channels"
                for row in chunk.rows.to_pylist()]
    assert [(row["channel"], row.get("gmv"), row.get("units")) for row in channels] == [
        ("shop", None, 2), ("live", 500, None)]
    assert {(row["from"], row["to"]) for row in channels} == {
        (date(2026, 4, 6), date(2026, 4, 13))}


def test_a_block_without_any_figure_makes_no_row_and_zero_is_a_figure(context: Make) -> None:
    table = product_list(live_gmv=pa.array([None], pa.int64()), shop_gmv=[0])

    chunks = shaped(tiktok_products, table, context(titles=WEEK))

    assert [chunk.rows["channel"].to_pylist() for chunk in chunks[1:]] == [["shop"]]


def test_older_spellings_fill_the_same_columns(context: Make) -> None:
    table = pa.table({"product_id": ["p1"], "name": ["Panci"], "x_status": ["Active"],
                      "x_product_gmv": ["Rp1"], "x_product_units@2": ["3"], "live_units@2": [3],
                      "live_page_views@2": [9], "_row": [4]})

    live = shaped(tiktok_products, table, context(titles=WEEK))[1].rows.to_pylist()[0]

    assert (live["units"], live["page_views"], live["x_product_units"]) == (3, 9, "3")


def test_without_a_date_range_the_products_load_and_the_figures_do_not(context: Make) -> None:
    surroundings = context(titles=["product list"])

    chunks = shaped(tiktok_products, product_list(live_gmv=[5], shop_gmv=[1]), surroundings)

    assert [chunk.table for chunk in chunks] == ["products"]
    assert [(str(i.level), i.message.key) for i in surroundings.problems.issues] == [
        ("error", "no_window")]


def test_the_file_name_never_dates_the_figures(context: Make) -> None:
    surroundings = context(titles=["Date Start: 2026-04-04 - Date End: 2026-04-11"],
                           file="4月6-12号直播产品数据明细.xlsx")
    table = pa.table({"product_id": ["p1"], "name": ["x"], "gmv": [5], "units": [1],
                      "x_commission": ["Rp0"], "_row": [4]})

    rows = shaped(tiktok_live_products, table, surroundings)[1].rows.to_pylist()

    assert (rows[0]["from"], rows[0]["to"]) == (date(2026, 4, 4), date(2026, 4, 12))


def test_names_of_the_live_detail_only_fill_what_no_product_list_has_named(context: Make) -> None:
    table = pa.table({"product_id": ["p1"], "name": ["other name"], "gmv": [5], "units": [1],
                      "x_commission": ["Rp0"], "_row": [4]})

    from_detail = shaped(tiktok_live_products, table, context(titles=WEEK))[0]
    from_list = shaped(tiktok_products, product_list(), context(titles=WEEK))[0]

    assert (from_detail.table, from_detail.derived) == ("products", True)
    assert (from_list.table, from_list.derived) == ("products", False)


def test_the_shop_is_only_written_where_the_operator_names_it(context: Make) -> None:
    chunk = shaped(tiktok_products, product_list(), context(titles=WEEK, account="toko"))[0]
    anonymous = shaped(tiktok_products, product_list(), context(titles=WEEK))[0]

    assert chunk.rows["merchant_id"].to_pylist() == ["toko"]
    assert "merchant_id" not in anonymous.rows.column_names
