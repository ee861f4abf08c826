from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from scipy import stats

from caopan.demo.fruit import AFTER_BOXES, CONVERSION, stock


def told(toy: dict[str, pa.Table]) -> list[dict]:
    sessions = toy["sessions"]
    mine = sessions.filter(pc.equal(sessions["merchant_id"], "m00000"))
    return mine.sort_by("started_at").to_pylist()


def test_a_hundred_viewers_bought_ten_boxes_then_twenty_bought_one(
    toy: dict[str, pa.Table],
) -> None:
    shows = told(toy)

    assert [(s["viewers"], s["units"]) for s in shows[-5:]] == [
        (100, 10), (20, 1), (20, 2), (20, 3), (20, 1)]
    assert {s["viewers"] for s in shows[:-4]} == {100}


def test_fifteen_boxes_were_stocked_for_the_day_that_sold_one(toy: dict[str, pa.Table]) -> None:
    shows = told(toy)
    boxes = {r["session_id"]: (r["stock_planned"], r["units"])
             for r in toy["session_products"].to_pylist()}

    assert boxes[shows[-4]["session_id"]] == (15, 1)
    assert stock(5).tolist() == [13, 15, 15, 15, 15]


def test_both_windows_hold_four_shows_at_the_same_length_and_price(
    toy: dict[str, pa.Table],
) -> None:
    shows = told(toy)[-8:]

    assert {s["ended_at"] - s["started_at"] for s in shows} == {shows[0]["ended_at"]
                                                                - shows[0]["started_at"]}
    assert {s["gmv"] / s["units"] for s in shows} == {4_990}


def test_the_boxes_sold_say_nothing_against_an_unchanged_conversion() -> None:
    for boxes in AFTER_BOXES:
        assert stats.binomtest(boxes, 20, CONVERSION).pvalue > 0.1
    assert stats.binomtest(sum(AFTER_BOXES), 80, CONVERSION).pvalue > 0.5


def test_no_fruit_is_sold_on_ads_and_none_runs_out(toy: dict[str, pa.Table]) -> None:
    assert {s["ad_spend"] for s in told(toy)} == {0}
    line = toy["session_products"].filter(pc.equal(toy["session_products"]["live_price"], 4_990))
    assert line["sold_out_at"].null_count == line.num_rows


def test_the_product_is_a_box_of_fruit(toy: dict[str, pa.Table]) -> None:
    products = toy["products"].filter(pc.equal(toy["products"]["merchant_id"], "m00000"))

    assert products["name"].to_pylist() == ["鲜果一盒（合成）"]
    assert toy["merchants"]["name"][0].as_py() == "水果小院（合成）"
