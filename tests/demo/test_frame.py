from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from caopan.demo.frame import frame, ids, midnight_microseconds, number, words
from caopan.facts.arrow import ARROW
from caopan.facts.schema import Kind


def test_columns_take_the_order_and_types_of_the_schema() -> None:
    made = frame("belts", {"name": ["带"], "belt_id": ids("t", np.array([3]))})

    assert made.column_names == ["belt_id", "name"]
    assert made.to_pylist() == [{"belt_id": "t00003", "name": "带"}]


def test_every_kind_has_an_arrow_type() -> None:
    assert set(ARROW) == set(Kind)


def test_a_column_the_schema_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        frame("belts", {"belt_id": ["t1"], "colour": ["red"]})


def test_the_business_day_begins_at_four_in_the_afternoon_utc() -> None:
    zero = midnight_microseconds(date(2026, 5, 1))

    assert datetime.fromtimestamp(zero / 1e6, UTC) == datetime(2026, 4, 30, 16, tzinfo=UTC)


def test_absent_values_are_null_and_not_zero() -> None:
    absent = np.array([True, False])

    assert number(np.array([0, 0]), absent=absent).to_pylist() == [None, 0]
    assert ids("m", np.array([-1, 2]), absent=absent).to_pylist() == [None, "m00002"]
    assert words(("a", "b"), np.array([0, 1]), absent=absent).to_pylist() == [None, "b"]


def test_days_and_instants_come_from_whole_numbers() -> None:
    made = frame("followers_daily", {"streamer_id": ["h1"], "day": np.array([1])})

    assert made.schema.field("day").type == pa.date32()
    assert made["day"].to_pylist() == [date(1970, 1, 2)]
