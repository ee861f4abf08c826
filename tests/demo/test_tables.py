from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from caopan.demo.label import SYNTHETIC
from caopan.facts.arrow import ARROW
from caopan.facts.schema import NULLABLE_REQUIRED, TABLES, Kind

MADE = [name for name in TABLES if name != "product_channels"]


@pytest.mark.parametrize("name", MADE)
def test_every_table_has_rows_and_the_types_of_the_schema(
    toy: dict[str, pa.Table], name: str,
) -> None:
    table = toy[name]

    assert table.num_rows > 0
    for field in table.schema:
        assert field.type == ARROW[TABLES[name].column(field.name).kind], field.name


@pytest.mark.parametrize("name", MADE)
def test_every_column_of_the_schema_comes_and_required_cells_are_filled(
    toy: dict[str, pa.Table], name: str,
) -> None:
    table, schema = toy[name], TABLES[name]

    missing = {column.name for column in schema.columns} - set(table.column_names)
    assert missing <= {"streamer_id"}
    for column in schema.columns:
        if column.required and (name, column.name) not in NULLABLE_REQUIRED:
            assert table[column.name].null_count == 0, column.name


@pytest.mark.parametrize("name", MADE)
def test_keys_are_unique(
    toy: dict[str, pa.Table], town: dict[str, pa.Table], name: str,
) -> None:
    for world in (toy, town):
        keys = world[name].select(TABLES[name].key)
        assert keys.group_by(keys.column_names).aggregate([]).num_rows == keys.num_rows


@pytest.mark.parametrize("name", MADE)
def test_values_lie_within_their_kind(
    toy: dict[str, pa.Table], name: str,
) -> None:
    for column in TABLES[name].columns:
        if column.name not in toy[name].column_names:
            continue
        values = toy[name][column.name]
        if column.kind in {Kind.COUNT, Kind.MONEY, Kind.NUMBER}:
            assert pc.min(values).as_py() >= 0, column.name
        if column.choices:
            assert set(pc.unique(values).to_pylist()) <= {*column.choices, None}, column.name
        if column.kind is Kind.NUMBER:
            assert pc.all(pc.is_finite(values.drop_null())).as_py()


def test_every_name_and_title_carries_the_synthetic_label(
    toy: dict[str, pa.Table], town: dict[str, pa.Table],
) -> None:
    for world in (toy, town):
        for table, column in (("merchants", "name"), ("streamers", "name"), ("products", "name"),
                              ("providers", "name"), ("operators", "name"), ("belts", "name"),
                              ("sessions", "title")):
            ends = pc.ends_with(world[table][column], SYNTHETIC)
            assert pc.all(ends).as_py(), (table, column)


@pytest.mark.parametrize(("table", "column", "of"), [
    ("sessions", "streamer_id", "streamers"), ("sessions", "merchant_id", "merchants"),
    ("sessions", "engagement_id", "engagements"), ("sessions", "operator_id", "operators"),
    ("orders", "session_id", "sessions"), ("orders", "product_id", "products"),
    ("session_minutes", "session_id", "sessions"), ("ad_spend", "session_id", "sessions"),
    ("session_products", "product_id", "products"), ("products", "belt_id", "belts"),
    ("engagements", "provider_id", "providers"), ("engagements", "merchant_id", "merchants"),
    ("planned_products", "session_id", "planned_sessions"),
    ("planned_sessions", "streamer_id", "streamers"), ("videos", "streamer_id", "streamers"),
    ("streamers", "merchant_id", "merchants"), ("streamers", "provider_id", "providers"),
])
def test_every_reference_is_answered(
    town: dict[str, pa.Table], table: str, column: str, of: str,
) -> None:
    named = set(pc.unique(town[table][column].drop_null()).to_pylist())

    assert named
    assert named <= set(town[of][TABLES[of].key[0]].to_pylist())


def test_products_sold_belong_to_the_merchant_of_the_show(town: dict[str, pa.Table]) -> None:
    owner = dict(zip(*(town["products"][c].to_pylist() for c in ("product_id", "merchant_id")),
                     strict=True))

    orders = town["orders"].slice(0, 20_000)
    assert [owner[p] for p in orders["product_id"].to_pylist()] == orders["merchant_id"].to_pylist()


def test_shows_without_a_cart_have_null_sales_and_not_zero(town: dict[str, pa.Table]) -> None:
    sessions = town["sessions"]
    blank = sessions.filter(sessions["gmv"].is_null())

    assert 0.01 < blank.num_rows / sessions.num_rows < 0.03
    assert pc.min(blank["views"]).as_py() >= 0
    for column in ("orders", "units", "buyers", "product_clicks", "refund_amount"):
        assert blank[column].null_count == blank.num_rows


def test_false_starts_are_short_and_sell_nothing(town: dict[str, pa.Table]) -> None:
    sessions = town["sessions"]
    seconds = pc.divide(pc.subtract(sessions["ended_at"], sessions["started_at"]).cast("int64"),
                        1_000_000)
    short = sessions.filter(pc.less(seconds, 60))

    assert short.num_rows > 30
    assert pc.sum(short["gmv"]).as_py() == 0


def test_the_plan_lies_after_the_history_and_knows_its_cost(town: dict[str, pa.Table]) -> None:
    last = pc.max(town["sessions"]["started_at"]).as_py()

    assert pc.min(town["planned_sessions"]["started_at"]).as_py() > last
    assert pc.min(town["planned_products"]["unit_cost"]).as_py() > 0
    listed = town["planned_products"].group_by("session_id").aggregate([("product_id", "count")])
    planned = dict(zip(*(town["planned_sessions"][c].to_pylist()
                         for c in ("session_id", "planned_products")), strict=True))
    assert {s: planned[s] for s in listed["session_id"].to_pylist()} == dict(
        zip(*(listed[c].to_pylist() for c in ("session_id", "product_id_count")), strict=True))


def test_followers_go_on_from_show_to_show_and_day_to_day(town: dict[str, pa.Table]) -> None:
    sessions = town["sessions"]
    host = sessions["streamer_id"].to_numpy(zero_copy_only=False)
    order = np.lexsort((sessions["started_at"].to_numpy(), host))
    host = host[order]
    start, new, lost = (sessions[c].to_numpy()[order]
                        for c in ("followers_at_start", "new_followers", "lost_followers"))

    same = host[1:] == host[:-1]
    assert (start[1:] == start[:-1] + new[:-1] - lost[:-1])[same].all()
    daily = town["followers_daily"].sort_by([("streamer_id", "ascending"), ("day", "ascending")])
    final = dict(zip(*(daily[c].to_pylist() for c in ("streamer_id", "followers")), strict=True))
    last = np.append(~same, True)
    assert [final[h] for h in host[last]] == (start + new - lost)[last].tolist()


def test_planned_shows_start_from_the_last_followers(town: dict[str, pa.Table]) -> None:
    daily = town["followers_daily"].sort_by([("streamer_id", "ascending"), ("day", "ascending")])
    final = dict(zip(*(daily[c].to_pylist() for c in ("streamer_id", "followers")), strict=True))

    plan = town["planned_sessions"]
    assert [final[h] for h in plan["streamer_id"].to_pylist()] == plan[
        "followers_at_start"].to_pylist()
