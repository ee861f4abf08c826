from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import ibis
import pytest
from ibis.config import Config

from caopan.facts.schema import TABLES
from caopan.metrics.catalogue import FAMILIES, METRICS, UnknownMetricError, metric
from caopan.metrics.metric import Metric
from caopan.metrics.value import value
from caopan.units.period import Period

MINUTE = {"session_id": "s", "minute": 0, "online": 4, "entries": 3, "entries_paid": 1}
TOY = {
    "merchants": [{"merchant_id": "m", "kind": "brand", "category": "fruit",
                   "joined_on": "2026-01-01"}],
    "streamers": [{"streamer_id": "h", "merchant_id": "m"}],
    "sessions": [{"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T20:00",
                  "ended_at": "2026-03-01T22:00", "views": 100, "viewers": 80, "gmv": 5000,
                  "orders": 2, "buyers": 2, "units": 3, "currency": "CNY", "operator_id": "o"}],
    "session_minutes": [MINUTE],
    "session_products": [{"session_id": "s", "product_id": "p", "gmv": 5000, "units": 3,
                          "impressions": 9, "clicks": 2, "currency": "CNY"}],
    "orders": [{"order_id": "1", "paid_at": "2026-03-01T20:30", "created_at": "2026-03-01T20:29",
                "session_id": "s", "merchant_id": "m", "product_id": "p", "buyer_id": "b",
                "quantity": 3, "amount": 5000, "channel": "self", "currency": "CNY"}],
    "ad_spend": [{"plan_id": "a", "starts_at": "2026-03-01T20:00", "session_id": "s",
                  "spend": 700, "entries": 10, "goal": "followers", "currency": "CNY"}],
    "products": [{"product_id": "p", "merchant_id": "m", "category": "fruit"}],
    "product_channels": [{"product_id": "p", "channel": "live", "from": "2026-03-01",
                          "to": "2026-03-08", "gmv": 5000, "currency": "CNY"}],
    "followers_daily": [{"streamer_id": "h", "day": "2026-03-01", "followers": 10}],
    "providers": [{"provider_id": "v", "kind": "brand", "admitted_on": "2026-02-01"}],
    "engagements": [{"engagement_id": "e", "provider_id": "v", "merchant_id": "m",
                     "starts_on": "2026-02-01"}],
}

ONE_A_BASE = {found.base.name: name for name, found in METRICS.items()}.values()
ONE_A_SHAPE = {id(found.base.shape): name for name, found in METRICS.items()}.values()


class SparkOptions(Config):
    treat_nan_as_null: bool = False


def test_every_family_is_there_and_no_metric_is_lost() -> None:
    assert len(METRICS) == sum(len(family.metrics()) for family in FAMILIES)
    assert {found.family for found in METRICS.values()} == {
        family.FAMILY for family in FAMILIES}


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_has_both_names_and_a_formula_in_words(name: str) -> None:
    found = METRICS[name]

    for text in (found.name, found.formula, found.counted, found.source):
        assert text.zh.strip()
        assert text.en.strip()
    assert name == found.id


@pytest.mark.parametrize("name", [key for key, found in METRICS.items() if found.gmv_basis])
def test_a_metric_with_a_gmv_basis_keeps_currencies_apart(name: str) -> None:
    assert METRICS[name].money


@pytest.mark.parametrize("name", [key for key, found in METRICS.items() if found.denominator])
def test_a_formula_names_both_sides(name: str) -> None:
    assert " ÷ " in METRICS[name].formula.en


def test_every_metric_of_the_toy_world_has_a_value_and_an_empty_world_has_none(
    world: Callable[..., Any],
) -> None:
    toy, empty = world(**TOY), world()
    for found in METRICS.values():
        rows = toy.rows(value(found, toy.tables))
        assert set(rows[0] if rows else ()) <= {"currency", "value", "numerator",
                                                "denominator", "n"}, found.id
        for row in empty.rows(value(found, empty.tables)):
            assert row["value"] in (None, 0.0), found.id
            assert row["n"] == 0, found.id


@pytest.mark.parametrize("name", ONE_A_BASE)
def test_the_rows_of_every_base_can_be_grouped_in_every_way_that_they_allow(
    world: Callable[..., Any], name: str,
) -> None:
    toy = world(**TOY)
    found = METRICS[name]

    (row,) = toy.rows(value(found, toy.tables, by=found.groups)) or [dict.fromkeys(found.groups)]

    assert set(found.groups) <= set(row)


@pytest.mark.parametrize("name", ONE_A_SHAPE)
def test_a_grouping_reaches_what_it_needs_by_itself(
    world: Callable[..., Any], name: str,
) -> None:
    toy = world(**TOY)
    found = METRICS[name]

    for group in found.groups:
        assert group in value(found, toy.tables, by=(group,)).columns


@pytest.mark.parametrize("name", ONE_A_BASE)
def test_every_base_can_be_said_to_spark(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The expression compiles for another engine, divisions cast and guarded."""
    # What the Spark engine itself sets when it is installed.
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    kinds = {"text": "string", "count": "int64", "number": "float64", "money": "int64",
             "instant": "timestamp('UTC', 6)", "day": "date", "flag": "boolean",
             "words": "string", "choice": "string"}
    tables = {key: ibis.table({column.name: kinds[column.kind] for column in table.columns},
                              name=key) for key, table in TABLES.items()}
    found = METRICS[name]
    month = Period(start=date(2026, 3, 1), end=date(2026, 4, 1))

    said = str(ibis.to_sql(value(found, tables, by=found.groups[:3], period=month,
                                 as_of=datetime(2026, 5, 1, tzinfo=UTC)), dialect="pyspark"))

    assert "SELECT" in said
    assert (" / NULLIF(" in said) >= (found.denominator is not None)


def test_an_unknown_id_names_the_nearest_ones() -> None:
    with pytest.raises(UnknownMetricError) as refusal:
        metric("enter_rat")

    assert "enter_rate" in refusal.value.message.advise("en")
    assert refusal.value.message.say("zh") == "没有指标 enter_rat"


def test_names_are_told_apart() -> None:
    for language in ("zh", "en"):
        names = [getattr(found, language) for found in METRICS.values()]
        assert len(names) == len(set(names))


def test_a_known_metric_is_returned() -> None:
    assert isinstance(metric("gmv_gross"), Metric)
