from __future__ import annotations

from caopan.playbook.vocabulary import (
    PLACEHOLDERS,
    READINGS,
    catalogue_metric,
    known_ids,
    placeholders,
)
from caopan.units.unit import Unit

FACTORS = """sessions hours_per_session impressions_per_hour views_per_hour viewers_per_session
enter_rate prod_expo_rate prod_ctr_expo click_pay_rate view_pay_rate units_per_view orders_per_view
orders_per_hour orders_per_buyer gmv_per_unit gmv_per_order aov mix price""".split()


def test_every_factor_of_an_identity_is_a_reading() -> None:
    assert [factor for factor in FACTORS if factor not in READINGS] == []


def test_a_reading_has_the_unit_its_name_says() -> None:
    assert READINGS["aov"].unit is Unit.MONEY
    assert READINGS["enter_rate"].unit is Unit.RATIO
    assert READINGS["viewers_per_session"].unit is Unit.PEOPLE
    assert READINGS["avg_watch_s"].unit is Unit.SECONDS


def test_metrics_of_the_catalogue_may_be_named_too() -> None:
    metric = catalogue_metric("refund_rate_7")

    assert metric is not None
    assert metric.id in known_ids()


def test_a_reading_shared_with_the_catalogue_has_its_name_and_unit() -> None:
    shared = {id_: catalogue_metric(id_) for id_ in READINGS}

    assert {id_: (metric.name, metric.unit) for id_, metric in shared.items() if metric} == {
        id_: (READINGS[id_].name, READINGS[id_].unit) for id_, metric in shared.items() if metric
    }


def test_under_level_no_comparison_can_be_named() -> None:
    assert placeholders(level=False) == PLACEHOLDERS
    assert not {"comparison", "change", "n_comparison"} & set(placeholders(level=True))
