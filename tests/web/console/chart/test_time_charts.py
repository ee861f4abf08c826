"""Pacing, calendar and maturity: what time does to a chart."""

from __future__ import annotations

from datetime import date, time

import pytest

from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.web.console.chart.calendar import CalendarHeat, Day
from caopan.web.console.chart.maturity import Curve, Maturity
from caopan.web.console.chart.pacing import Flag, Mark, Pace, Pacing, Slot

TITLE = Text(zh="进度", en="Pacing")


def pacing(*points: Pace) -> Pacing:
    return Pacing(title=TITLE, unit=Unit.MONEY, live_at=time(23, 30), points=points,
                  slots=(Slot(name="橙", start=0, end=1_800),),
                  flags=(Flag(at=60, sign="!", name="断货", mark=Mark.INCIDENT),))


LATE = pacing(
    Pace(at=0, plan=0, actual=0), Pace(at=1_800, plan=300_00, actual=250_00),
    Pace(at=3_600, plan=600_00, forecast=Interval(low=450_00, mid=500_00, high=560_00, level=0.8)))


def test_the_gap_is_actual_minus_plan_and_unknown_where_either_is() -> None:
    data = LATE.data(language="zh")

    assert data["gap"] == [0, -50_00, None]
    assert data["forecast"] == [None, None, [450_00, 500_00, 560_00]]
    assert data["level"] == "(80%)"


def test_a_session_past_midnight_is_told_by_the_clock() -> None:
    assert [row[0] for row in LATE.twin(language="zh").rows] == ["23:30", "00:00", "00:30"]
    assert LATE.data(language="en")["start"] == 84_600


@pytest.mark.parametrize(("language", "said"), [
    ("zh", "00:00 实际 ¥250，计划 ¥300，差额 −¥50；预计收在 ¥450–560 (80%)。"),
    ("en", "At 00:00 actual ¥250, plan ¥300, gap −¥50; expected to close at ¥450–560 (80%)."),
])
def test_the_sentence_says_where_it_stands_and_where_it_goes(language: str, said: str) -> None:
    assert LATE.summary(language=language) == said


def test_before_going_live_there_is_nothing_to_say() -> None:
    before = pacing(Pace(at=0, plan=0), Pace(at=60, plan=10_00))

    assert before.summary(language="en") == "Nothing has been sold yet."
    assert [one.label for one in before.keys(language="en")] == ["Actual", "Plan"]


def test_the_twin_of_pacing_has_a_dash_where_nothing_is_known() -> None:
    assert LATE.twin(language="en").rows[2] == (
        "00:30", "¥600", "—", "—", "¥500", "¥450–560 (80%)", "", "")


def test_the_twin_of_pacing_names_slots_and_events() -> None:
    assert [row[6:] for row in LATE.twin(language="zh").rows] == [
        ("橙", "! 断货"), ("", ""), ("", "")]


def test_a_calendar_puts_sunday_last_and_monday_in_the_next_week() -> None:
    heat = CalendarHeat(title=TITLE, unit=Unit.MONEY, days=(
        Day(day=date(2026, 11, 8), value=3_00, sessions=1),
        Day(day=date(2026, 11, 9), value=None, sessions=2),
        Day(day=date(2026, 11, 24), value=9_00, sessions=1)))

    data = heat.data(language="en")

    assert [cell[:4] for cell in data["cells"]] == [
        [0, 6, 3_00, 1], [1, 0, None, 2], [3, 1, 9_00, 1]]
    assert data["columns"] == ["Nov 2026", "", "", ""]
    assert data["rows"][6] == "Sun"
    assert heat.twin(language="zh").rows[1] == ("2026-11-09", "—", "2")
    assert heat.summary(language="zh") == "3 天有直播，最高是 11月24日 的 ¥9。"


def test_a_calendar_without_days_draws_no_cell() -> None:
    empty = CalendarHeat(title=TITLE, unit=Unit.MONEY, days=())

    assert empty.data(language="zh")["cells"] == []
    assert empty.summary(language="en") == "No day has a value that can be computed."


def test_maturity_lines_end_where_their_data_end() -> None:
    old = Curve(name=Text(zh="旧", en="Old"), n=1_200, points=((0, 0.5), (7, 0.9), (30, 0.99)))
    young = Curve(name=Text(zh="新", en="Young"), n=80, points=((0, 0.4), (7, None)))
    chart = Maturity(title=TITLE, unit=Unit.RATIO, curves=(old, young))

    assert [column.name for column in chart.twin(language="en").columns] == [
        "Days", "Old (n = 1,200)", "Young (n = 80)"]
    assert chart.twin(language="en").rows == (
        ("0", "50.0%", "40.0%"), ("7", "90.0%", "—"), ("30", "99.0%", ""))
    assert chart.summary(language="zh") == "旧（n = 1,200）第 30 天 99.0%；新（n = 80）第 7 天 —。"
