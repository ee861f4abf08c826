"""Charts that are rows: steps, dots, the forest, the radar's bars; and the sparkline."""

from __future__ import annotations

import re
from dataclasses import replace

from caopan.diagnose.diagnosis import StepRate
from caopan.report.scale import Scale
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from caopan.web.console.chart.dots import IntervalDots, Ranked
from caopan.web.console.chart.forest import Effect, Forest
from caopan.web.console.chart.radar import Ability, Radar
from caopan.web.console.chart.rows import axis_of, dot_bar
from caopan.web.console.chart.sparkline import Sparkline
from caopan.web.console.chart.steps import Steps

TITLE = Text(zh="通过率", en="Rates")
ENTRY = StepRate(metric="enter_rate", name=Text(zh="进房率", en="entry rate"), value=0.08,
                 comparison=0.09, low=0.07, high=0.09, peers=(0.08, 0.1, 0.12), percentile=0.2,
                 n_peers=38, verdict=Verdict.SUPPORTED)
PAY = replace(ENTRY, metric="pay", name=Text(zh="成交率", en="pay rate"), value=0.3,
              peers=(0.2, 0.31, 0.4), verdict=Verdict.CANNOT_TELL)


def places(markup: str, shape: str, attribute: str) -> list[float]:
    return [float(found) for found in re.findall(rf'<{shape}[^>]* {attribute}="([\d.]+)%', markup)]


def test_only_a_supported_step_is_said_to_lag() -> None:
    steps = Steps(title=TITLE, unit=Unit.RATIO, steps=(ENTRY, PAY))
    unsure = Steps(title=TITLE, unit=Unit.RATIO, steps=(PAY,))

    assert steps.summary(language="zh") == "2 步里离同行最远的是 进房率：8.00%，同行中位 10.0%。"
    assert unsure.summary(language="en") == (
        "None of 1 steps is known to be below its peers' median.")


def test_a_step_without_peers_has_dashes_and_no_ticks() -> None:
    alone = replace(ENTRY, peers=None, n_peers=2)
    steps = Steps(title=TITLE, unit=Unit.RATIO, steps=(ENTRY, alone))

    peered, single = steps.rows(language="en").rows
    assert 'class="peer mid"' in peered.bar
    assert "peer" not in single.bar.split("</title>")[1]
    assert steps.twin(language="en").rows[1][5:9] == ("—", "—", "—", "2")


def test_a_step_is_read_in_its_own_unit() -> None:
    steps = Steps(title=TITLE, unit=Unit.RATIO, steps=(replace(ENTRY, metric="aov", value=99_00),),
                  units={"aov": Unit.MONEY})

    assert steps.rows(language="zh").rows[0].value == "¥99"
    assert "<circle" in steps.rows(language="zh").rows[0].bar


def ranked(name: str, low: float, mid: float, high: float, *, enough: bool = True) -> Ranked:
    return Ranked(name=name, estimate=Interval(low=low, mid=mid, high=high, level=0.8), n=5,
                  enough=enough)


BOARD = IntervalDots(title=TITLE, unit=Unit.COUNT, ranked=(
    ranked("bold", 10, 90, 100), ranked("tiny", 80, 95, 99, enough=False),
    Ranked(name="new", estimate=None, n=0, enough=False), ranked("sure", 40, 50, 60)))


def test_the_board_ranks_by_the_lower_bound_and_small_samples_stand_last() -> None:
    twin = BOARD.twin(language="en")

    assert [row[:2] for row in twin.rows] == [
        ("sure", "1"), ("bold", "2"), ("tiny", "—"), ("new", "—")]
    assert twin.rows[3][2:] == ("—", "—", "0", "sample too small")
    assert BOARD.summary(language="zh") == (
        "4 个里按区间下限排第一的是 sure，40–60 (80%)；样本不足 2 个。")


def test_all_dots_share_one_axis() -> None:
    rows = {row.name: row for row in BOARD.rows(language="en").rows}

    assert places(rows["bold"].bar, "circle", "cx") == [
        round(3 + 94 * (90 - 10) / (100 - 10), 2)]
    assert "<circle" not in rows["new"].bar
    assert rows["tiny"].tone == "unknown"


def test_a_whisker_ends_where_its_range_ends() -> None:
    bar = dot_bar(5, (0, 10), axis=Scale(low=0, high=20), kind="now", title="t")

    assert {0.0, 25.0, 50.0} <= {*places(bar, "line", "x1"), *places(bar, "circle", "cx")}


def test_an_axis_of_effects_holds_zero() -> None:
    assert axis_of([3.0, 9.0], with_zero=True).low == 0.0
    assert axis_of([-3.0, -1.0], with_zero=True).high == 0.0


def effect(name: str, low: float, mid: float, high: float, *, pooled: bool = False) -> Effect:
    verdict = Verdict.CANNOT_TELL if low <= 0 <= high else Verdict.SUPPORTED
    return Effect(name=Text(zh=name, en=name), n=25, verdict=verdict, pooled=pooled,
                  effect=Interval(low=low, mid=mid, high=high, level=0.9))


def test_the_pooled_effect_stands_last_and_is_the_sentence() -> None:
    forest = Forest(title=TITLE, unit=Unit.PEOPLE, effects=(
        effect("all", -300, -200, -100, pooled=True), effect("feed", -500, -400, -300),
        effect("paid", -50, 10, 70)))

    rows = forest.rows(language="zh").rows
    assert [(row.name, row.tone) for row in rows] == [
        ("feed", "loss"), ("paid", "unknown"), ("all", "loss")]
    assert forest.summary(language="zh") == "2 组合起来 −200，区间 −300 – −100 (90%)：有据。"
    assert forest.twin(language="en").rows[1] == (
        "paid", "+10", "−50 – +70 (90%)", "25", "Cannot tell")


def test_a_forest_without_a_pooled_effect_counts_what_is_supported() -> None:
    forest = Forest(title=TITLE, unit=Unit.PEOPLE,
                    effects=(effect("feed", 1, 2, 3), effect("paid", -1, 0, 1)))

    assert forest.summary(language="en") == "1 of 2 effects are supported."


def ability(name: str, score: float | None, peer: float | None) -> Ability:
    return Ability(name=Text(zh=name, en=name), score=score, peer=peer, n=9)


def test_the_bars_of_a_radar_are_ranked_by_the_lead_and_the_unknown_stands_last() -> None:
    radar = Radar(title=TITLE, unit=Unit.COUNT, abilities=(
        ability("a", None, 50), ability("b", 40, 60), ability("c", 70, 60), ability("d", 60, 60)))

    assert [row.name for row in radar.rows(language="en").rows] == ["c", "d", "b", "a"]
    assert radar.twin(language="en").rows[3] == ("a", "—", "50", "—", "9")
    assert radar.summary(language="en") == (
        "Strongest beside peers: c (+10); weakest: b (−20).")
    assert places(radar.rows(language="en").rows[0].bar, "rect", "width") == [100.0, 70.0]


def test_a_sparkline_breaks_at_a_gap_and_marks_its_last_value() -> None:
    line = Sparkline(title=TITLE, unit=Unit.COUNT, values=(
        ("a", 1), ("b", 3), ("c", None), ("d", 2), ("e", 5)))

    drawn = line.drawing(language="en", key="s")

    assert drawn.count("<polyline") == 2
    assert 'cx="116" cy="4"' in drawn
    assert line.twin(language="en").rows[2] == ("c", "—")
    assert line.summary(language="en") == "Latest e 5, highest 5, lowest 1."


def test_a_sparkline_of_nothing_is_empty_and_says_so() -> None:
    line = Sparkline(title=TITLE, unit=Unit.COUNT, values=(("a", None),))

    assert "<circle" not in line.drawing(language="zh", key="s")
    assert line.summary(language="zh") == "没有能算的数。"
