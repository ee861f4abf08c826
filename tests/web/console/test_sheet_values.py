from __future__ import annotations

import pytest

from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import item_written
from caopan.plan.sheet_words import FIELD_WORDS
from caopan.units.message import Language
from caopan.web.console.sheet_values import offset, said, titles_of
from tests.web.console.test_sheet_form import FULL


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_of_a_full_item_is_said(language: Language) -> None:
    told = item_written(FULL, "CNY")
    titles = titles_of((Item(id="b", type=ItemType.QA, title="答疑", seconds=1),))

    words = {name: said(name, value, language=language, titles=titles)
             for name, value in told.items()}

    assert set(told) <= set(FIELD_WORDS)
    assert words["fallback_id"] == "答疑"
    assert words["stock_batches"] == "30 + 20 (在线≥500) 🔒"
    assert words["seconds"] == "10:30"
    assert "1000.00 / 2000.00 / 3000.00" in words["target"]
    assert not any("None" in one or "{" in one for one in words.values())


def test_what_is_not_said_is_a_dash() -> None:
    empty = item_written(Item(id="a", type=ItemType.QA, title="问", seconds=60), "CNY")

    assert {name for name, value in empty.items() if said(name, value, language="zh") != "—"} == {
        "id", "type", "title", "seconds", "optional"}
    assert RunSheet().items == ()


def test_an_offset_of_less_than_half_a_second_is_none() -> None:
    assert [offset(one) for one in (0.4, -0.4, 59.6, -3600)] == ["0:00", "0:00", "+1:00",
                                                                "−1:00:00"]
