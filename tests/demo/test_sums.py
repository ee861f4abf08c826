from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest


def by_session(table: pa.Table, columns: list[str], key: str = "session_id") -> dict[str, tuple]:
    sums = table.group_by(key).aggregate([(column, "sum") for column in columns])
    rows = zip(*(sums[f"{column}_sum"].to_pylist() for column in columns), strict=True)
    return dict(zip(sums[key].to_pylist(), rows, strict=True))


def counted(world: dict[str, pa.Table]) -> pa.Table:
    orders = world["orders"]
    return orders.filter(pc.and_(orders["paid_at"].is_valid(),
                                 pc.not_equal(orders["order_kind"], "lottery")))


@pytest.mark.parametrize("world", ["toy", "town"])
def test_minutes_add_up_to_their_show(world: str, request: pytest.FixtureRequest) -> None:
    drawn = request.getfixturevalue(world)
    pairs = {"entries": "views", "entries_private": "private_views",
             "entries_public": "public_views", "entries_paid": "paid_views",
             "clicks": "product_clicks", "orders": "orders", "units": "units", "gmv": "gmv",
             "ad_spend": "ad_spend", "comments": "comments"}

    minutes = by_session(drawn["session_minutes"], list(pairs))

    sessions = drawn["sessions"].select(["session_id", *pairs.values()]).to_pylist()
    assert minutes == {row["session_id"]: tuple(row[name] for name in pairs.values())
                       for row in sessions}


@pytest.mark.parametrize("world", ["toy", "town"])
def test_products_add_up_to_their_show(world: str, request: pytest.FixtureRequest) -> None:
    drawn = request.getfixturevalue(world)
    pairs = {"impressions": "product_impressions", "clicks": "product_clicks", "orders": "orders",
             "units": "units", "gmv": "gmv", "refund_amount": "refund_amount"}

    products = by_session(drawn["session_products"], list(pairs))

    sessions = drawn["sessions"].select(["session_id", *pairs.values()]).to_pylist()
    nothing = {(0,) * 6, (None,) * 6}
    assert products == {row["session_id"]: values for row in sessions
                        if (values := tuple(row[n] for n in pairs.values())) not in nothing
                        or row["session_id"] in products}


@pytest.mark.parametrize("world", ["toy", "town"])
def test_orders_add_up_to_their_show(world: str, request: pytest.FixtureRequest) -> None:
    drawn = request.getfixturevalue(world)
    orders = counted(drawn)
    sums = by_session(orders, ["quantity", "amount", "refund_amount"])
    number = orders.group_by("session_id").aggregate(
        [("order_id", "count"), ("buyer_id", "count_distinct")])
    counts = dict(zip(number["session_id"].to_pylist(), zip(
        number["order_id_count"].to_pylist(), number["buyer_id_count_distinct"].to_pylist(),
        strict=True), strict=True))

    for row in drawn["sessions"].to_pylist():
        expected = (row["units"], row["gmv"], row["refund_amount"])
        assert sums.get(row["session_id"], (0, 0, 0)) == tuple(v or 0 for v in expected)
        assert counts.get(row["session_id"], (0, 0)) == (row["orders"] or 0, row["buyers"] or 0)


def test_orders_add_up_to_their_product_of_the_show(toy: dict[str, pa.Table]) -> None:
    orders = counted(toy)
    sums = orders.group_by(["session_id", "product_id"]).aggregate(
        [("quantity", "sum"), ("amount", "sum"), ("refund_amount", "sum"), ("order_id", "count")])
    got = {(r["session_id"], r["product_id"]): (
        r["quantity_sum"], r["amount_sum"], r["refund_amount_sum"], r["order_id_count"])
        for r in sums.to_pylist()}

    sold = {(r["session_id"], r["product_id"]): (
        r["units"], r["gmv"], r["refund_amount"], r["orders"])
        for r in toy["session_products"].to_pylist() if r["orders"]}
    assert got == sold


def test_spend_rows_add_up_to_their_show(town: dict[str, pa.Table]) -> None:
    spent = by_session(town["ad_spend"], ["spend", "entries"])

    for row in town["sessions"].to_pylist():
        assert spent.get(row["session_id"], (0, 0)) == (row["ad_spend"], row["paid_views"]) or (
            row["ad_spend"] == 0)


def test_each_step_of_the_funnel_is_within_the_one_before(town: dict[str, pa.Table]) -> None:
    wide = [("room_impressions", "room_viewers_exposed"), ("room_impressions", "views"),
            ("room_viewers_exposed", "viewers"), ("views", "viewers"),
            ("viewers", "product_viewers"), ("product_viewers", "product_clickers"),
            ("product_impressions", "product_viewers"), ("product_impressions", "product_clicks"),
            ("product_clicks", "product_clickers"), ("product_clickers", "buyers"),
            ("product_clicks", "orders"), ("orders", "buyers"), ("units", "orders"),
            ("gmv", "refund_amount"), ("peak_online", "avg_online"), ("viewers", "new_followers")]
    for more, fewer in wide:
        assert pc.all(pc.greater_equal(town["sessions"][more], town["sessions"][fewer])).as_py(), (
            more, fewer)
    for more, fewer in (("impressions", "clicks"), ("clicks", "orders"), ("units", "orders")):
        table = town["session_products"]
        assert pc.all(pc.greater_equal(table[more], table[fewer])).as_py(), (more, fewer)
    assert pc.all(pc.greater_equal(town["session_minutes"]["clicks"],
                                   town["session_minutes"]["orders"])).as_py()


def test_average_online_and_watch_time_follow_from_the_minutes(toy: dict[str, pa.Table]) -> None:
    minutes = toy["session_minutes"].group_by("session_id").aggregate(
        [("online", "mean"), ("online", "max"), ("online", "sum")])
    watched = {r["session_id"]: r for r in minutes.to_pylist()}

    for row in toy["sessions"].to_pylist():
        made = watched[row["session_id"]]
        assert row["avg_online"] == pytest.approx(made["online_mean"])
        assert row["peak_online"] == made["online_max"]
        if row["viewers"]:
            assert row["avg_watch_seconds"] * row["viewers"] == pytest.approx(
                made["online_sum"] * 60)


def test_a_product_is_sold_out_exactly_when_its_stock_is_gone(town: dict[str, pa.Table]) -> None:
    line = town["session_products"].filter(town["session_products"]["stock_planned"].is_valid())
    gone = pc.equal(line["units"], line["stock_planned"])

    assert pc.all(pc.less_equal(line["units"], line["stock_planned"])).as_py()
    assert gone.to_pylist() == line["sold_out_at"].is_valid().to_pylist()
    assert 0.05 < np.mean(gone.to_pylist()) < 0.25


def test_amounts_are_price_times_quantity_and_refunds_within_them(toy: dict[str, pa.Table]) -> None:
    price = {(r["session_id"], r["product_id"]): r["live_price"]
             for r in toy["session_products"].to_pylist()}

    for row in counted(toy).to_pylist():
        assert row["amount"] == price[row["session_id"], row["product_id"]] * row["quantity"]
        assert 0 <= row["refund_amount"] <= row["amount"]
        assert (row["refunded_at"] is None) == (row["refund_amount"] == 0)


def test_orders_are_made_and_paid_within_their_show(town: dict[str, pa.Table]) -> None:
    sessions = {r["session_id"]: r for r in town["sessions"].select(
        ["session_id", "started_at", "ended_at"]).to_pylist()}

    for row in town["orders"].slice(0, 20_000).to_pylist():
        show = sessions[row["session_id"]]
        assert show["started_at"] <= row["created_at"]
        if row["paid_at"] is not None:
            assert row["created_at"] <= row["paid_at"] < show["ended_at"]


def test_nothing_happens_after_the_history_ends(town: dict[str, pa.Table]) -> None:
    end = pc.max(town["sessions"]["refund_as_of"]).as_py()

    for table, column in (("orders", "paid_at"), ("orders", "refunded_at"),
                          ("sessions", "ended_at"), ("videos", "published_at")):
        assert pc.max(town[table][column]).as_py() < end


def test_new_to_shop_marks_exactly_the_first_order_of_a_buyer(town: dict[str, pa.Table]) -> None:
    paid = town["orders"].filter(town["orders"]["paid_at"].is_valid())
    order = pc.sort_indices(paid, [("merchant_id", "ascending"), ("buyer_id", "ascending"),
                                   ("paid_at", "ascending"), ("new_to_shop", "descending")])
    buyer = paid["buyer_id"].take(order).to_numpy(zero_copy_only=False)
    when = paid["paid_at"].take(order).to_numpy()
    new = paid["new_to_shop"].take(order).to_numpy(zero_copy_only=False).astype(bool)

    first = np.append(True, buyer[1:] != buyer[:-1])
    tied = np.append(False, when[1:] == when[:-1])
    assert (new == first)[~tied].all()
    assert new.sum() == first.sum()


def test_unpaid_orders_and_lotteries_stand_beside_the_sales(town: dict[str, pa.Table]) -> None:
    orders = town["orders"]
    unpaid = orders.filter(orders["paid_at"].is_null())
    lottery = orders.filter(pc.equal(orders["order_kind"], "lottery"))

    assert 0.06 < unpaid.num_rows / orders.num_rows < 0.11
    assert unpaid["new_to_shop"].null_count == unpaid.num_rows
    assert lottery.num_rows > 500
    assert pc.sum(lottery["amount"]).as_py() == 0


def test_talents_distribute_and_shops_sell_themselves(town: dict[str, pa.Table]) -> None:
    talents = town["streamers"].filter(pc.equal(town["streamers"]["kind"], "talent"))
    orders = town["orders"]
    sold = orders.filter(pc.equal(orders["channel"], "distributed"))

    assert sold.num_rows > 1_000
    assert set(pc.unique(sold["streamer_id"]).to_pylist()) <= set(
        talents["streamer_id"].to_pylist())


def test_a_buyer_lives_in_one_province(toy: dict[str, pa.Table]) -> None:
    homes = toy["orders"].group_by("buyer_id").aggregate([("province", "count_distinct")])

    assert pc.max(homes["province_count_distinct"]).as_py() == 1
