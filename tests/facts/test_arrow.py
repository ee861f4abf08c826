from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa

from caopan.facts.arrow import ARROW
from caopan.facts.schema import Kind


def test_every_kind_has_one_type() -> None:
    assert set(ARROW) == set(Kind)


def test_an_instant_is_a_microsecond_in_utc() -> None:
    moment = datetime(2026, 3, 1, 11, 30, 0, 123456, tzinfo=UTC)

    assert pa.scalar(moment, ARROW[Kind.INSTANT]).as_py() == moment
