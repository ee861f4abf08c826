"""The smaller drawings: rows, findings on one axis, step rates, ladder, calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from caopan.diagnose.diagnosis import Change, Diagnosis
from caopan.report.calendar import calendar, days
from caopan.report.factor_rows import factor_rows
from caopan.report.findings_axis import axis_for, axis_labels, prize_bar
from caopan.report.levels import levels
from caopan.report.page import Definition
from caopan.report.scale import Scale
from caopan.report.stage_strip import place, stage_strip
from caopan.report.steps import step_rows, top_of
from caopan.report.words import Words
from caopan.units.interval import Interval
from caopan.units.message import LANGUAGES, Language, Text
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

ZH, EN = Words(language="zh"), Words(language="en")


def shares(svg: str) -> list[float]:
    return [float(found) for found in re.findall(r'(?:x|x1|x2|cx)="(-?[\d.]+)%"', svg)]


def test_rows_run_from_total_to_total_and_hang_together(make_change: Callable[..., Change]) -> None:
    rows = factor_rows(make_change(), currency="CNY", words=ZH)

    assert [row.name for row in rows][:3] == ["对比期", "场次", "单场曝光"]
    assert rows[0].amount == "¥41.8万"
    assert rows[-1].amount == "¥32.0万"
    assert rows[2].amount == "−7.4万"
    assert rows[2].span == "−9.6 – −5.3"
    assert [row.tone for row in rows] == [
        "total", "loss", "loss", "unknown", "unknown", "unknown", "unknown", "gain", "total"]


@pytest.mark.parametrize("after", [-5_000_000, 0, 1, 32_000_000, 900_000_000])
def test_bars_of_rows_stay_inside_their_column(
    make_change: Callable[..., Change], after: int,
) -> None:
    gap = after - 41_800_000
    factors = (replace(make_change().factors[0], amount=gap, interval=Interval(
        low=gap * 2.0 if gap < 0 else 0.0, mid=float(gap), high=gap * 3.0 if gap > 0 else 0.0,
        level=0.8)),)

    for row in factor_rows(make_change(after=after, factors=factors), currency="CNY", words=ZH):
        assert all(0 <= place_ <= 100 for place_ in shares(str(row.bar)))


def test_levels_add_up_to_the_total_after(make_change: Callable[..., Change]) -> None:
    found = levels(make_change())

    assert found.steps[0].start == 418_000
    assert found.steps[-1].end == pytest.approx(found.after)
    assert found.broken
    assert all(found.low < tick <= found.high for tick in found.ticks)


def test_findings_share_one_axis_with_zero_on_it() -> None:
    axis = axis_for([Interval(low=-960, mid=-740, high=-530, level=0.8), None,
                     Interval(low=130, mid=240, high=350, level=0.8)])

    assert axis is not None
    assert (axis.low, axis.high) == (-960, 350)
    assert 0 < axis.at(0) < 100


def test_a_finding_that_cannot_be_told_is_hatched_and_a_told_one_is_not() -> None:
    axis = Scale(low=-10, high=10)
    prize = Interval(low=-5, mid=-1, high=2, level=0.8)

    told = prize_bar(prize, axis=axis, verdict=Verdict.SUPPORTED, title="t")
    open_ = prize_bar(prize, axis=axis, verdict=Verdict.CANNOT_TELL, title="t")

    assert "hatch" in open_
    assert "hatch" not in told
    assert 'class="band loss"' in told


def test_a_finding_without_a_price_still_shows_the_zero_line() -> None:
    bar = prize_bar(None, axis=Scale(low=-1, high=1), verdict=Verdict.SUPPORTED, title="t")

    assert bar.count("<line") == 1
    assert "<rect" not in bar


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_the_axis_are_signed(language: Language) -> None:
    labels = axis_labels(Scale(low=-9_600_000, high=6_000_000, start=4, end=96),
                         words=Words(language=language))
    said = re.findall(r">([^<>]+)</text>", labels)

    assert "0" in said
    assert any(label.startswith("−") for label in said)
    assert any(label.startswith("+") for label in said)


def test_each_step_has_its_own_scale(make: Callable[..., Diagnosis]) -> None:
    tops = [top_of(step) for step in make().funnel]

    assert tops == [0.15, 1.0, 0.4, 0.2]


def test_peers_stand_on_their_own_line_below_the_rate(make: Callable[..., Diagnosis]) -> None:
    row = step_rows(make().funnel, definitions={}, currency="CNY", words=ZH)[0]
    own = re.findall(r'<rect[^>]* y="([\d.]+)"', row.bar)
    peers = re.findall(r'y1="([\d.]+)"[^>]*class="peer', row.bar)

    assert max(map(float, own)) + 8 < min(map(float, peers))
    assert (row.value, row.before, row.median, row.percentile) == (
        "8.21%", "8.08%", "8.60%", "44")


def test_a_step_that_cannot_be_computed_is_a_dash_and_an_empty_bar(
    make: Callable[..., Diagnosis],
) -> None:
    step = replace(make().funnel[0], value=None, low=None, high=None, peers=None, percentile=None,
                   comparison=None)
    row = step_rows((step,), definitions={}, currency="CNY", words=ZH)[0]

    assert (row.value, row.before, row.median, row.percentile) == ("—", "—", "—", "—")
    assert row.bar.count("<rect") == 1
    assert top_of(step) > 0


def test_a_rate_above_one_keeps_its_bar_inside(make: Callable[..., Diagnosis]) -> None:
    step = replace(make().funnel[0], value=2.7, low=2.5, high=2.9)

    assert top_of(step) > 2.9


def test_a_step_that_is_money_or_a_multiple_is_written_in_its_own_unit(
    make: Callable[..., Diagnosis],
) -> None:
    price = Definition(id="gmv_per_unit", name=Text(zh="件单价", en="GMV per unit"),
                       formula=Text(zh="支付金额 ÷ 件数", en="GMV ÷ units"), unit=Unit.MONEY)
    step = replace(make().funnel[0], metric="gmv_per_unit", value=28_961.0, comparison=5_462.0,
                   low=20_000.0, high=35_000.0, peers=(9_000.0, 11_498.0, 20_000.0))
    row = step_rows((step,), definitions={price.id: price}, currency="CNY", words=ZH)[0]

    assert (row.value, row.before, row.median) == ("¥289.6", "¥54.62", "¥115")
    assert all(0 <= place_ <= 100 for place_ in shares(str(row.bar)))


def test_the_ladder_shows_now_and_the_next_month(make: Callable[..., Diagnosis]) -> None:
    strip = stage_strip(make().stage, currency="CNY", words=ZH)

    assert strip is not None
    assert "近 30 天 ¥78.9万" in strip
    assert strip.count('class="range"') == 1
    assert strip.count("b done") == 3
    assert strip.count('class="b now"') == 1
    assert [label for label in ("10万", "30万", "50万", "100万", "300万") if label in strip] == [
        "10万", "30万", "50万", "100万", "300万"]


@pytest.mark.parametrize(("gmv", "anchor"), [(0, "start"), (10**12, "end"), (-5, "start")])
def test_the_label_of_now_stays_inside_at_both_ends(
    make: Callable[..., Diagnosis], gmv: int, anchor: str,
) -> None:
    strip = stage_strip(replace(make().stage, monthly_gmv=gmv), currency="CNY", words=EN)

    assert strip is not None
    assert f'text-anchor="{anchor}">last 30 days' in strip


def test_a_stage_nobody_can_tell_has_no_tick_and_no_ladder_means_no_strip(
    make: Callable[..., Diagnosis],
) -> None:
    unknown = replace(make().stage, monthly_gmv=None, expected=None, rung=None)
    strip = stage_strip(unknown, currency="CNY", words=ZH)

    assert strip is not None
    assert "tick-now" not in strip
    assert stage_strip(replace(unknown, limits=()), currency="CNY", words=ZH) is None


def test_places_on_the_ladder_ascend_with_the_money() -> None:
    limits = (10.0, 30.0, 50.0)
    places = [place(amount, limits=limits) for amount in (0, 5, 10, 29, 31, 49, 60, 99, 200)]

    assert places == sorted(places)
    assert place(10, limits=limits) == 25.0


def test_the_calendar_has_a_cell_for_every_day_of_both_periods(
    make: Callable[..., Diagnosis],
) -> None:
    board = calendar(make(), words=ZH)

    assert board is not None
    assert board.count('class="cell') == 28
    assert board.count(" past") == 14
    assert board.count('class="aside"') == 1
    assert board.count("qx") == 1
    assert "24 个有直播的日子" not in board
    assert "最高 11月7日 ¥4.7万" in board


def test_sessions_of_one_day_are_summed_and_those_set_aside_are_not() -> None:
    day = date(2026, 11, 9)
    found = days([{"day": day, "gmv": 100, "minutes": 10.0, "set_aside": False},
                  {"day": day, "gmv": 50, "minutes": None, "set_aside": False},
                  {"day": day, "gmv": 9_999, "minutes": 1.0, "set_aside": True},
                  {"day": None, "gmv": 1}])

    assert [(one.sessions, one.sold, one.minutes, one.aside) for one in found] == [
        (2, 150, 10.0, 1)]


def test_a_calendar_of_units_is_shaded_by_units(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    sold = tuple({"day": date(2026, 11, 9 + place), "gmv": None, "units": units, "minutes": 60.0,
                  "set_aside": False} for place, units in enumerate((3, 40, None)))

    board = calendar(make(sessions=sold, change=make_change(measure="units", unit=Unit.UNITS)),
                     words=ZH)

    assert board is not None
    assert "最高 11月10日 40 件" in board
    assert board.count("qx") == 1
    assert "¥" not in board


def test_an_axis_of_units_is_labelled_in_units() -> None:
    axis = axis_for([Interval(low=-248, mid=-197, high=-147, level=0.8)])

    assert axis is not None
    assert ">−200<" in axis_labels(axis, words=ZH, unit=Unit.UNITS)


def test_a_blank_amount_is_not_zero() -> None:
    found = days([{"day": "2026-11-09", "gmv": None, "set_aside": False},
                  {"day": "2026-11-10", "gmv": float("nan"), "set_aside": False},
                  {"day": "2026-11-11", "gmv": 0, "set_aside": False}])

    assert [one.sold for one in found] == [None, None, 0]


def test_a_long_history_is_drawn_small_and_cut_with_a_word(make: Callable[..., Diagnosis]) -> None:
    first = date(2025, 1, 1)
    rows = tuple({"day": first + timedelta(days=index), "gmv": 1_000_000 + index, "minutes": 60.0,
                  "set_aside": False} for index in range(500))
    one = make(sessions=rows, period=Period(start=date(2025, 9, 1), end=date(2026, 5, 16)),
               compared_period=Period(start=first, end=date(2025, 9, 1)))
    board = calendar(one, words=EN)

    assert board is not None
    assert board.count('class="cell') <= 53 * 7
    assert "only the last 53 weeks are drawn" in board
    assert "Sep" in board


def test_a_single_session_is_a_calendar_and_none_is_none(make: Callable[..., Diagnosis]) -> None:
    single = ({"day": date(2026, 11, 9), "gmv": 5, "minutes": 3.0, "set_aside": False},)

    assert calendar(make(sessions=single), words=ZH) is not None
    assert calendar(make(sessions=()), words=ZH) is None


def test_days_that_sold_nothing_or_below_zero_do_not_break_the_shades(
    make: Callable[..., Diagnosis],
) -> None:
    rows = tuple({"day": date(2026, 11, 9 + index), "gmv": gmv, "minutes": 3.0, "set_aside": False}
                 for index, gmv in enumerate((0, -500, None)))

    assert calendar(make(sessions=rows), words=ZH) is not None
