"""The waterfall, the response curve and the evidence dots: amounts with their ranges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caopan.diagnose.diagnosis import Factor
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from caopan.web.console.chart.evidence import EvidenceDots, Session, Side
from caopan.web.console.chart.response import Point, Response, Trial
from caopan.web.console.chart.state import EMPTY
from caopan.web.console.chart.waterfall import End, NotAddingUpError, Waterfall

TITLE = Text(zh="图", en="Chart")


def factor(name: str, amount: int, *, supported: bool) -> Factor:
    return Factor(id=name, name=Text(zh=name, en=name), unit=Unit.COUNT, before=10, after=12,
                  amount=amount, p_value=None,
                  interval=Interval(low=amount - 50_00, mid=amount, high=amount + 50_00, level=0.8),
                  verdict=Verdict.SUPPORTED if supported else Verdict.CANNOT_TELL)


def end(minor: int, zh: str, en: str) -> End:
    return End(minor=minor, name=Text(zh=zh, en=en), note=Text(zh="3 场", en="3 sessions"))


FALL = Waterfall(title=TITLE, unit=Unit.MONEY, before=end(1000_00, "计划", "Plan"),
                 after=end(900_00, "实际", "Actual"),
                 factors=(factor("traffic", -150_00, supported=True),
                          factor("price", 50_00, supported=False)))


def test_bars_add_up_exactly_from_total_to_total() -> None:
    assert FALL.ladder("zh").left_over == 0
    assert [row[3] for row in FALL.twin(language="zh").rows] == ["¥1,000", "−¥150", "+¥50", "¥900"]


def test_a_waterfall_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(NotAddingUpError) as refused:
        replace(FALL, after=end(900_01, "实际", "Actual"))

    assert refused.value.left_over == 1


def test_a_waterfall_that_is_not_drawn_need_not_add_up() -> None:
    assert replace(FALL, factors=(), state=EMPTY).factors == ()


def test_what_cannot_be_told_is_hatched_and_said() -> None:
    drawing = FALL.drawing(language="en", key="w")

    assert drawing.count('class="b loss"') == 1
    assert drawing.count('class="b unknown"') == 1
    assert "price +¥50 (Cannot tell)" in FALL.summary(language="en")
    assert [row.tone for row in FALL.rows(language="en").rows] == [
        "total", "loss", "unknown", "total"]


def test_a_broken_axis_is_drawn_and_said() -> None:
    whole = replace(FALL, after=end(100_00, "实际", "Actual"),
                    factors=(factor("traffic", -900_00, supported=True),))

    assert 'class="paper"' in FALL.drawing(language="zh", key="w")
    assert FALL.summary(language="zh").endswith("。轴自 ¥780 起。")
    assert 'class="paper"' not in whole.drawing(language="zh", key="w")
    assert "轴自" not in whole.summary(language="zh")


def test_the_totals_are_named_in_the_reader_s_language() -> None:
    assert "Plan" in FALL.drawing(language="en", key="w")
    assert "计划" in FALL.drawing(language="zh", key="w")


def result(mid: float) -> Interval:
    return Interval(low=mid - 10_00, mid=mid, high=mid + 10_00, level=0.8)


CURVE = Response(
    title=TITLE, unit=Unit.MONEY, seen=((50_00, 400_00),),
    points=tuple(Point(spend=spend, result=result(300_00 + spend))
                 for spend in (0, 100_00, 200_00)),
    trials=(Trial(spend=0, result=result(310_00), n=5), Trial(spend=100_00, result=result(395_00),
                                                              n=4)),
    chosen=Point(spend=60_00, result=result(360_00)))


def test_beyond_the_largest_trial_the_curve_is_extrapolated() -> None:
    assert CURVE.tried_to == 100_00
    assert [row[4] for row in CURVE.twin(language="en").rows] == [
        "curve", "curve", "extrapolated", "drawn trial", "drawn trial", "chosen by hand"]
    assert CURVE.summary(language="zh") == (
        "投 ¥60，预计 ¥350–370 (80%)。9 场抽签撑起曲线，最高试到 ¥100，再往右是外推。")


def test_the_client_gets_low_middle_and_high_of_every_point() -> None:
    data = CURVE.data(language="en")

    assert data["points"][1] == [100_00, 390_00, 400_00, 410_00]
    assert data["trials"][1] == [100_00, 385_00, 395_00, 405_00, 4]
    assert data["chosen"] == [[60_00, 350_00, 360_00, 370_00]]


def test_a_curve_names_only_what_it_has() -> None:
    bare = replace(CURVE, trials=(), seen=(), chosen=None)

    assert [one.label for one in bare.keys(language="en")] == ["curve"]
    assert len(CURVE.keys(language="zh")) == 4


DOTS = EvidenceDots(
    title=TITLE, unit=Unit.COUNT, marked=Text(zh="晚开播", en="late"),
    before=Side(name=Text(zh="前", en="before"), mean=Interval(low=9, mid=10, high=11, level=0.8),
                sessions=(Session(day=date(2026, 11, 1), value=10),)),
    after=Side(name=Text(zh="后", en="after"), mean=None,
               sessions=(Session(day=date(2026, 11, 2), value=7, marked=True),)))


def test_every_session_is_a_row_and_a_mean_without_a_range_is_a_dash() -> None:
    assert DOTS.twin(language="en").rows == (
        ("2026-11-01", "before", "10", ""), ("Mean", "before", "10", "9–11 (80%)"),
        ("2026-11-02", "after", "7", "late"), ("Mean", "after", "—", "—"))
    assert DOTS.data(language="zh")["sides"][1]["mean"] is None


def test_both_periods_are_said_with_their_sessions() -> None:
    assert DOTS.summary(language="zh") == (
        "前 1 场，均值 10，区间 9–11 (80%)；后 1 场，均值 —，区间 —。")
