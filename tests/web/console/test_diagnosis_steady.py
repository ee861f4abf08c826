from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report.words import Words
from caopan.units.message import Message, Text
from caopan.web.console.diagnosis_steady import starts, steadiness, without_one
from caopan.web.house import House
from caopan.workspace.behind import Behind, Row

EVENING = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)
"""Half past seven in the business zone."""


def row(side: int, above: float | None, *, counts: bool = True, day: int = 1,
        minutes: int = 0) -> Row:
    return Row(session_id=f"{side}-{day}", started_at=EVENING + timedelta(minutes=minutes),
               day=date(2026, 3, day), side=side, above=above, below=None if above is None else 1.0,
               value=above, counts=counts)


def behind(before: float | None, *rows: Row) -> Behind:
    after = [one.above for one in rows if one.side and one.counts and one.above is not None]
    return Behind(metric="aov", numerator="gmv", denominator="buyers", rows=rows,
                  levels=(before, sum(after) / len(after) if after else None))


def test_the_strongest_session_is_the_one_without_which_least_is_left() -> None:
    found = without_one(behind(100, row(1, 90), row(1, 90, day=2), row(1, 30, day=3)))

    assert found is not None
    assert (found[0].day.day, found[1]) == (3, 90.0)


def test_sessions_set_aside_or_unknown_are_never_the_strongest() -> None:
    found = without_one(behind(100, row(1, 90), row(1, 80, day=2), row(1, 90, day=3),
                               row(1, 1, day=4, counts=False), row(1, None, day=5)))

    assert found is not None
    assert found[0].day.day == 2


@pytest.mark.parametrize("rows", [
    (row(1, 90), row(1, 80)), (row(1, 0), row(1, 0, day=2), row(1, 0, day=3))])
def test_too_little_says_nothing(rows: tuple[Row, ...]) -> None:
    found = behind(100, *rows)

    assert without_one(found) is None
    assert steadiness(found, said=("", ""), words=Words(language="zh")) == ""


def test_it_is_said_whether_the_direction_holds() -> None:
    words = Words(language="zh")
    held = behind(100, row(1, 90), row(1, 80, day=2), row(1, 70, day=3))
    carried = behind(100, row(1, 120), row(1, 110, day=2), row(1, 10, day=3))

    assert steadiness(held, said=("100", "85"), words=words) == (
        "去掉本期最起作用的一场（3月3日）：100 → 85，方向没变")
    assert "方向反了" in steadiness(carried, said=("100", "115"), words=words)


def test_a_show_after_midnight_belongs_to_its_evening(toy_house: House) -> None:
    told = toy_house.workspace.diagnose().diagnoses[0]
    late = [row(1, 1, minutes=minutes, day=day)
            for day, minutes in ((1, 0), (2, 240), (3, 300))]
    early = [row(0, 1, day=day) for day in (1, 2, 3)]

    assert starts(behind(1, *early, *late), told) == ("19:30", "23:30")
    assert starts(behind(1, *early, *late[:2]), told) is None
    assert starts(behind(1, *early, *late), without_hours(told)) is None


def without_hours(told: Diagnosis) -> Diagnosis:
    text = Text(zh="只有月份", en="months only")
    return replace(told, notes=(Message(key="whole_months", text=text),))
