"""A shop that sells by the unit: diagnosed in units, and no money is invented."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.everyone import everyone
from caopan.diagnose.inputs import Inputs, MetricTable
from caopan.diagnose.moneyless import parted
from caopan.playbook.handbook import handbook
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from tests.diagnose.conftest import NOW, Rows, fortnight, inputs_of

BOOK = handbook()
BY_UNIT = fortnight(viewers=(100, 120, 90, 80, 60, 70), units=(10, 12, 8, 0, 5, 7),
                    minutes=(60, 60, 60, 60, 60, 60))
BY_MONEY = [{**row, "who": 1, "gmv": 2_000, "id": f"m{place}"}
            for place, row in enumerate(BY_UNIT)]


def _all(inputs: Inputs, *, against: str = "previous") -> list[Diagnosis]:
    return everyone(inputs, rules=BOOK.rules, ladder=BOOK.ladder, period=NOW, against=against)


def _diagnosed(rows: Rows) -> Diagnosis:
    [found] = _all(inputs_of(rows))
    return found


def _amounts(found: Diagnosis) -> dict[str, int]:
    return {factor.id: factor.amount for factor in found.change.factors}


def test_half_the_viewers_who_buy_half_as_often_cost_nine_units_each() -> None:
    """Worked by hand: 24 to 6 units is L(24, 6) ln 2 = 18 / ln 4 x ln 2 = 9 for each halving."""
    found = _diagnosed(fortnight(viewers=(100, 100, 100, 50, 50, 50), units=(8, 8, 8, 2, 2, 2),
                                 minutes=(60, 60, 60, 60, 60, 60)))

    assert (found.change.before, found.change.after) == (24, 6)
    assert _amounts(found) == {"sessions": 0, "hours_per_session": 0, "viewers_per_hour": -9,
                               "units_per_viewer": -9}
    assert (found.change.measure, found.change.unit) == ("units", Unit.UNITS)
    assert found.change.formula.en == (
        "units = sessions × hours per session × viewers an hour × units per viewer")


def test_twice_the_sessions_make_up_for_one_of_two_halvings() -> None:
    """24 to 12 units is 12 for each doubling or halving: + 12 - 12 - 12 = - 12."""
    quiet = [{"at": f"2026-03-{day}T19:30", "viewers": 50, "units": 2, "minutes": 60}
             for day in (17, 20, 24)]

    found = _diagnosed([*fortnight(viewers=(100, 100, 100, 50, 50, 50), units=(8, 8, 8, 2, 2, 2),
                                   minutes=(60,) * 6), *quiet])

    assert _amounts(found) == {"sessions": 12, "hours_per_session": 0, "viewers_per_hour": -12,
                               "units_per_viewer": -12}


@pytest.mark.parametrize(("lacking", "identity", "factors"), [
    ((), "time_viewers", ["sessions", "hours_per_session", "viewers_per_hour",
                          "units_per_viewer"]),
    (("minutes",), "viewers_units", ["sessions", "viewers_per_session", "units_per_viewer"]),
    (("viewers",), "hours", ["sessions", "hours_per_session", "units_per_hour"]),
    (("viewers", "minutes"), "sessions", ["sessions", "units_per_session"]),
])
def test_the_columns_that_are_there_choose_the_identity(
    lacking: tuple[str, ...], identity: str, factors: list[str],
) -> None:
    found = _diagnosed([{name: value for name, value in row.items() if name not in lacking}
                        for row in BY_UNIT])

    assert found.change.identity == identity
    assert list(_amounts(found)) == factors
    assert sum(_amounts(found).values()) == -18


def test_units_at_one_price_are_split_as_their_money_is() -> None:
    """At one yuan a unit the amounts, the ranges and the verdict are those of the money."""
    counts = {"views": (900, 1100, 1000, 500, 700, 600), "units": (90, 130, 95, 40, 75, 52),
              "minutes": (60, 90, 60, 75, 60, 80)}
    units = _diagnosed(fortnight(**counts)).change
    money = _diagnosed(fortnight(**counts, gmv=[100 * sold for sold in counts["units"]])).change

    assert (units.before, units.after) == (money.before / 100, money.after / 100)
    assert units.interval is not None
    assert money.interval is not None
    assert units.interval.low == pytest.approx(money.interval.low / 100)
    assert units.verdict is money.verdict
    assert [factor.id for factor in money.factors] == [
        *(factor.id for factor in units.factors), "gmv_per_unit"]
    for counted, priced in zip(units.factors, money.factors, strict=False):
        assert counted.amount == pytest.approx(priced.amount / 100, abs=1)
        assert counted.p_value == (None if priced.p_value is None
                                   else pytest.approx(priced.p_value))


def test_no_money_is_invented() -> None:
    found = _diagnosed(BY_UNIT)

    assert all(one.prize is None and one.signal.prize is None for one in found.findings)
    assert found.figures["gmv"] is None
    assert found.figures["units"] == 12
    assert (found.stage.rung, found.stage.monthly_gmv, found.stage.expected) == (None, None, None)
    assert found.stage.limits == ()
    assert [note.key for note in found.notes] == ["no_money"]
    assert not any("¥" in text for text in (found.headline.zh, found.headline.en))


def test_the_sentence_is_in_units() -> None:
    found = _diagnosed(BY_UNIT)

    assert found.headline.zh.startswith("比对比期少卖 18 件")
    assert found.headline.en.startswith("Sales fell by 18 units")


def test_what_is_at_stake_is_units_and_ranks_the_findings() -> None:
    rows = [{"at": f"2026-03-{day:02}T19:30", "viewers": 400 + 7 * day, "units": 40 + day % 5,
             "minutes": 60} for day in range(1, 15)]
    rows += [{"at": f"2026-03-{day}T19:30", "viewers": 150 + 7 * day, "units": 15 + day % 5,
              "minutes": 60} for day in (15, 17, 19, 21, 23)]

    found = _diagnosed(rows)

    stakes = [abs(one.units_at_stake.mid) for one in found.findings if one.units_at_stake]
    assert {one.rule for one in found.findings} >= {"schedule_fewer_sessions"}
    assert len(stakes) >= 2
    assert stakes == sorted(stakes, reverse=True)
    assert max(stakes) < found.change.before


def test_fewer_than_three_sessions_a_side_are_not_split() -> None:
    found = _diagnosed(BY_UNIT[1:])

    assert found.change.refused is not None
    assert found.change.refused.key == "too_few_sessions"
    assert found.headline.zh == "对比期卖 20 件，本期卖 12 件；"


def test_a_session_that_holds_half_of_a_side_is_named_with_its_units() -> None:
    found = _diagnosed([*BY_UNIT[:5], {**BY_UNIT[5], "units": 70}])

    [flag] = found.change.flags[-1:]
    assert flag.key == "one_session_dominates"
    assert "去掉它，变化是 −25 件" in flag.say("zh")


def test_one_session_with_an_amount_is_diagnosed_in_money() -> None:
    rows = [{**row, "gmv": 100 if place == 0 else None} for place, row in enumerate(BY_UNIT)]

    found = _diagnosed(rows)

    assert found.change.measure == "gmv"
    assert found.change.refused is not None
    assert found.change.refused.key == "too_few_sessions"


def test_the_same_session_twice_counts_once_and_a_blank_one_is_set_apart() -> None:
    found = _diagnosed([*BY_UNIT, {**BY_UNIT[-1], "id": "again"},
                        {**BY_UNIT[-1], "at": "2026-03-25T19:30", "units": None}])

    assert (found.change.n_after, found.change.after) == (3, 12)
    assert {note.key for note in found.notes} == {"no_money", "apart_twin", "apart_no_units"}


def test_a_shop_with_money_beside_it_is_diagnosed_as_if_alone() -> None:
    together = _all(inputs_of([*BY_UNIT, *BY_MONEY], names=("by unit", "by money")))
    [alone] = _all(inputs_of([{**row, "who": 0} for row in BY_MONEY]))

    assert [one.change.measure for one in together] == ["units", "gmv"]
    assert replace(together[1], subject=alone.subject) == alone


def test_shops_that_count_units_are_peers_of_each_other_alone() -> None:
    names = [f"room {place}" for place in range(7)]
    rows = [{**row, "who": who, "id": f"{who}-{place}", "viewers": row["viewers"] * (who + 1)}
            for who in range(6) for place, row in enumerate(BY_UNIT)]
    priced = [{**row, "who": 6, "id": f"p{place}"} for place, row in enumerate(BY_MONEY)]

    found = _all(inputs_of([*rows, *priced], names=names), against="peers")

    assert [one.change.refused is None for one in found] == [True] * 6 + [False]
    assert all(sum(_amounts(one).values()) == one.change.after - one.change.before
               for one in found[:6])


def test_a_metric_of_the_catalogue_keeps_its_values_and_has_no_price() -> None:
    pairs = np.array([[4.0, 9.0], [4.0, 9.0]])
    table = MetricTable(metric="refund_rate_7", numerator=pairs, denominator=10 * pairs, n=pairs,
                        clusters=pairs, moments=(pairs, pairs, pairs), cost=True)
    inputs = replace(inputs_of([*BY_UNIT, *BY_MONEY], names=("a", "b")), metrics=(table,))

    found = {part.inputs.sessions.measure.id: part.inputs for part in parted(inputs)}

    assert found["units"].metrics[0].numerator.tolist() == [[4.0, 9.0]]
    assert all(one.prize is None for one in _all(inputs)[0].findings)


def test_nothing_is_copied_where_every_shop_has_money() -> None:
    inputs = inputs_of([{**row, "who": 0} for row in BY_MONEY])

    [part] = parted(inputs)

    assert part.inputs is inputs


def test_the_open_factors_of_an_ordinary_fall_are_left_open() -> None:
    found = _diagnosed(BY_UNIT)

    assert found.change.verdict is Verdict.CANNOT_TELL
    assert found.unknown is not None
    assert "说不清" in found.unknown.zh
