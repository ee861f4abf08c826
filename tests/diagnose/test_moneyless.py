"""A shop that sells by the unit: units are said, no money is invented."""

from __future__ import annotations

from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.everyone import everyone
from caopan.playbook.handbook import handbook
from tests.diagnose.conftest import NOW, Rows, fortnight, inputs_of

BOOK = handbook()
BY_UNIT = fortnight(viewers=(100, 120, 90, 80, 60, 70), units=(10, 12, 8, 0, 5, 7),
                    minutes=(60, 60, 60, 60, 60, 60))


def _diagnosed(rows: Rows) -> Diagnosis:
    [found] = everyone(inputs_of(rows), rules=BOOK.rules, ladder=BOOK.ladder, period=NOW)
    return found


def test_units_of_both_periods_are_said_and_what_is_missing() -> None:
    found = _diagnosed(BY_UNIT)

    assert found.change.refused is not None
    assert found.change.refused.key == "no_money"
    assert found.headline.zh == "只有件数没有金额：对比期 3 场卖 30 件，本期 3 场卖 12 件；"
    assert found.headline.en == ("Units and no amounts: 30 units in 3 sessions before, 12 in 3 "
                                 "now.")
    assert found.unknown is not None
    assert found.unknown.zh.startswith("没有金额就不拆、不估价")


def test_no_money_is_invented() -> None:
    found = _diagnosed(BY_UNIT)

    assert found.change.factors == ()
    assert found.change.interval is None
    assert all(one.prize is None for one in found.findings)
    assert (found.stage.expected, found.stage.certain) == (None, False)


def test_one_session_with_an_amount_is_diagnosed_as_before() -> None:
    rows = [{**row, "gmv": 100 if place == 0 else None} for place, row in enumerate(BY_UNIT)]

    found = _diagnosed(rows)

    assert found.change.refused is not None
    assert found.change.refused.key == "too_few_sessions"


def test_the_same_session_twice_counts_once() -> None:
    found = _diagnosed([*BY_UNIT, {**BY_UNIT[-1], "id": "again"}])

    assert "本期 3 场卖 12 件" in found.headline.zh
