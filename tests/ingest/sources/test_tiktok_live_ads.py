from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from caopan.ingest.context import Context
from caopan.ingest.sources.tiktok_live_ads import LAYOUTS

LAUNCH = datetime(2026, 4, 11, 8, 7, tzinfo=UTC)
SHAPE = LAYOUTS[0].shape


def rows(*ads: dict[str, Any]) -> pa.Table:
    """Return typed ad rows with the defaults of one good row."""
    filled = [{"campaign": "1862046336917810", "x_campaign_name": "panci", "starts_at": LAUNCH,
               "spend_major": 10.0, "net_spend_major": 9.0, "attributed_gmv_major": 30.0,
               "entries": 5, "_row": place} | ad for place, ad in enumerate(ads, start=2)]
    return pa.Table.from_pylist(filled, schema=pa.schema({
        "campaign": pa.string(), "x_campaign_name": pa.string(),
        "starts_at": pa.timestamp("us", "UTC"), "spend_major": pa.float64(),
        "net_spend_major": pa.float64(), "attributed_gmv_major": pa.float64(),
        "entries": pa.int64(), "_row": pa.int64()}))


def plans(table: pa.Table, context: Context) -> list[dict[str, Any]]:
    assert SHAPE is not None
    return next(iter(SHAPE(table, context))).rows.to_pylist()


def test_one_campaign_on_two_evenings_is_two_plans(context: Callable[..., Context]) -> None:
    later = datetime(2026, 4, 12, 8, 7, tzinfo=UTC)

    found = plans(rows({}, {"starts_at": later}), context())

    assert len({row["plan_id"] for row in found}) == 2


def test_an_id_that_a_spreadsheet_rounded_is_still_the_same_campaign(
    context: Callable[..., Context],
) -> None:
    whole = plans(rows({"campaign": "1862046336917813"}), context())[0]["plan_id"]
    rounded = plans(rows({"campaign": "1862046336917810"}), context())[0]["plan_id"]

    assert whole == rounded


def test_two_campaigns_that_round_to_one_lose_no_spend(context: Callable[..., Context]) -> None:
    found = plans(rows({"campaign": "1862046336917813", "spend_major": 5.0},
                       {"campaign": "1862046336917818", "spend_major": 7.0}), context())

    assert len({row["plan_id"] for row in found}) == 2
    assert sum(row["spend"] for row in found) == 1200


def test_a_row_without_campaign_id_goes_by_its_name(context: Callable[..., Context]) -> None:
    found = plans(rows({"campaign": None}, {"campaign": None, "x_campaign_name": "wajan"}),
                  context())

    assert len({row["plan_id"] for row in found}) == 2


def test_thousandths_are_rounded_to_the_minor_unit_halves_to_even(
    context: Callable[..., Context],
) -> None:
    row = plans(rows({"spend_major": 38888.889, "net_spend_major": 0.125,
                      "attributed_gmv_major": None}), context())[0]

    assert (row["spend"], row["net_spend"], row["attributed_gmv"]) == (3888889, 12, None)


def test_the_account_is_only_written_where_the_operator_names_it(
    context: Callable[..., Context],
) -> None:
    assert "streamer_id" not in plans(rows({}), context())[0]
    assert plans(rows({}), context(account="toko"))[0]["streamer_id"] == "toko"


def test_equal_rows_are_one_plan(context: Callable[..., Context]) -> None:
    assert len(plans(rows({}, {}), context())) == 1
