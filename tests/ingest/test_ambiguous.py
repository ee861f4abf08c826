from __future__ import annotations

import pytest

from caopan.facts.schema import TABLES
from caopan.ingest.ambiguous import ambiguity


@pytest.mark.parametrize(("header", "choices"), [
    ("场观", ("viewers", "views")), (" 场观 ", ("viewers", "views")),
    ("曝光", ("room_viewers_exposed", "room_impressions"))])
def test_a_header_of_two_meanings_asks(header: str, choices: tuple[str, ...]) -> None:
    found = ambiguity(header, table="sessions")

    assert found is not None
    assert found.choices == choices
    assert set(choices) <= set(TABLES["sessions"].names)


def test_it_asks_only_where_the_table_knows_both_meanings() -> None:
    assert ambiguity("场观", table="orders") is None
    assert ambiguity("成交金额", table="sessions") is None
