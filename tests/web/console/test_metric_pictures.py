from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from caopan.metrics.catalogue import METRICS
from caopan.web.console.chart.bars import Bars
from caopan.web.console.chart.line import Line
from caopan.web.console.metric_names import Named
from caopan.web.console.metric_pictures import pictures, totals, usual_group
from caopan.workspace.measuring import MetricResult


def result(groups: tuple[str, ...], *rows: dict[str, Any],
           metric: str = "gmv_gross") -> MetricResult:
    return MetricResult(metric=METRICS[metric], groups=groups, rows=rows)


def naming(group: str, value: object) -> tuple[str, str]:
    return Named(result=result(()), names={}).called(group, value, language="zh")


def drawn(found: MetricResult) -> tuple[Any, ...]:
    return pictures(found, naming=naming)


def test_months_become_a_line_and_a_month_without_anything_a_gap() -> None:
    line, = drawn(result(
        ("month", "currency"),
        {"month": date(2026, 3, 1), "currency": "CNY", "value": 900_00, "n": 3},
        {"month": date(2026, 1, 1), "currency": "CNY", "value": 500_00, "n": 2}))

    assert isinstance(line, Line)
    assert line.values == (("2026-01", 500_00), ("2026-02", None), ("2026-03", 900_00))
    assert line.counts == (2, 0, 3)


def test_two_currencies_never_share_an_axis() -> None:
    first, second = drawn(result(
        ("month", "currency"),
        {"month": date(2026, 1, 1), "currency": "USD", "value": 1, "n": 1},
        {"month": date(2026, 1, 1), "currency": "CNY", "value": 2, "n": 5}))

    assert (first.currency, second.currency) == ("CNY", "USD")
    assert drawn(result(("currency",), {"currency": "USD", "value": 1, "n": 1})) == ()


def test_anything_else_becomes_ranked_bars_and_unknown_stands_last() -> None:
    bars, = drawn(result(
        ("platform",), {"platform": "a", "value": 3, "n": 1},
        {"platform": None, "value": 9, "n": 1}, {"platform": "c", "value": None, "n": 4},
        metric="sessions"))

    assert isinstance(bars, Bars)
    assert [(one.name, one.value) for one in bars.ranked] == [("—", 9), ("a", 3), ("c", None)]


def test_hours_keep_their_order() -> None:
    bars, = drawn(result(("hour",), *({"hour": hour, "value": hour % 5, "n": 1}
                                      for hour in (21, 9, 12)), metric="sessions"))

    assert [one.name for one in bars.ranked] == ["9:00", "12:00", "21:00"]


def test_time_and_another_grouping_become_a_line_each() -> None:
    found = drawn(result(
        ("day", "platform"),
        *({"day": date(2026, 1, day), "platform": name, "value": day, "n": 1}
          for day in (1, 2) for name in ("快手", "抖音")), metric="sessions"))

    assert sorted(one.title.zh for one in found) == ["快手", "抖音"]


def test_a_result_without_any_known_value_has_no_picture() -> None:
    assert drawn(result(("month",), {"month": date(2026, 1, 1), "value": None, "n": 2})) == ()
    assert drawn(result(("month",))) == ()


def test_years_of_days_are_not_filled_up_without_end() -> None:
    line, = drawn(result(("day",), *({"day": day, "value": 1, "n": 1} for day in (
        date(1990, 1, 1), date(2026, 1, 1))), metric="sessions"))

    assert len(line.values) == 2


@pytest.mark.parametrize(("groups", "opens"), [
    (("day", "week", "month"), ("month",)), (("merchant_id", "streamer_id"), ("streamer_id",)),
    (("currency",), ()), ((), ())])
def test_a_page_opens_with_months_where_there_are_any(
        groups: tuple[str, ...], opens: tuple[str, ...]) -> None:
    assert usual_group(groups) == opens


def test_the_whole_is_told_a_currency_each() -> None:
    told = totals(result(("currency",), {"currency": "USD", "value": 1_00, "n": 1},
                         {"currency": "CNY", "value": 3_00, "n": 5}), language="zh")

    assert [(one.said, one.currency, one.n) for one in told] == [
        ("¥3", "CNY", 5), ("$1", "USD", 1)]


@pytest.mark.parametrize("months", [1, 2, 3, 12])
def test_the_places_that_answer_the_pointer_stay_inside_the_picture(months: int) -> None:
    line, = drawn(result(("month", "currency"), *(
        {"month": date(2026, at, 1), "currency": "CNY", "value": at * 100_00, "n": 1}
        for at in range(1, months + 1))))

    drawing = str(line.drawing(language="zh", key="k"))
    places = [(float(x), float(width)) for x, width in
              re.findall(r'<rect x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"[^>]*class="press"',
                         drawing)]
    assert len(places) == months
    assert all(x >= 0 and x + width <= 100.001 for x, width in places)
